package io.holdfast.host.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.zip.ZipFile;
import jdk.security.jarsigner.JarSigner;

/** Makes keys and signs jars, as an author of modules does. */
public final class Signing {
    private static final char[] PASSWORD = "only of this test".toCharArray();

    private final Path directory;

    /** Keeps keys and signed jars in a directory. */
    public Signing(Path directory) {
        this.directory = directory;
    }

    /** Makes a key and returns its certificate. */
    public Path key(String name) throws Exception {
        Path certificate = directory.resolve(name + ".pem");
        String store = directory.resolve(name + ".p12").toString();
        keytool(
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-validity",
                "3650",
                "-keystore",
                store,
                "-storepass",
                new String(PASSWORD));
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                name,
                "-file",
                certificate.toString(),
                "-keystore",
                store,
                "-storepass",
                new String(PASSWORD));
        return certificate;
    }

    private static void keytool(String... words) throws Exception {
        String[] command = new String[words.length + 1];
        command[0] = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        System.arraycopy(words, 0, command, 1, words.length);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    /** A copy of the jar that is signed by that key. */
    public Path sign(Path jar, String name) throws Exception {
        KeyStore store = KeyStore.getInstance(directory.resolve(name + ".p12").toFile(), PASSWORD);
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
