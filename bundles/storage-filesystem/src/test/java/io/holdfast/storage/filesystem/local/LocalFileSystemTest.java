package io.holdfast.storage.filesystem.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.spi.filesystem.DurableOutput;
import io.holdfast.spi.filesystem.FileSystem;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order of system calls, and the failure of each of them. */
class LocalFileSystemTest {
    @TempDir Path root;

    /** The real disk; writes down each call, and makes one of them fail. */
    private static final class WatchedDisk implements Disk {
        private final Disk real = new RealDisk();
        private final List<String> calls = new ArrayList<>();
        private int failing = -1;

        private void call(String what, Path path) throws IOException {
            calls.add(what + " " + path.getFileName());
            if (calls.size() == failing) {
                throw new IOException("Input/output error");
            }
        }

        @Override
        public Sink createNew(Path file) throws IOException {
            call("create", file);
            Sink sink = real.createNew(file);
            return new Sink() {
                @Override
                public void write(byte[] bytes, int offset, int count) throws IOException {
                    call("write", file);
                    sink.write(bytes, offset, count);
                }

                @Override
                public void sync() throws IOException {
                    call("fsync", file);
                    sink.sync();
                }

                @Override
                public void close() throws IOException {
                    sink.close();
                }
            };
        }

        @Override
        public void publish(Path temporary, Path file) throws IOException {
            call("publish " + temporary.getFileName(), file);
            real.publish(temporary, file);
        }

        @Override
        public void makeDirectory(Path directory) throws IOException {
            call("mkdir", directory);
            real.makeDirectory(directory);
        }

        @Override
        public void syncDirectory(Path directory) throws IOException {
            call("fsync", directory);
            real.syncDirectory(directory);
        }

        @Override
        public void remove(Path path) throws IOException {
            call("remove", path);
            real.remove(path);
        }
    }

    private URI at(String path) {
        return URI.create(root.toUri() + path);
    }

    private static void put(FileSystem files, URI file, int length) throws IOException {
        try (DurableOutput output = files.create(file)) {
            output.write(new byte[length]);
            output.commit();
        }
    }

