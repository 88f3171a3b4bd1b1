package io.holdfast.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.spi.filesystem.FileSystem;
import io.holdfast.spi.storage.CheckpointStorage;
import io.holdfast.spi.storage.CheckpointStore;
import io.holdfast.spi.storage.CheckpointWrite;
import io.holdfast.spi.storage.StoredCheckpoint;
import io.holdfast.testkit.storage.SampleCheckpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failures that a real system makes: a full disk, a read-only one, no permission, odd files. */
class RealFailureTest {
    @TempDir Path directory;
    private final FileSystem files = LocalFixture.fileSystem();
    private final List<Path> mounted = new ArrayList<>();

    private CheckpointStore open(Path where) throws IOException {
        CheckpointStorage storage = new FileSystemCheckpointStorage(where.toUri(), 1000);
        return storage.open("job", path -> files);
    }

    private static StoredCheckpoint publish(CheckpointStore store, long id, int large)
            throws IOException {
        try (CheckpointWrite write = store.begin(id)) {
            return new SampleCheckpoint(id, 500, 8000, large).publish(write);
        }
    }

    private Path mount(String options) throws IOException, InterruptedException {
        Path point = Files.createDirectory(directory.resolve("mount-" + mounted.size()));
        boolean done =
                run("mount", "-t", "tmpfs", "-o", options, "tmpfs", point.toString()).isEmpty();
        if (!done) {
            System.out.println("SKIPPED, needs the right to mount a file system: " + options);
        }
        assumeTrue(done, "needs the right to mount a file system");
        mounted.add(point);
        return point;
    }

