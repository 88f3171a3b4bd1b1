package io.holdfast.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.config.Configuration;
import io.holdfast.spi.filesystem.FileSystem;
import io.holdfast.spi.filesystem.FileSystemFactory;
import io.holdfast.spi.filesystem.FileSystems;
import io.holdfast.spi.snapshot.SnapshotOutput;
import io.holdfast.spi.snapshot.SnapshotScope;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.spi.storage.CheckpointStorage;
import io.holdfast.spi.storage.CheckpointStorageFactory;
import io.holdfast.spi.storage.CheckpointStore;
import io.holdfast.spi.storage.CheckpointWrite;
import io.holdfast.spi.storage.StoredCheckpoint;
import io.holdfast.testkit.storage.SampleCheckpoint;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Layout, thresholds and settings, on local files. */
class FileSystemCheckpointStorageTest {
    private static final int KIB = 1024;

    @TempDir Path directory;
    private final FileSystem files = LocalFixture.fileSystem();
    private final FileSystems fileSystems = path -> files;

    private StreamHandle write(CheckpointStorage storage, int... counts) throws IOException {
        try (CheckpointStore store = storage.open("job", fileSystems);
                CheckpointWrite write = store.begin(1);
                SnapshotOutput output = write.create(SnapshotScope.EXCLUSIVE)) {
            for (int count : counts) {
                if (count == 1) {
                    output.write(7);
                } else {
                    output.write(new byte[count]);
                }
            }
            output.flush();
            return output.finish();
        }
    }

    private URI base() {
        return directory.toUri();
    }

    private static TreeSet<String> tree(Path root) throws IOException {
        TreeSet<String> paths = new TreeSet<>();
        try (Stream<Path> walk = Files.walk(root)) {
            walk.filter(path -> !path.equals(root))
                    .map(path -> root.relativize(path).toString())
                    .filter(path -> !path.contains(".holdfast"))
                    .forEach(paths::add);
        }
        return paths;
    }