    private TreeSet<String> everything() throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            TreeSet<String> found = new TreeSet<>();
            walk.filter(Files::isRegularFile).forEach(path -> found.add(path.toString()));
            return found;
        }
    }

    @Test
    void aFileIsNamedAfterItsBytesAreSafeAndPromisedAfterItsNameIs() throws IOException {
        WatchedDisk disk = new WatchedDisk();
        put(new LocalFileSystem(disk), at("a/b/file"), 20_000);
        String temporary = disk.calls.get(4).substring("create ".length());
        assertThat(temporary).matches("\\.holdfast-.*\\.part");
        assertThat(disk.calls)
                .startsWith("mkdir a", "fsync " + root.getFileName(), "mkdir b", "fsync a")
                .endsWith("fsync " + temporary, "publish " + temporary + " file", "fsync b");
        assertThat(disk.calls).filteredOn(call -> call.startsWith("write")).isNotEmpty();
        assertThat(disk.calls.lastIndexOf("write " + temporary))
                .as("nothing is written after the fsync")
                .isLessThan(disk.calls.indexOf("fsync " + temporary));
    }

    @Test
    void aFileOutlivesALossOfPowerOnceItIsPromised() throws IOException {
        WatchedDisk disk = new WatchedDisk();
        LocalFileSystem files = new LocalFileSystem(disk);
        put(files, at("a/b/one"), 10);
        put(files, at("a/b/two"), 10_000);
        put(files, at("a/c/three"), 0);
        assertThat(namesAfterALossOfPower(disk.calls)).contains("one", "two", "three");
        for (int cut = 1; cut <= disk.calls.size(); cut++) {
            assertThat(namesAfterALossOfPower(disk.calls.subList(0, cut)))
                    .as("no file without its bytes, after %s", disk.calls.subList(0, cut))
                    .doesNotContain("EMPTY");
        }
    }

    /**
     * What is certainly or possibly there, from the trace alone: a name is there if its directory
     * was synced later; a file that may be there without its bytes shows as EMPTY.
     */
    private Set<String> namesAfterALossOfPower(List<String> calls) {
        Set<String> dirty = new HashSet<>();
        Set<String> unsyncedNames = new HashSet<>();
        Set<String> durable = new HashSet<>();
        for (String call : calls) {
            String[] words = call.split(" ");
            switch (words[0]) {
                case "write" -> dirty.add(words[1]);
                case "publish" -> {
                    unsyncedNames.add(words[2]);
                    if (dirty.contains(words[1])) {
                        durable.add("EMPTY");
                    }
                }
                case "fsync" -> {
                    dirty.remove(words[1]);
                    if (!words[1].endsWith(".part")) {
                        durable.addAll(unsyncedNames);
                        unsyncedNames.clear();
                    }
                }
                default -> {}
            }
        }
        return durable;
    }

    @Test
    void whicheverCallFailsNothingIsLeftAndTheNextFileWorks() throws IOException {
        int failures = 0;
        for (int k = 1; ; k++) {
            WatchedDisk disk = new WatchedDisk();
            LocalFileSystem files = new LocalFileSystem(disk);
            TreeSet<String> before = everything();
            disk.failing = k;
            URI file = at("new-" + k + "/below/file");
            try {
                put(files, file, 20_000);
                if (disk.calls.size() < k) {
                    break;
                }
                throw new AssertionError("call passed over: " + disk.calls.get(k - 1));
            } catch (IOException e) {
                failures++;
                assertThat(e)
                        .hasMessageStartingWith("STORAGE-5015 Cannot write '")
                        .hasMessageContaining("new-" + k)
                        .hasMessageContaining("Input/output error");
            }
            String failed = disk.calls.get(k - 1);
            assertThat(files.info(file)).as(failed).isEmpty();
            assertThat(everything()).as(failed).isEqualTo(before);
            disk.failing = -1;
            put(files, file, 20_000);
            assertThat(files.info(file).orElseThrow().length()).as(failed).isEqualTo(20_000);
        }
        assertThat(failures).isGreaterThanOrEqualTo(9);
    }

    @Test
    void aFailedFsyncIsNotRepeatedOnTheSameFile() throws IOException {
        WatchedDisk disk = new WatchedDisk();
        LocalFileSystem files = new LocalFileSystem(disk);
        Files.createDirectory(root.resolve("a"));
        DurableOutput output = files.create(at("a/file"));
        output.write(1);
        disk.failing = 3;
        assertThatThrownBy(output::commit).isInstanceOf(IOException.class);
        assertThat(disk.calls.get(2)).startsWith("fsync");
        assertThatThrownBy(output::commit).hasMessageContaining("committed, closed or given up");
        assertThatThrownBy(() -> output.write(1)).isInstanceOf(IOException.class);
        output.close();
        assertThat(disk.calls).filteredOn(call -> call.contains("fsync .holdfast")).hasSize(1);
        assertThat(everything()).isEmpty();
    }

    @Test
    void preparingRemovesTheRemainsOfDeadWritersInThisDirectoryOnly() throws IOException {
        LocalFileSystem files = new LocalFileSystem(new RealDisk());
        Files.createDirectories(root.resolve("a/b"));
        Files.writeString(root.resolve("a/.holdfast-1.part"), "remains");
        Files.writeString(root.resolve("a/b/.holdfast-2.part"), "remains");
        Files.writeString(root.resolve("a/file.part"), "mine");
        files.prepare(at("a"));
        assertThat(everything())
                .containsExactly(
                        root.resolve("a/b/.holdfast-2.part").toString(),
                        root.resolve("a/file.part").toString());
    }

    @Test
    void removalsAreOnTheDiskWhenTheyReturn() throws IOException {
        WatchedDisk disk = new WatchedDisk();
        LocalFileSystem files = new LocalFileSystem(disk);
        put(files, at("a/file"), 1);
        files.delete(at("a/file"));
        assertThat(disk.calls).endsWith("remove file", "fsync a");
    }

    @Test
    void linksAreRemovedAndNotFollowed() throws IOException {
        LocalFileSystem files = new LocalFileSystem(new RealDisk());
        Files.createDirectories(root.resolve("precious"));
        Files.writeString(root.resolve("precious/file"), "precious");
        Files.createDirectories(root.resolve("a"));
        Files.createSymbolicLink(root.resolve("a/link"), root.resolve("precious"));
        files.delete(at("a"));
        assertThat(root.resolve("a")).doesNotExist();
        assertThat(root.resolve("precious/file")).hasContent("precious");
    }

    @Test
    void pathsThatAreNotLocalAreRefused() {
        LocalFileSystem files = new LocalFileSystem(new RealDisk());
        for (String uri : new String[] {"file://host/data", "hdfs:///data", "mailto:x", "file:x"}) {
            assertThatThrownBy(() -> files.info(URI.create(uri)))
                    .as(uri)
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(FileNotFoundException.class)
                    .hasMessageStartingWith("STORAGE-5003 '" + uri + "' cannot be used");
        }
        assertThatThrownBy(() -> files.create(at("a/.holdfast.lock")))
                .hasMessageContaining("reserved");
        assertThatThrownBy(() -> files.delete(URI.create("file:///")))
                .hasMessageContaining("root directory");
    }
}
