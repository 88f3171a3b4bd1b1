package io.holdfast.storage.jobmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.config.CheckpointingOptions;
import io.holdfast.api.config.Configuration;
import io.holdfast.spi.filesystem.FileSystem;
import io.holdfast.spi.filesystem.FileSystems;
import io.holdfast.spi.filesystem.Path;
import io.holdfast.spi.snapshot.SnapshotOutput;
import io.holdfast.spi.snapshot.SnapshotScope;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.spi.storage.CheckpointStorage;
import io.holdfast.spi.storage.CheckpointStorageFactory;
import io.holdfast.spi.storage.CheckpointStore;
import io.holdfast.spi.storage.CheckpointWrite;
import io.holdfast.spi.storage.StoredCheckpoint;
import io.holdfast.testkit.filesystem.MemoryFileSystem;
import io.holdfast.testkit.storage.SampleCheckpoint;
import java.io.IOException;
import java.net.URI;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** Limits, lifetime and settings of checkpoints in memory. */
class JobManagerCheckpointStorageTest {
    private static final int MIB = 1 << 20;
    private static final URI DIRECTORY = URI.create("memory://store/checkpoints");

    private final MemoryFileSystem.Disk disk = new MemoryFileSystem.Disk();
    private final FileSystem files = disk.mount();
    private final FileSystems fileSystems = path -> files;

    private StreamHandle write(CheckpointStorage storage, int... counts) throws IOException {
        try (CheckpointStore store = storage.open("job", fileSystems);
                CheckpointWrite write = store.begin(1);
                SnapshotOutput output = write.create(SnapshotScope.EXCLUSIVE)) {
            for (int count : counts) {
                output.write(new byte[count]);
            }
            return output.finish();
        }
    }

    @Test
    void aStateOfExactlyFiveMebibytesPasses() throws IOException {
        CheckpointStorage storage = new JobManagerCheckpointStorage();
        assertThat(write(storage, 5 * MIB)).isInstanceOf(StreamHandle.Inline.class);
        assertThat(write(storage, 5 * MIB - 1, 1).length()).isEqualTo(5 * 1024 * 1024);
    }

    @Test
    void theByteThatIsTooMuchFailsAtOnceAndSaysWhatToDo() throws IOException {
        CheckpointStorage storage = new JobManagerCheckpointStorage();
        try (CheckpointStore store = storage.open("job", fileSystems);
                CheckpointWrite write = store.begin(1);
                SnapshotOutput output = write.create(SnapshotScope.SHARED)) {
            output.write(new byte[5 * MIB]);
            assertThatThrownBy(() -> output.write(0))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("STORAGE-5005")
                    .hasMessageContaining("at least 5242881 bytes")
                    .hasMessageContaining("5242880 bytes for each state")
                    .hasMessageContaining("'filesystem'")
                    .hasMessageContaining("new JobManagerCheckpointStorage(bytes)");
            assertThatThrownBy(output::finish).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> write(storage, 100, 6 * MIB))
                .hasMessageContaining("at least 6291556 bytes");
        assertThat(write(storage, 1)).as("the next checkpoint").isNotNull();
    }

    @Test
    void theLimitIsTheConstructors() throws IOException {
        assertThat(write(new JobManagerCheckpointStorage(64 * MIB), 10 * MIB).length())
                .isEqualTo(10 * MIB);
        assertThatThrownBy(() -> write(new JobManagerCheckpointStorage(3), 4))
                .hasMessageContaining("3 bytes for each state");
        for (int wrong : new int[] {0, -1}) {
            assertThatThrownBy(() -> new JobManagerCheckpointStorage(wrong))
                    .hasMessageStartingWith("STORAGE-5008");
        }
    }

