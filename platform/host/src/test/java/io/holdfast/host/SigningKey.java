package io.holdfast.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;
import jdk.security.jarsigner.JarSigner;

/** A fresh key that signs jars, with its certificate in a file. */
public final class SigningKey {
    private static final char[] PASSWORD = "only of this test".toCharArray();

    private final Path directory;
    private final String name;

    private SigningKey(Path directory, String name) {
        this.directory = directory;
        this.name = name;
    }

    /** Makes a key; its files go to the directory. */
    public static SigningKey make(Path directory, String name) throws Exception {
        SigningKey key = new SigningKey(directory, name);
        key.keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=" + name, "-validity", "3650");
        key.keytool("-exportcert", "-rfc", "-file", key.certificate().toString());
        return key;
    }

    /** The file with the certificate. */
    public Path certificate() {
        return directory.resolve(name + ".pem");
    }

    private Path store() {
        return directory.resolve(name + ".p12");
    }

    private void keytool(String... words) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(words));
        command.addAll(List.of("-alias", name, "-keystore", store().toString()));
        command.addAll(List.of("-storepass", new String(PASSWORD)));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    /** A signed copy of a jar, beside the key. */
    public Path sign(Path jar) throws Exception {
        KeyStore store = KeyStore.getInstance(store().toFile(), PASSWORD);
        PrivateKey key = (PrivateKey) store.getKey(name, PASSWORD);
        var path =
                CertificateFactory.getInstance("X.509")
                        .generateCertPath(List.of(store.getCertificate(name)));
        Path out = Files.createTempFile(directory, "signed-by-" + name, ".jar");
        try (ZipFile in = new ZipFile(jar.toFile());
                OutputStream to = Files.newOutputStream(out)) {
            new JarSigner.Builder(key, path).build().sign(in, to);
        }
        return out;
    }
}
