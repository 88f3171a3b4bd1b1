package io.holdfast.backend.rocksdb.keyed;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.RunningSnapshot;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.testkit.bench.StateBench;
import io.holdfast.testkit.bench.Subtask;
import io.holdfast.testkit.fixture.GatedSink;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Whenever a backend is closed, its running snapshots end without touching the database again: a
 * mistake here does not fail a test but kills the JVM.
 */
class CloseUnderSnapshotTest {
    @RegisterExtension
    final StateBench bench = new StateBench(() -> new SmallBackend(Limits.USUAL));

    private Subtask<Long> filled() {
        Subtask<Long> subtask = bench.open(Serializers.LONG);
        var list = subtask.list(new ListStateDescriptor<>("list", String.class));
        for (long key = 0; key < 300; key++) {
            subtask.use(key);
            list.add("some text of some length " + key);
            list.add("more");
        }
        return subtask;
    }

    @RepeatedTest(200)
    void closingTheBackendEndsTheWriterWhereverItIs(RepetitionInfo repetition) throws Exception {
        Subtask<Long> subtask = filled();
        // Some stand at a gate in one of their writes, the others run freely.
        int round = repetition.getCurrentRepetition();
        GatedSink gate = GatedSink.atCall(bench.snapshots(), round % 2 == 0 ? round : 1_000_000);
        RunningSnapshot snapshot = bench.begin(subtask, SnapshotKind.FULL, gate);
        Future<KeyedSnapshotHandle> writing = bench.writing(snapshot);
        if (round % 4 == 0) {
            gate.awaitWriter();
        }

        subtask.close();

        Throwable failure = StateBench.awaitFailure(writing);
        if (failure != null) {
            assertThat(failure).isInstanceOf(java.io.IOException.class);
        }
        assertThat(bench.openShares()).isEmpty();
        assertThat(bench.snapshots().openStreams()).isEmpty();
    }
}
