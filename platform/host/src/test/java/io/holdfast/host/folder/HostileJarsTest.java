package io.holdfast.host.folder;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.api.config.Configuration;
import io.holdfast.host.Lease;
import io.holdfast.host.ModuleJar;
import io.holdfast.host.ModuleRegistry;
import io.holdfast.host.ModuleReport;
import io.holdfast.host.ProviderKind;
import io.holdfast.host.archive.Trust;
import io.holdfast.host.world.LoaderWorld;
import io.holdfast.spi.state.StateBackendFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A corpus of jars that are broken, that lie, or that mean harm, beside one that works. */
class HostileJarsTest {
    private static final byte[] TEXT = "text".getBytes(StandardCharsets.UTF_8);
    private static final String BACKEND = "implements StateBackendFactory";
    private static final int LINK = 0xa1ff << 16;
    private static final int PIPE = 0x11ff << 16;

    @TempDir Path directory;
    private Path folder;

    /** Reasons by the name of the jar. */
    private final Map<String, String> reasons = new LinkedHashMap<>();

    @Test
    void eachIsRefusedWithItsReasonAndTheGoodOneWorksOn() throws Exception {
        folder = Files.createDirectory(directory.resolve("modules"));
        ModuleJar.backend("Good", "good").write(folder.resolve("good.jar"));
        try (ModuleFolder source =
                        new ModuleFolder(
                                folder,
                                directory.resolve("work"),
                                new LoaderWorld(getClass().getClassLoader()),
                                Trust.any(),
                                Duration.ofMillis(200));
                ModuleRegistry registry = ModuleRegistry.open(Duration.ofSeconds(2), source);
                Lease<StateBackendFactory> before =
                        registry.lease(ProviderKind.STATE_BACKEND, "good", "job that runs")) {
            broken();
            hostileNames();
            hostileStructure();
            hostileCode();
            assertThat(reasons).hasSizeGreaterThanOrEqualTo(25);
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(failed(registry)).hasSize(reasons.size()));
            Map<String, ModuleReport> failed = failed(registry);
            reasons.forEach(
                    (jar, reason) -> {
                        String told = failed.get(jar).problem().orElseThrow().toString();
                        assertThat(told).as(jar).contains(reason).contains(jar);
                    });
            assertThat(registry.names(ProviderKind.STATE_BACKEND)).containsExactly("good");
            assertThat(before.factory().create(new Configuration()).name()).isEqualTo("good");
            assertThat(Files.exists(directory.resolve("evil"))).isFalse();
            try (var copies = Files.list(directory.resolve("work"))) {
                assertThat(copies).as("the lock and the copy of the good jar").hasSize(2);
            }
        }
    }

    private Map<String, ModuleReport> failed(ModuleRegistry registry) {
        Map<String, ModuleReport> failed = new LinkedHashMap<>();
        registry.modules().stream()
                .filter(each -> each.state() == ModuleReport.State.FAILED)
                .forEach(
                        each ->
                                failed.put(
                                        Path.of(each.origin().location()).getFileName().toString(),
                                        each));
        return failed;
    }

    private void put(String jar, byte[] content, String reason) throws IOException {
        reasons.put(jar, reason);
        Path beside = Files.write(directory.resolve(jar), content);
        Files.move(beside, folder.resolve(jar));
    }

    private void put(String jar, ModuleJar module, String reason) throws IOException {
        reasons.put(jar, reason);
        Files.move(module.write(directory.resolve(jar)), folder.resolve(jar));
    }

    private void broken() throws IOException {
        byte[] good = Files.readAllBytes(folder.resolve("good.jar"));
        put("empty.jar", new byte[0], "no end of its directory");
        put("text.jar", "this is no archive".repeat(9).getBytes(StandardCharsets.UTF_8), "no end");
        put("half.jar", Arrays.copyOf(good, good.length / 2), "no end of its directory");
        put("cut.jar", Arrays.copyOf(good, good.length - 10), "no end of its directory");
        put("headless.jar", Arrays.copyOfRange(good, 100, good.length), "lies outside of it");
        RawZip flipped = new RawZip();
        flipped.add("a.txt", TEXT, 0).crc ^= 1;
        put("flipped.jar", flipped.finish(), "content of the entry 'a.txt' is damaged");
    }

    private void hostileNames() throws IOException {
        name("slip.jar", "../../evil", "leads out of the archive");
        name("deep.jar", "a/b/../../../evil", "leads out of the archive");
        name("dot.jar", "a/./evil", "leads out of the archive");
        name("double.jar", "a//evil", "leads out of the archive");
        name("absolute.jar", "/tmp/evil", "absolute path");
        name("drive.jar", "C:/evil", "absolute path");
        name("backslash.jar", "..\\evil", "impossible name");
        name("control.jar", "a\u0000.class", "impossible name");
        name("nameless.jar", "", "impossible name");
        name("manifest.jar", "meta-inf/manifest.mf", "a manifest that some readers find");
    }

    private void name(String jar, String entry, String reason) throws IOException {
        RawZip zip = new RawZip();
        zip.add(entry, TEXT);
        put(jar, zip.finish(), reason);
    }

    private void hostileStructure() throws IOException {
        RawZip twice = new RawZip();
        twice.add("a.class", TEXT);
        twice.add("a.class", TEXT);
        put("twice.jar", twice.finish(), "two entries named 'a.class'");

        RawZip link = new RawZip();
        link.add("passwords", "/etc/passwd".getBytes(StandardCharsets.UTF_8)).attributes = LINK;
        put("link.jar", link.finish(), "is a link or a device");

        RawZip pipe = new RawZip();
        pipe.add("pipe", TEXT).attributes = PIPE;
        put("pipe.jar", pipe.finish(), "is a link or a device");

        RawZip bomb = new RawZip();
        bomb.add("zeros", new byte[16 << 20]);
        put("bomb.jar", bomb.finish(), "as a bomb does");

        RawZip understated = new RawZip();
        understated.add("zeros", new byte[1 << 20]).size = 10;
        put("understated.jar", understated.finish(), "unpacks to more than the 10 bytes");

        RawZip overlap = new RawZip();
        byte[] inner = new RawZip().junk(new byte[0]).finish();
        RawZip.Entry outer = overlap.add("outer", new byte[500], 0);
        overlap.pointer("inner", outer.at + 100, inner);
        put("overlap.jar", overlap.finish(), "overlaps the one before it");

        RawZip renamed = new RawZip();
        renamed.add("Evil.class", TEXT).centralName = "Good.class";
        put("renamed.jar", renamed.finish(), "calls itself 'Evil.class'");

        RawZip hidden = new RawZip();
        hidden.add("a.txt", TEXT);
        hidden.junk(new byte[80]);
        hidden.add("b.txt", TEXT);
        put("hidden.jar", hidden.finish(), "belong to nothing");

        RawZip prefixed = new RawZip().junk("#!/bin/sh\n".getBytes(StandardCharsets.UTF_8));
        prefixed.add("a.txt", TEXT);
        put("prefixed.jar", prefixed.finish(), "belong to nothing");

        RawZip trailing = new RawZip();
        RawZip.Entry longer = trailing.add("a.txt", TEXT);
        trailing.junk(new byte[8]);
        longer.packed += 8;
        put("trailing.jar", trailing.finish(), "at the end of the entry 'a.txt' that belong to");

        RawZip encrypted = new RawZip();
        encrypted.add("a.txt", TEXT).flags = 1;
        put("encrypted.jar", encrypted.finish(), "is encrypted");

        RawZip packed = new RawZip();
        packed.add("a.txt", TEXT, 12);
        put("packed.jar", packed.finish(), "unknown method 12");

        RawZip large = new RawZip().claim(0xffff);
        large.add("a.txt", TEXT);
        put("large.jar", large.finish(), "ZIP64");

        RawZip understatedCount = new RawZip().claim(1);
        understatedCount.add("a.txt", TEXT);
        understatedCount.add("b.txt", TEXT);
        put("count.jar", understatedCount.finish(), "more entries than it says");

        RawZip classless = new RawZip();
        classless.add("a.txt", TEXT);
        put("classless.jar", classless.finish(), "has no classes");

        reasons.put("symlink.jar", "it is a link");
        Files.createSymbolicLink(folder.resolve("symlink.jar"), folder.resolve("good.jar"));
    }

    private void hostileCode() throws IOException {
        RawZip manifest = new RawZip();
        manifest.add(
                "META-INF/MANIFEST.MF", "no manifest\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        put("garbage.jar", manifest.finish(), "its manifest is no manifest");

        RawZip module = new RawZip();
        module.add("module-info.class", TEXT);
        put("module.jar", module.finish(), "it is no module");

        put(
                "absent.jar",
                new ModuleJar().service(StateBackendFactory.class, "modules.Absent"),
                "Absent not in module");
        put(
                "future.jar",
                new ModuleJar()
                        .service(StateBackendFactory.class, "modules.Future")
                        .file("modules/Future.class", classFileOf(99)),
                "UnsupportedClassVersionError");
        put("throws.jar", bad("Throws", "throw new IllegalStateException(\"no licence\");"), "no");
        put(
                "hangs.jar",
                bad("Hangs", "while (true) { java.util.concurrent.locks.LockSupport.park(); }"),
                "hangs");
        put("exits.jar", bad("Memory", "byte[][] all = new byte[9][0]; all[9] = null;"), "Index");
        put(
                "nonsense.jar",
                new ModuleJar()
                        .provider(
                                StateBackendFactory.class,
                                "Nonsense",
                                "public class Nonsense " + BACKEND,
                                "public String name() { return null; }" + ModuleJar.create("x")),
                "nonsense about itself");
        put("thief.jar", ModuleJar.backend("Thief", "good"), "'good' is provided already");
        put(
                "tomorrow.jar",
                ModuleJar.backend("Tomorrow", "tomorrow")
                        .header("Import-Package", "io.holdfast.spi.state;version=\"[99,100)\""),
                "in version [99,100)");
        put(
                "missing.jar",
                ModuleJar.backend("Missing", "missing")
                        .header("Import-Package", "io.holdfast.spi.telepathy"),
                "io.holdfast.spi.telepathy, which is not here");
    }

    private static ModuleJar bad(String name, String constructor) {
        return new ModuleJar()
                .provider(
                        StateBackendFactory.class,
                        name,
                        "public class " + name + " " + BACKEND,
                        "public %s() { %s } public String name() { return \"bad\"; } %s"
                                .formatted(name, constructor, ModuleJar.create("bad")));
    }

    private static byte[] classFileOf(int version) {
        byte[] file = new byte[64];
        file[0] = (byte) 0xca;
        file[1] = (byte) 0xfe;
        file[2] = (byte) 0xba;
        file[3] = (byte) 0xbe;
        file[7] = (byte) version;
        return file;
    }
}