    @Test
    void theFrameSizeIsALimitWhateverTheConstructorSays() throws IOException {
        CheckpointStorage usual = new JobManagerCheckpointStorage(64 * MIB);
        assertThatThrownBy(() -> write(usual, 10 * MIB + 1))
                .hasMessageContainingAll("STORAGE-5005", "pekko.framesize", "akka.framesize");

        Configuration smaller = new Configuration().setString("akka.framesize", "1000b");
        CheckpointStorage configured = new JobManagerCheckpointStorage(64).configure(smaller);
        assertThat(write(configured, 64).length()).isEqualTo(64);
        assertThatThrownBy(() -> write(configured, 65))
                .hasMessageContaining("64 bytes for each state");
        assertThatThrownBy(() -> write(new JobManagerCheckpointStorage().configure(smaller), 1001))
                .hasMessageContaining("1000 bytes of pekko.framesize");
    }

    @Test
    void savepointsGoWhereCodeSaysOrTheConfiguration() {
        Configuration config =
                new Configuration().setString("state.savepoints.dir", "file:///from/configuration");
        JobManagerCheckpointStorage storage = new JobManagerCheckpointStorage();

        assertThat(storage.savepointDirectory()).isEmpty();
        assertThat(storage.configure(config).savepointDirectory())
                .contains(URI.create("file:/from/configuration"));
        assertThat(
                        storage.withSavepointDirectory("file:///from/code")
                                .configure(config)
                                .savepointDirectory())
                .contains(URI.create("file:/from/code"));
        assertThatThrownBy(() -> storage.withSavepointDirectory("file:///"))
                .hasMessageContaining("it is a root directory");
    }

    @Test
    void aDirectoryCanBeGivenAsAPath() {
        assertThat(new JobManagerCheckpointStorage(new Path("file:///a//b/"), 5).directory())
                .contains(URI.create("file:/a/b"));
    }

    @Test
    void allCheckpointsTogetherStayWithinTheBudget() throws IOException {
        CoordinatorMemory memory = new CoordinatorMemory(3 * MIB);
        CheckpointStorage storage = new JobManagerCheckpointStorage(null, 2 * MIB, memory);
        try (CheckpointStore store = storage.open("job", fileSystems)) {
            StoredCheckpoint first;
            try (CheckpointWrite write = store.begin(1)) {
                SnapshotOutput output = write.create(SnapshotScope.EXCLUSIVE);
                output.write(new byte[MIB]);
                assertThat(output.finish().length()).isEqualTo(MIB);
                first = write.publish(new byte[2 * MIB]);
            }
            assertThat(memory.budget().used()).isEqualTo(2 * MIB);
            try (CheckpointWrite write = store.begin(2);
                    SnapshotOutput output = write.create(SnapshotScope.EXCLUSIVE)) {
                assertThatThrownBy(() -> output.write(new byte[MIB + 1]))
                        .isInstanceOf(IOException.class)
                        .hasMessageStartingWith("STORAGE-5006")
                        .hasMessageContaining("in use  2 mb")
                        .hasMessageContaining("limit   3 mb");
            }
            assertThat(store.published()).containsExactly(first);
            store.discard(first);
            store.discard(first);
            assertThat(memory.budget().used()).isZero();
            try (CheckpointWrite write = store.begin(3)) {
                write.publish(new byte[2 * MIB]);
            }
        }
    }

    @Test
    void whatIsGivenUpIsNotAccountedFor() throws IOException {
        CoordinatorMemory memory = new CoordinatorMemory(10 * MIB);
        CheckpointStorage storage = new JobManagerCheckpointStorage(null, MIB, memory);
        try (CheckpointStore store = storage.open("job", fileSystems)) {
            for (int id = 0; id < 50; id++) {
                try (CheckpointWrite write = store.begin(id)) {
                    try (SnapshotOutput output = write.create(SnapshotScope.EXCLUSIVE)) {
                        output.write(new byte[MIB / 2]);
                        output.finish();
                    }
                    write.create(SnapshotScope.EXCLUSIVE).write(new byte[MIB / 2]);
                }
            }
        }
        assertThat(memory.budget().used()).isZero();
    }