    @Test
    void theLayoutIsTheDocumentedOne() throws IOException {
        CheckpointStorage storage = new FileSystemCheckpointStorage(base(), 0);
        try (CheckpointStore store = storage.open("job", fileSystems);
                CheckpointWrite write = store.begin(17)) {
            StoredCheckpoint published = new SampleCheckpoint(1, 10, 20).publish(write);
            assertThat(published.pointer()).isEqualTo("file:" + directory.resolve("job/chk-17"));
        }
        String name = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}";
        assertThat(tree(directory).stream().map(path -> path.replaceAll(name, "UUID")))
                .containsExactlyInAnyOrder(
                        "job",
                        "job/chk-17",
                        "job/chk-17/UUID",
                        "job/chk-17/_metadata",
                        "job/shared",
                        "job/shared/UUID",
                        "job/taskowned");
    }

    @Test
    void jobsMayGoWithoutDirectoriesOfTheirOwn() throws IOException {
        Configuration config =
                new Configuration().setString("state.checkpoints.create-subdir", "false");
        CheckpointStorage storage = new FileSystemCheckpointStorage(base(), 0).configure(config);
        try (CheckpointStore store = storage.open("job", fileSystems);
                CheckpointWrite write = store.begin(1)) {
            new SampleCheckpoint(1).publish(write);
            assertThatThrownBy(() -> storage.open("other-job", fileSystems))
                    .hasMessageStartingWith("STORAGE-5002");
        }
        assertThat(tree(directory))
                .containsExactly("chk-1", "chk-1/_metadata", "shared", "taskowned");
    }

    @ParameterizedTest
    @CsvSource({"20480, 20480, 20481", "100, 100, 101", "0, 0, 1", "1048576, 1048576, 1048577"})
    void streamsUpToTheThresholdStandInTheirHandles(int threshold, int small, int large)
            throws IOException {
        for (int buffer : new int[] {0, 1, 4096, 2 << 20}) {
            CheckpointStorage storage = new FileSystemCheckpointStorage(base(), threshold, buffer);
            assertThat(write(storage, small)).isInstanceOf(StreamHandle.Inline.class);
            assertThat(write(storage, small / 2, small - small / 2))
                    .isInstanceOf(StreamHandle.Inline.class);
            StreamHandle file = write(storage, large - 1, 1);
            assertThat(file).isInstanceOf(StreamHandle.InFile.class);
            assertThat(file.length()).isEqualTo(large);
            assertThat(write(storage, large)).isInstanceOf(StreamHandle.InFile.class);
        }
    }

    @Test
    void theChecksumIsCrc32cOfAllBytes() throws IOException {
        CheckpointStorage storage = new FileSystemCheckpointStorage(base(), 0, 4);
        try (CheckpointStore store = storage.open("job", fileSystems);
                CheckpointWrite write = store.begin(1);
                SnapshotOutput output = write.create(SnapshotScope.SHARED)) {
            output.write("12345".getBytes(StandardCharsets.US_ASCII));
            output.write('6');
            output.write("789".getBytes(StandardCharsets.US_ASCII));
            // The check value of CRC-32C in the catalogues of such codes.
            assertThat(((StreamHandle.InFile) output.finish()).crc32c()).isEqualTo(0xe3069283);
        }
    }

    @Test
    void leftoversOfADeadProcessAreRemovedAndNobodyElses() throws IOException {
        for (String kept :
                new String[] {
                    "other/chk-3/half",
                    "other/.holdfast-1.part",
                    "job/chk-1/_metadata",
                    "job/notes/chk-2/mine",
                    "job/chk-file",
                    "job/shared/00000000-0000-4000-8000-000000000000",
                    "chk-9/half"
                }) {
            put(kept);
        }
        for (String rubbish :
                new String[] {
                    "job/chk-2/half",
                    "job/chk-2/deep/half",
                    "job/chk-1/.holdfast-2.part",
                    "job/shared/.holdfast-3.part",
                    "job/taskowned/.holdfast-4.part",
                    "job/.holdfast-5.part"
                }) {
            put(rubbish);
        }
        new FileSystemCheckpointStorage(base()).open("job", fileSystems).close();
        try (Stream<Path> walk = Files.walk(directory)) {
            assertThat(
                            walk.filter(Files::isRegularFile)
                                    .map(path -> directory.relativize(path).toString())
                                    .filter(path -> !path.endsWith(".holdfast.lock")))
                    .containsExactlyInAnyOrder(
                            "other/chk-3/half",
                            "other/.holdfast-1.part",
                            "job/chk-1/_metadata",
                            "job/notes/chk-2/mine",
                            "job/chk-file",
                            "job/shared/00000000-0000-4000-8000-000000000000",
                            "chk-9/half");
        }
    }

    private void put(String path) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "x");
    }

    @Test
    void aPointerMayBeRelativeToTheWorkingDirectory() throws IOException {
        CheckpointStorage storage = new FileSystemCheckpointStorage(base());
        try (CheckpointStore store = storage.open("job", fileSystems)) {
            StoredCheckpoint published;
            try (CheckpointWrite write = store.begin(1)) {
                published = SampleCheckpoint.ofSeed(1).publish(write);
            }
            Path chk = directory.toRealPath().resolve("job/chk-1");
            Path here = Path.of("").toAbsolutePath();
            assertThat(store.resolve(here.relativize(chk).toString()).metadata())
                    .isEqualTo(published.metadata());
            assertThat(store.resolve(chk.resolve("_metadata").toString()).metadata())
                    .isEqualTo(published.metadata());
            assertThatThrownBy(() -> store.resolve(directory.resolve("job").toString()))
                    .hasMessageContaining("chk-1/, shared/, taskowned/")
                    .hasMessageContaining("checkpoint  file:" + directory.resolve("job/chk-1"));
        }
    }

    @Test
    void aDirectoryWithBlanksAndPercentIsUsedAsItIsWritten() throws IOException {
        String text = "file://" + directory + "/my dir/100%25";
        CheckpointStorage storage = new FileSystemCheckpointStorage(text);
        try (CheckpointStore store = storage.open("job", fileSystems);
                CheckpointWrite write = store.begin(1)) {
            SampleCheckpoint.ofSeed(1).publish(write);
            assertThat(store.published())
                    .allMatch(each -> SampleCheckpoint.damage(store, each).isEmpty())
                    .hasSize(1);
        }
        assertThat(directory.resolve("my dir/100%25/job/chk-1/_metadata")).exists();
    }

    @Test
    void codeWinsOverConfigurationAndTheBufferIsAtLeastTheThreshold() {
        Configuration config =
                new Configuration()
                        .setString("state.storage.fs.memory-threshold", "8 kb")
                        .setString("state.storage.fs.write-buffer-size", "12288");
        FileSystemCheckpointStorage plain = new FileSystemCheckpointStorage(base());
        assertThat(plain.inlineThreshold()).isEqualTo(20 * KIB);
        assertThat(plain.writeBufferSize()).isEqualTo(20 * KIB);
        assertThat(plain.directoryForEachJob()).isTrue();
        assertThat(plain.configure(config).inlineThreshold()).isEqualTo(8 * KIB);
        assertThat(plain.configure(config).writeBufferSize()).isEqualTo(12 * KIB);
        FileSystemCheckpointStorage set = new FileSystemCheckpointStorage(base(), 9, 10);
        assertThat(set.configure(config).inlineThreshold()).isEqualTo(9);
        assertThat(set.configure(config).writeBufferSize()).isEqualTo(10);
        assertThat(new FileSystemCheckpointStorage(base(), -1, -1)).isEqualTo(plain);
    }

    @Test
    void bothFormsOfADirectoryAreEqual() {
        FileSystemCheckpointStorage text = new FileSystemCheckpointStorage("file:///a//b/");
        assertThat(text)
                .isEqualTo(new FileSystemCheckpointStorage(URI.create("file:/a/b")))
                .hasSameHashCodeAs(new FileSystemCheckpointStorage(URI.create("file:/a/b")))
                .hasToString("filesystem file:/a/b (inline up to 20480 bytes)");
        assertThat(text.directory()).contains(URI.create("file:/a/b"));
        assertThat(new FileSystemCheckpointStorage("hdfs://namenode:40010/flink/c").directory())
                .contains(URI.create("hdfs://namenode:40010/flink/c"));
    }

    @Test
    void aPathIsReadAsItsText() {
        io.holdfast.spi.filesystem.Path path =
                new io.holdfast.spi.filesystem.Path("file:///a b/c%20d");
        assertThat(new FileSystemCheckpointStorage(path).directory().orElseThrow().getPath())
                .isEqualTo("/a b/c%20d");
        FileSystemCheckpointStorage sized = new FileSystemCheckpointStorage(path, 7, 8);
        assertThat(sized.inlineThreshold()).isEqualTo(7);
        assertThat(sized.writeBufferSize()).isEqualTo(8);
    }

    @Test
    void savepointsGoWhereCodeSaysOrTheConfiguration() {
        Configuration config =
                new Configuration().setString("state.savepoints.dir", "file:///from/configuration");
        FileSystemCheckpointStorage storage = new FileSystemCheckpointStorage(base());

        assertThat(storage.savepointDirectory()).isEmpty();
        assertThat(storage.configure(config).savepointDirectory())
                .contains(URI.create("file:/from/configuration"));
        assertThat(
                        storage.withSavepointDirectory(URI.create("file:///from/code"))
                                .configure(config)
                                .savepointDirectory())
                .contains(URI.create("file:/from/code"));
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        URI base = base();
        for (int threshold : new int[] {-2, (1 << 20) + 1}) {
            assertThatThrownBy(() -> new FileSystemCheckpointStorage(base, threshold))
                    .hasMessageStartingWith("STORAGE-5008 The inline threshold")
                    .hasMessageContaining("0 to 1048576 bytes");
        }
        assertThatThrownBy(() -> new FileSystemCheckpointStorage(base, 1, -2))
                .hasMessageStartingWith("STORAGE-5008 The write buffer size");
        assertThatThrownBy(() -> new FileSystemCheckpointStorage("/data"))
                .hasMessageStartingWith("STORAGE-5003")
                .hasMessageContaining("it has no scheme");
        assertThatThrownBy(
                        () -> new FileSystemCheckpointStorageFactory().create(new Configuration()))
                .hasMessageStartingWith("STORAGE-5004")
                .hasMessageContaining("set execution.checkpointing.dir to a URI");
        assertThatThrownBy(
                        () ->
                                new FileSystemCheckpointStorageFactory()
                                        .create(
                                                new Configuration()
                                                        .setString(
                                                                "execution.checkpointing.dir",
                                                                "checkpoints")))
                .hasMessageContaining("given as  execution.checkpointing.dir");
    }

    @Test
    void theServiceLoaderFindsStorageAndFileSystem() {
        assertThat(ServiceLoader.load(CheckpointStorageFactory.class))
                .extracting(CheckpointStorageFactory::name)
                .containsExactly("filesystem");
        assertThat(ServiceLoader.load(FileSystemFactory.class))
                .singleElement()
                .satisfies(factory -> assertThat(factory.schemes()).containsExactly("file"));
    }
}