    /** Runs a command; what it complains about, or empty if it worked. */
    private static Optional<String> run(String... command)
            throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            return Optional.of(e.getMessage());
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        boolean worked = process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
        return worked ? Optional.empty() : Optional.of(output + " ");
    }

    @AfterEach
    void unmount() throws Exception {
        files.close();
        for (Path point : mounted) {
            assertThat(run("umount", point.toString())).isEmpty();
        }
    }

    private static Set<String> tree(Path root) throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            Set<String> found = new TreeSet<>();
            walk.forEach(path -> found.add(path.toString()));
            return found;
        }
    }

    @Test
    void aFullDiskDeclinesTheCheckpointAndNothingElse() throws Exception {
        Path disk = mount("size=512k");
        Path filler = disk.resolve("filler");
        int declined = 0;
        int passed = 0;
        try (CheckpointStore store = open(disk)) {
            StoredCheckpoint first = publish(store, 1, 40_000);
            for (int free = 0; free <= 112; free += 4) {
                fill(filler, disk, free * 1024L);
                long id = 2 + free;
                Set<String> before = tree(disk);
                try {
                    store.discard(publish(store, id, 60_000));
                    passed++;
                } catch (IOException e) {
                    declined++;
                    assertThat(e)
                            .hasMessageStartingWith("STORAGE-5010 Cannot ")
                            .hasMessageContaining("the disk is full")
                            .hasMessageContaining(disk.toString())
                            .hasMessageContaining("free of")
                            .hasMessageContaining("do           free space there");
                    assertThat(tree(disk)).as("%d KiB free", free).isEqualTo(before);
                }
                assertThat(store.published()).containsExactly(first);
                assertThat(SampleCheckpoint.damage(store, first)).isEmpty();
                Files.delete(filler);
                StoredCheckpoint next = publish(store, id + 1, 60_000);
                assertThat(SampleCheckpoint.damage(store, next)).isEmpty();
                store.discard(next);
                deleteShared(disk);
                store.discard(first);
                first = publish(store, id + 2, 40_000);
            }
        }
        System.out.println("full disk: " + declined + " declined, " + passed + " passed");
        assertThat(declined).isPositive();
        assertThat(passed).isPositive();
    }

    private static void deleteShared(Path disk) throws IOException {
        try (Stream<Path> shared = Files.list(disk.resolve("job/shared"))) {
            for (Path each : shared.toList()) {
                Files.delete(each);
            }
        }
    }

    /** Leaves this many bytes free. */
    private static void fill(Path filler, Path disk, long free) throws IOException {
        Files.write(filler, new byte[0]);
        long size = Files.getFileStore(disk).getUsableSpace() - free;
        Files.write(filler, new byte[(int) Math.max(0, size)]);
        assertThat(Files.getFileStore(disk).getUsableSpace()).isLessThanOrEqualTo(free);
    }

    @Test
    void aLimitOnFileSizesDeclinesTheCheckpointAndNothingElse() throws Exception {
        assumeTrue(Files.exists(Path.of("/bin/sh")), "needs a shell");
        List<String> lines = new ArrayList<>();
        try (ChildJvm child =
                ChildJvm.startLimited(
                        64, PublishLoop.class, directory.toString(), "job", "1", "4", "200000")) {
            for (Optional<String> line = child.line(); line.isPresent(); line = child.line()) {
                lines.add(line.get());
            }
            assertThat(child.exit()).isZero();
        }
        assertThat(lines).hasSize(6);
        assertThat(lines.get(2)).startsWith("failed 1 [STORAGE-5010 Cannot write '");
        assertThat(lines.get(3)).isEqualTo("published 2");
        assertThat(lines.get(4)).startsWith("failed 3 [STORAGE-5010").contains("File too large");
        assertThat(lines.get(5)).isEqualTo("published 4");
        assertThat(tree(directory)).noneMatch(path -> path.endsWith(".part"));
        try (CheckpointStore store = open(directory)) {
            assertThat(store.published()).hasSize(2);
            for (StoredCheckpoint each : store.published()) {
                assertThat(SampleCheckpoint.damage(store, each)).isEmpty();
            }
        }
    }

    @Test
    void aReadOnlyDiskIsRefusedAtTheStart() throws Exception {
        Path disk = mount("size=64k,ro");
        assertThatThrownBy(() -> open(disk.resolve("checkpoints")))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("STORAGE-5012 Cannot lock '" + disk + "/checkpoints/job'")
                .hasMessageContaining("the file system is read-only")
                .hasMessageContaining("mount it for writing");
    }

    @Test
    void aDirectoryWithoutPermissionIsRefusedAtTheStart() throws Exception {
        Path closed = Files.createDirectory(directory.resolve("closed"));
        boolean root = "root".equals(System.getProperty("user.name"));
        if (root) {
            boolean immutable = run("chattr", "+i", closed.toString()).isEmpty();
            if (!immutable) {
                System.out.println("SKIPPED: root, and directories cannot be made immutable");
            }
            assumeTrue(immutable, "needs a directory that may not be written");
        } else {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
        }
        try {
            assertThatThrownBy(() -> open(closed))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("STORAGE-5011 Cannot lock '" + closed + "/job'")
                    .hasMessageContaining("it is not permitted")
                    .hasMessageContaining("permissions  r")
                    .hasMessageContaining("of '" + closed + "', owner ");
        } finally {
            if (root) {
                assertThat(run("chattr", "-i", closed.toString())).isEmpty();
            } else {
                Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
        open(closed).close();
    }

    @Test
    void aFileInThePlaceOfADirectoryIsNamed() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "mine");
        assertThatThrownBy(() -> open(file))
                .hasMessageStartingWith("STORAGE-5014 Cannot lock '" + file + "/job'")
                .hasMessageContaining("'" + file + "' is not a directory");
        Path job = Files.createDirectories(directory.resolve("c/job"));
        Files.writeString(job.resolve("shared"), "mine");
        assertThatThrownBy(() -> open(directory.resolve("c")))
                .hasMessageStartingWith("STORAGE-5014 Cannot prepare '" + job + "/shared'")
                .hasMessageContaining("it exists");
        Files.delete(job.resolve("shared"));
        open(directory.resolve("c")).close();
        assertThat(file).hasContent("mine");
    }

    @Test
    void aDirectoryThatVanishesFailsOneCheckpointOnly() throws Exception {
        try (CheckpointStore store = open(directory)) {
            publish(store, 1, 40_000);
            try (CheckpointWrite write = store.begin(2)) {
                new SampleCheckpoint(2, 8000).writeStreams(write);
                for (Path each : List.of(directory.resolve("job/chk-2"))) {
                    assertThat(run("rm", "-r", each.toString())).isEmpty();
                }
            }
            StoredCheckpoint next = publish(store, 3, 40_000);
            assertThat(SampleCheckpoint.damage(store, next)).isEmpty();
            assertThat(store.published()).hasSize(2);
        }
    }
}
