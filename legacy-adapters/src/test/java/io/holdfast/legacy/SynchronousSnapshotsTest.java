package io.holdfast.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.serialization.Serializers;
import io.holdfast.spi.snapshot.RunningSnapshot;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.snapshot.SnapshotRequest;
import io.holdfast.testkit.bench.StateBench;
import io.holdfast.testkit.bench.Subtask;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** With asynchronous snapshots switched off, the job waits until a snapshot is written. */
class SynchronousSnapshotsTest {
    private static final int MAX_MEM_STATE_SIZE = 1 << 20;

    @RegisterExtension
    final StateBench bench =
            new StateBench(() -> new MemoryStateBackend(MAX_MEM_STATE_SIZE, false));

    private SnapshotRequest writtenBy(AtomicReference<Thread> writer) {
        return new SnapshotRequest(
                bench.nextCheckpoint(),
                SnapshotKind.FULL,
                scope -> {
                    writer.set(Thread.currentThread());
                    return bench.snapshots().create(scope);
                });
    }

    @Test
    void theJobsThreadWritesTheSnapshot() throws IOException {
        Subtask<String> subtask = bench.open(Serializers.STRING);
        AtomicReference<Thread> writer = new AtomicReference<>();

        RunningSnapshot snapshot = bench.begin(subtask, writtenBy(writer));

        assertThat(writer.get()).isSameAs(Thread.currentThread());
        assertThat(bench.write(snapshot)).isSameAs(snapshot.write());
    }

    @Test
    void withoutTheSwitchAnotherThreadWrites() throws IOException {
        Subtask<String> subtask =
                bench.opening(Serializers.STRING).in(new MemoryStateBackend()).open();
        AtomicReference<Thread> writer = new AtomicReference<>();

        RunningSnapshot snapshot = bench.begin(subtask, writtenBy(writer));

        assertThat(writer.get()).isNull();
        bench.write(snapshot);
        assertThat(writer.get()).isNotNull().isNotSameAs(Thread.currentThread());
    }

    @Test
    void aSnapshotThatCannotBeWrittenFailsAtOnceAndLeavesNothing() {
        Subtask<String> subtask = bench.open(Serializers.STRING);
        SnapshotRequest request =
                new SnapshotRequest(
                        bench.nextCheckpoint(),
                        SnapshotKind.FULL,
                        scope -> {
                            throw new IOException("no room");
                        });

        assertThatThrownBy(() -> subtask.backend().snapshot(request)).hasMessage("no room");
    }

    @Test
    void theDescriptionSaysSo() {
        assertThat(new MemoryStateBackend(false).describe())
                .endsWith("; snapshots are synchronous, for debugging only");
    }
}