    @Test
    void withoutADirectoryCheckpointsEndWithTheStorageAndNoFileIsMade() throws IOException {
        JobManagerCheckpointStorage storage = new JobManagerCheckpointStorage();
        StoredCheckpoint published = publish(storage);
        assertThat(storage.directory()).isEmpty();
        assertThat(files.list(URI.create("memory://store/"))).isEmpty();
        try (CheckpointStore store =
                storage.configure(new Configuration()).open("job", fileSystems)) {
            assertThat(store.published()).containsExactly(published);
        }
        try (CheckpointStore other = new JobManagerCheckpointStorage().open("job", fileSystems)) {
            assertThat(other.published()).isEmpty();
            assertThatThrownBy(() -> other.resolve(published.pointer()))
                    .hasMessageStartingWith(
                            "STORAGE-5007 No checkpoint at 'jobmanager:/job/chk-1'.")
                    .hasMessageContaining("end with their process")
                    .hasMessageContaining("execution.checkpointing.dir");
        }
    }

    private StoredCheckpoint publish(CheckpointStorage storage) throws IOException {
        try (CheckpointStore store = storage.open("job", fileSystems);
                CheckpointWrite write = store.begin(1)) {
            return SampleCheckpoint.ofSeed(1).publish(write);
        }
    }

    @Test
    void withADirectoryANewProcessRestores() throws IOException {
        Configuration config =
                new Configuration()
                        .set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, DIRECTORY.toString());
        StoredCheckpoint published =
                publish(new JobManagerCheckpointStorageFactory().create(config));
        assertThat(published.pointer()).isEqualTo(DIRECTORY + "/job/chk-1");
        try (CheckpointStore next =
                new JobManagerCheckpointStorageFactory()
                        .create(config)
                        .open("job", path -> disk.mount())) {
            assertThat(next.published()).containsExactly(published);
            assertThat(SampleCheckpoint.damage(next, next.published().get(0))).isEmpty();
            assertThat(SampleCheckpoint.handles(next.published().get(0)))
                    .allMatch(handle -> handle instanceof StreamHandle.Inline);
        }
        assertThat(files.list(URI.create(DIRECTORY + "/job/chk-1")))
                .as("state stands in the metadata")
                .hasSize(1);
    }

    @Test
    void savepointsAreNotLimited() throws IOException {
        try (CheckpointStore store = new JobManagerCheckpointStorage(100).open("job", fileSystems);
                CheckpointWrite write = store.beginSavepoint(URI.create("memory://store/sp"))) {
            SampleCheckpoint sample = new SampleCheckpoint(1, 50, 200_000, 5_000_000);
            StoredCheckpoint savepoint = sample.publish(write);
            assertThat(SampleCheckpoint.damage(store, savepoint)).isEmpty();
        }
    }

    @Test
    void codeWinsOverConfiguration() {
        Configuration config =
                new Configuration()
                        .setString("state.checkpoints.dir", "file:///from/configuration");
        assertThat(new JobManagerCheckpointStorage().configure(config).directory())
                .contains(URI.create("file:/from/configuration"));
        assertThat(
                        new JobManagerCheckpointStorage("file:///from/code")
                                .configure(config)
                                .directory())
                .contains(URI.create("file:/from/code"));
        assertThat(
                        new JobManagerCheckpointStorage(URI.create("file:///from/code"), 7)
                                .configure(config)
                                .maxStateSize())
                .isEqualTo(7);
    }

    @Test
    void aDirectoryThatIsNoneIsRefused() {
        assertThatThrownBy(() -> new JobManagerCheckpointStorage("/data"))
                .hasMessageStartingWith("STORAGE-5003")
                .hasMessageContaining("it has no scheme");
        Configuration config =
                new Configuration().setString("execution.checkpointing.dir", "file:///");
        assertThatThrownBy(() -> new JobManagerCheckpointStorageFactory().create(config))
                .hasMessageContaining("it is a root directory")
                .hasMessageContaining("execution.checkpointing.dir");
    }

    @Test
    void theServiceLoaderFindsIt() {
        assertThat(ServiceLoader.load(CheckpointStorageFactory.class))
                .singleElement()
                .satisfies(
                        factory -> {
                            assertThat(factory.name()).isEqualTo("jobmanager");
                            assertThat(factory.create(new Configuration()).name())
                                    .isEqualTo("jobmanager");
                        });
    }
}
