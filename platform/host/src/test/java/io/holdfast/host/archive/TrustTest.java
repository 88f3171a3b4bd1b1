package io.holdfast.host.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.config.Configuration;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.host.ModuleJar;
import io.holdfast.host.SigningKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.function.BiFunction;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars that are signed, and what can be done to them afterwards. */
class TrustTest {
    @TempDir static Path directory;
    private static Path ours;
    private static SigningKey ourKey;
    private static SigningKey theirKey;
    private static Path signed;
    private static Path unsigned;

    @BeforeAll
    static void makeKeysAndJars() throws Exception {
        ourKey = SigningKey.make(directory, "ours");
        ours = ourKey.certificate();
        theirKey = SigningKey.make(directory, "theirs");
        unsigned = ModuleJar.backend("Good", "good").write(directory.resolve("unsigned.jar"));
        signed = ourKey.sign(unsigned);
    }

    /** Writes a jar anew, with entries changed, left out (null) or added. */
    private static Path rewritten(Path jar, BiFunction<String, byte[], byte[]> change)
            throws IOException {
        Path out = Files.createTempFile(directory, "rewritten", ".jar");
        try (ZipFile in = new ZipFile(jar.toFile());
                ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(out))) {
            for (ZipEntry entry : Collections.list(in.entries())) {
                byte[] content;
                try (InputStream bytes = in.getInputStream(entry)) {
                    content = change.apply(entry.getName(), bytes.readAllBytes());
                }
                if (content != null) {
                    to.putNextEntry(new ZipEntry(entry.getName()));
                    to.write(content);
                }
            }
        }
        return out;
    }

    private static void assertRefused(Trust trust, Path jar, String reason) throws IOException {
        ModuleArchive archive = ModuleArchive.read(jar, "modules/good.jar");
        assertThatThrownBy(() -> trust.verify(archive))
                .isInstanceOf(HoldfastException.class)
                .hasMessageStartingWith("MODULE-2013")
                .hasMessageContaining(reason)
                .hasMessageContaining("modules/good.jar");
    }

    private static byte[] append(byte[] content, String text) {
        ByteArrayOutputStream longer = new ByteArrayOutputStream();
        longer.writeBytes(content);
        longer.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        return longer.toByteArray();
    }

    @Test
    void whatWasSignedByAKnownKeyPasses() throws Exception {
        ModuleArchive archive = ModuleArchive.read(signed, "good.jar");
        assertThatCode(() -> Trust.signedBy(ours).verify(archive)).doesNotThrowAnyException();
    }

    @Test
    void anUnsignedJarIsRefused() throws Exception {
        assertRefused(Trust.signedBy(ours), unsigned, "not signed by anybody known");
    }

    @Test
    void aForeignKeyIsRefused() throws Exception {
        assertRefused(Trust.signedBy(ours), theirKey.sign(unsigned), "not signed by anybody");
    }

    @Test
    void aChangedClassIsRefused() throws Exception {
        Path changed =
                rewritten(
                        signed,
                        (name, content) ->
                                name.endsWith("Good.class") ? append(content, "x") : content);
        assertRefused(Trust.signedBy(ours), changed, "Good.class");
    }

    @Test
    void anAddedEntryIsRefused() throws Exception {
        Path added = Files.createTempFile(directory, "added", ".jar");
        try (ZipFile in = new ZipFile(signed.toFile());
                ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(added))) {
            for (ZipEntry entry : Collections.list(in.entries())) {
                to.putNextEntry(new ZipEntry(entry.getName()));
                in.getInputStream(entry).transferTo(to);
            }
            to.putNextEntry(new ZipEntry("META-INF/evil.txt"));
            to.write('x');
        }
        assertRefused(Trust.signedBy(ours), added, "META-INF/evil.txt");
    }

    @Test
    void aRemovedEntryIsRefused() throws Exception {
        Path removed =
                rewritten(
                        signed, (name, content) -> name.endsWith("Good$1.class") ? null : content);
        assertRefused(Trust.signedBy(ours), removed, "'modules/Good$1.class' was removed");
    }

    @Test
    void aChangedManifestIsRefused() throws Exception {
        Path changed =
                rewritten(
                        signed,
                        (name, content) ->
                                name.equals("META-INF/MANIFEST.MF")
                                        ? new String(content, StandardCharsets.UTF_8)
                                                .replaceFirst(
                                                        "\r\n", "\r\nLaunch: of something else\r\n")
                                                .getBytes(StandardCharsets.UTF_8)
                                        : content);
        assertThatThrownBy(
                        () ->
                                Trust.signedBy(ours)
                                        .verify(ModuleArchive.read(changed, "modules/good.jar")))
                .isInstanceOf(HoldfastException.class)
                .hasMessageContaining("Invalid signature file digest");
    }

    @Test
    void theSignatureFileWithoutTheSignatureIsRefused() throws Exception {
        Path stripped = rewritten(signed, (name, content) -> name.endsWith(".EC") ? null : content);
        assertRefused(Trust.signedBy(ours), stripped, "not signed by anybody known");
    }

    @Test
    void onlyWhatIsListedPassesByDigest() throws Exception {
        ModuleArchive archive = ModuleArchive.read(unsigned, "modules/good.jar");
        Path list = directory.resolve("digests");
        Files.writeString(list, "# trusted\n" + archive.digest().toUpperCase() + "  good.jar\n");
        assertThatCode(() -> Trust.listedIn(list).verify(archive)).doesNotThrowAnyException();
        assertRefused(Trust.listedIn(list), signed, "not in the list");
    }

    @Test
    void aMissingListTrustsNothing() throws Exception {
        ModuleArchive archive = ModuleArchive.read(signed, "modules/good.jar");
        Path none = directory.resolve("none");
        for (Trust trust : java.util.List.of(Trust.listedIn(none), Trust.signedBy(none))) {
            assertThatThrownBy(() -> trust.verify(archive))
                    .hasMessageStartingWith("MODULE-2019 What is trusted cannot be read.")
                    .hasMessageContaining("modules/good.jar");
        }
    }

    @Test
    void aConfigurationChoosesAndMustBeWhole() throws Exception {
        assertThat(Trust.of(new Configuration())).isEqualTo(Trust.any());
        Configuration config = new Configuration();
        config.setString("modules.trust", "signed");
        assertThatThrownBy(() -> Trust.of(config))
                .hasMessageStartingWith("MODULE-2019")
                .hasMessageContaining("missing  modules.trust.certificates");
        config.setString("modules.trust.certificates", ours.toString());
        assertThat(Trust.of(config)).isEqualTo(Trust.signedBy(ours));
        config.setString("modules.trust", "digest-list");
        config.setString("modules.trust.digests", ours.toString());
        assertThat(Trust.of(config)).isEqualTo(Trust.listedIn(ours));
        config.setString("modules.trust", "all");
        assertThatThrownBy(() -> Trust.of(config))
                .hasMessageStartingWith("MODULE-2019")
                .hasMessageContaining("possible  any, signed, digest-list");
    }
}
