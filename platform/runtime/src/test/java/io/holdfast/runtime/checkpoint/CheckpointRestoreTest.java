package io.holdfast.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.config.CheckpointingMode;
import io.holdfast.api.config.ExternalizedCheckpointRetention;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.spi.filesystem.SeekableInput;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.snapshot.SnapshotSource;
import io.holdfast.toolkit.metadata.CheckpointMetadata;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CheckpointRestoreTest {
    private final MemoryStore store = new MemoryStore();
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final CheckpointVerifier verifier = new CheckpointVerifier(store, executor, 3);
    private final CheckpointRestore restore = new CheckpointRestore(verifier);

    @BeforeEach
    void threeCheckpointsOfTwoSubtasks() throws IOException {
        ManualThreads threads = new ManualThreads();
        CheckpointCoordinator coordinator =
                new CheckpointCoordinator(
                        "job",
                        "test job",
                        new CheckpointSettings(
                                Duration.ZERO,
                                Duration.ofMinutes(1),
                                Duration.ZERO,
                                1,
                                0,
                                3,
                                SnapshotKind.FULL,
                                CheckpointingMode.EXACTLY_ONCE,
                                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION),
                        store,
                        List.of(),
                        threads,
                        problem -> {});
        List<FakeTask> tasks = FakeTask.tasks(2);
        coordinator.start(List.of(FakeTask.layout(2)), tasks, Optional.empty());
        for (int i = 0; i < 3; i++) {
            coordinator.checkpoint(StopMode.NONE);
            threads.settle();
            Barrier barrier = tasks.get(0).barriers.get(i);
            for (FakeTask task : tasks) {
                coordinator.acknowledge(
                        task, barrier.checkpointId(), task.snapshot(barrier), SnapshotTimings.NONE);
            }
            threads.settle();
        }
        assertThat(store.published()).hasSize(3);
    }

    @AfterEach
    void stopThreads() {
        executor.shutdownNow();
    }

    private List<URI> files(long id) {
        return store.files.keySet().stream()
                .filter(file -> file.getPath().contains("/chk-" + id + "/f"))
                .toList();
    }

    private URI metadata(long id) {
        return MemoryStore.JOB.resolve("chk-" + id + "/_metadata");
    }

    @Test
    void theNewestCheckpointIsTaken() throws Exception {
        RestorePoint point = restore.latest(store.published(), false).orElseThrow();
        assertThat(point.metadata().checkpointId()).isEqualTo(3);
        assertThat(point.isOwn()).isTrue();
        assertThat(point.passedOver()).isEmpty();
    }

    @Test
    void withoutCheckpointsThereIsNone() throws Exception {
        assertThat(restore.latest(List.of(), false)).isEmpty();
    }

    @Test
    void everyDamagedFileIsNamedWithBothChecksumsAndOlderWholeCheckpointsAreOffered() {
        List<URI> files = files(3);
        store.damage(files.get(0));
        store.files.remove(files.get(1));
        store.damage(files(2).get(0));
        assertThatThrownBy(() -> restore.latest(store.published(), false))
                .isInstanceOf(HoldfastException.class)
                .hasMessageContaining("SNAPSHOT-4201")
                .hasMessageContaining("chk-3/ is damaged")
                .hasMessageContaining(files.get(0).toString())
                .hasMessageContaining(files.get(1).toString())
                .hasMessageContaining("no such file")
                .hasMessageMatching(
                        "(?s).*expected +(\\d+) bytes with CRC-32C ([0-9a-f]{8})\n"
                                + " +found +\\1 bytes with CRC-32C (?!\\2)[0-9a-f]{8}.*")
                .hasMessageMatching("(?s).*whole +\\S+chk-1/ \\(id 1, completed .*")
                .hasMessageMatching(
                        "(?s).*do +restore from \\S+chk-1/, or from the latest .* = true");
    }

    @Test
    void anOlderCheckpointIsTakenOnlyIfToldTo() throws Exception {
        store.damage(files(3).get(0));
        store.damage(metadata(2));
        RestorePoint point = restore.latest(store.published(), true).orElseThrow();
        assertThat(point.metadata().checkpointId()).isEqualTo(1);
        assertThat(point.passedOver())
                .hasSize(2)
                .satisfiesExactly(
                        newest -> assertThat(newest).contains("chk-3/: 1 damaged files"),
                        older -> assertThat(older).contains("chk-2/: ").contains("no metadata"));
    }

    @Test
    void ifAllAreDamagedNoneIsTakenEvenIfToldTo() {
        for (long id = 1; id <= 3; id++) {
            store.damage(files(id).get(0));
        }
        assertThatThrownBy(() -> restore.latest(store.published(), true))
                .hasMessageContaining("SNAPSHOT-4201")
                .hasMessageContaining(files(1).get(0).toString())
                .hasMessageContaining("or start without state");
    }

    @Test
    void damagedMetadataAreShownWithBothSides() {
        byte[] bytes = store.files.get(metadata(3));
        bytes[bytes.length / 2] ^= 1;
        assertThatThrownBy(() -> restore.latest(store.published(), false))
                .hasMessageContaining("chk-3/ is damaged")
                .hasMessageContaining("expected  CRC-32C")
                .hasMessageContaining("found     CRC-32C")
                .hasMessageContaining("whole     memory:/checkpoints/job/chk-2/");
    }

    @Test
    void aNamedCheckpointIsVerifiedAndNotOwned() throws Exception {
        String pointer = MemoryStore.JOB.resolve("chk-1/").toString();
        assertThat(restore.named(store, pointer).isOwn()).isFalse();
        store.damage(files(1).get(1));
        assertThatThrownBy(() -> restore.named(store, pointer))
                .hasMessageContaining("SNAPSHOT-4201")
                .hasMessageContaining(files(1).get(1).toString())
                .hasMessageNotContainingAny("whole");
        store.damage(metadata(1));
        assertThatThrownBy(() -> restore.named(store, pointer))
                .hasMessageContaining("SNAPSHOT-4101");
        assertThatThrownBy(() -> restore.named(store, "memory:///nowhere/"))
                .isInstanceOf(HoldfastException.class)
                .hasMessageContaining("STORAGE-5007")
                .hasMessageContaining("nowhere");
    }

    @Test
    void forANamedCheckpointThatIsDamagedThePreviousWholeOneIsOffered() throws Exception {
        String pointer = MemoryStore.JOB.resolve("chk-3/").toString();
        store.damage(metadata(3));
        store.damage(files(2).get(0));
        assertThatThrownBy(() -> restore.named(store, pointer))
                .hasMessageContaining("SNAPSHOT-4201")
                .hasMessageContaining("chk-3/ is damaged")
                .hasMessageMatching("(?s).*whole +\\S+chk-1/ \\(id 1, completed .*");
    }

    @Test
    void aFileOfAnotherLengthIsNotReadToItsEnd() throws Exception {
        URI file = files(3).get(0);
        byte[] longer = new byte[store.files.get(file).length + 1];
        store.files.put(file, longer);
        List<Damage> damages =
                verifier.verify(CheckpointRestore.metadata(store.published().get(0)));
        assertThat(damages).hasSize(1);
        assertThat(damages.get(0).file()).isEqualTo(file);
        assertThat(damages.get(0).found()).isEqualTo(longer.length + " bytes");
    }

    @Test
    void aStreamThatGivesFewBytesAtATimeIsVerifiedAllTheSame() throws Exception {
        SnapshotSource slow =
                handle -> {
                    SeekableInput in = store.open(handle);
                    return new OneByteAtATime(in);
                };
        CheckpointMetadata metadata = CheckpointRestore.metadata(store.published().get(0));
        assertThat(new CheckpointVerifier(slow, Runnable::run, 1).verify(metadata)).isEmpty();
        store.damage(files(3).get(1));
        assertThat(new CheckpointVerifier(slow, Runnable::run, 1).verify(metadata)).hasSize(1);
    }

    @Test
    void aStorageThatFailsIsReportedPerFile() throws Exception {
        SnapshotSource broken =
                handle -> {
                    throw new IOException("connection reset");
                };
        List<Damage> damages =
                new CheckpointVerifier(broken, executor, 8)
                        .verify(CheckpointRestore.metadata(store.published().get(0)));
        assertThat(damages)
                .hasSize(2)
                .allMatch(damage -> damage.found().equals("cannot be read: connection reset"));
    }

    @Test
    void verifyingAHangingStorageCanBeInterrupted() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        SnapshotSource hanging =
                handle -> {
                    asked.countDown();
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    throw new IOException("stopped");
                };
        CheckpointMetadata metadata = CheckpointRestore.metadata(store.published().get(0));
        List<Exception> thrown = new ArrayList<>();
        Thread restoring =
                new Thread(
                        () -> {
                            try {
                                new CheckpointVerifier(hanging, executor, 2).verify(metadata);
                            } catch (InterruptedIOException e) {
                                thrown.add(e);
                            }
                        });
        restoring.start();
        asked.await();
        restoring.interrupt();
        Awaitility.await().until(() -> !restoring.isAlive());
        assertThat(thrown).hasSize(1);
        never.countDown();
    }

    /** Gives one byte at each read, as a network may. */
    private static final class OneByteAtATime extends SeekableInput {
        private final SeekableInput in;

        OneByteAtATime(SeekableInput in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            return in.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return in.read(target, offset, 1);
        }

        @Override
        public void seek(long position) throws IOException {
            in.seek(position);
        }

        @Override
        public long position() throws IOException {
            return in.position();
        }

        @Override
        public long length() throws IOException {
            return in.length();
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
