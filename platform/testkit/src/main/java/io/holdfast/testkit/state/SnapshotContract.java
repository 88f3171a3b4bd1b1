package io.holdfast.testkit.state;

import static io.holdfast.testkit.state.Content.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.AggregatingState;
import io.holdfast.api.state.ValueState;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.RunningSnapshot;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.snapshot.SnapshotSink;
import io.holdfast.testkit.bench.StateBench;
import io.holdfast.testkit.bench.Subtask;
import io.holdfast.testkit.fixture.Fault;
import io.holdfast.testkit.fixture.FaultySnapshots;
import io.holdfast.testkit.fixture.GatedSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * A snapshot holds what was there when it was taken, whatever happens until it is written; and
 * whatever becomes of it, the backend goes on.
 */
public abstract class SnapshotContract extends StateContract {
    private static final List<String> KEYS = EveryKind.keys(40);

    /** For subclasses. */
    protected SnapshotContract() {}

    /** What a snapshot holds, as a backend restored from it tells. */
    private Content restored(KeyedSnapshotHandle handle, List<String> keys) {
        try (Subtask<String> subtask = restore(handle)) {
            return new EveryKind(subtask).content(keys);
        }
    }

    @Test
    void everyBackendTakesFullAndCanonicalSnapshots() {
        assertThat(bench.stateBackend().snapshotKinds())
                .contains(SnapshotKind.FULL, SnapshotKind.CANONICAL);
    }

    @EachKind
    void whatIsWrittenAfterwardsIsNotInIt(SnapshotKind kind) {
        assumeTaken(kind);
        Subtask<String> subtask = open();
        EveryKind states = new EveryKind(subtask);
        states.fill(KEYS, 1);
        Content before = states.content(KEYS);
        RunningSnapshot snapshot = bench.begin(subtask, kind);

        states.change(KEYS, 2);
        states.fill(List.of("new key"), 2);

        Content after = states.content(KEYS);
        assertThat(restored(bench.write(snapshot), KEYS)).isEqualTo(before).isNotEqualTo(after);
        assertThat(states.content(KEYS)).as("the job's own state").isEqualTo(after);
    }

    @EachKind
    void whatChangesWhileItIsBeingWrittenIsNotInIt(SnapshotKind kind) throws Exception {
        assumeTaken(kind);
        Subtask<String> subtask = open();
        EveryKind states = new EveryKind(subtask);
        states.fill(KEYS, 1);
        int round = 0;
        for (GatedSink sink : gates(callsToWrite(subtask, kind))) {
            Content before = states.content(KEYS);
            RunningSnapshot snapshot = bench.begin(subtask, kind, sink);
            Future<KeyedSnapshotHandle> writing = bench.writing(snapshot);
            assertThat(sink.awaitWriter()).as("the writer comes to gate %d", round).isTrue();

            states.change(KEYS, round);
            sink.open();

            KeyedSnapshotHandle handle = StateBench.await(writing);
            snapshot.close();
            assertThat(restored(handle, KEYS)).as("changed at gate %d", round).isEqualTo(before);
            round++;
        }
    }

    /** Sinks that stop their writer at the beginning, half-way, and at the end. */
    private List<GatedSink> gates(long calls) {
        return List.of(
                GatedSink.atCall(bench.snapshots(), 2),
                GatedSink.atCall(bench.snapshots(), 3),
                GatedSink.atCall(bench.snapshots(), calls / 3 + 1),
                GatedSink.atFinish(bench.snapshots()));
    }

    private long callsToWrite(Subtask<String> subtask, SnapshotKind kind) {
        Fault counter = Fault.none();
        SnapshotSink sink = new FaultySnapshots(bench.snapshots(), counter);
        bench.write(bench.begin(subtask, kind, sink));
        assertThat(counter.calls()).as("create, write and finish").isGreaterThanOrEqualTo(3);
        return counter.calls();
    }

    @EachKind
    void aJobThatNeverStopsDoesNotDisturbIt(SnapshotKind kind) {
        assumeTaken(kind);
        List<String> many = EveryKind.keys(800);
        Subtask<String> subtask = open();
        EveryKind states = new EveryKind(subtask);
        states.fill(many, 1);
        for (int round = 0; round < 3; round++) {
            Content before = states.content(many);
            RunningSnapshot snapshot = bench.begin(subtask, kind);
            Future<KeyedSnapshotHandle> writing = bench.writing(snapshot);
            for (int i = 0; i == 0 || !writing.isDone() && i < 50; i++) {
                states.change(many, i);
            }
            KeyedSnapshotHandle handle = StateBench.await(writing);
            snapshot.close();
            assertThat(restored(handle, many)).as("round %d", round).isEqualTo(before);
        }
    }

    @EachKind
    void aValueReadAndChangedInPlaceAfterwardsIsInItAsItWas(SnapshotKind kind) {
        assumeTaken(kind);
        ValueStateDescriptor<List<Integer>> numbers =
                new ValueStateDescriptor<>("numbers", Serializers.list(Serializers.INTEGER));
        Subtask<String> subtask = open();
        ValueState<List<Integer>> value = subtask.value(numbers);
        AggregatingState<Character, String> word =
                subtask.aggregating(AggregatingStateContract.WORD);
        subtask.use("Aa");
        value.update(new ArrayList<>(List.of(1)));
        word.add('a');
        RunningSnapshot snapshot = bench.begin(subtask, kind);

        List<Integer> read = value.value();
        read.add(2);
        value.update(read);
        word.add('b');

        assertThat(value.value()).containsExactly(1, 2);
        assertThat(word.get()).isEqualTo("ab");
        Subtask<String> restored = restore(bench.write(snapshot));
        restored.use("Aa");
        assertThat(restored.value(numbers).value()).containsExactly(1);
        assertThat(restored.aggregating(AggregatingStateContract.WORD).get()).isEqualTo("a");
    }

    @EachKind
    void severalSnapshotsHoldEachItsOwn(SnapshotKind kind) {
        assumeTaken(kind);
        Subtask<String> subtask = open();
        EveryKind states = new EveryKind(subtask);
        List<Content> contents = new ArrayList<>();
        List<RunningSnapshot> snapshots = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            states.fill(KEYS.subList(0, 10 * i + 1), i);
            contents.add(states.content(KEYS));
            snapshots.add(bench.begin(subtask, kind));
            states.change(KEYS, i);
        }
        snapshots.get(3).close();
        Future<KeyedSnapshotHandle> third = bench.writing(snapshots.get(2));
        Future<KeyedSnapshotHandle> first = bench.writing(snapshots.get(0));
        states.change(KEYS, 9);

        assertThat(restored(StateBench.await(third), KEYS)).isEqualTo(contents.get(2));
        assertThat(restored(StateBench.await(first), KEYS)).isEqualTo(contents.get(0));
        assertThat(restored(bench.write(snapshots.get(1)), KEYS)).isEqualTo(contents.get(1));
    }

    @EachKind
    void aSnapshotGivenUpUnwrittenLeavesNothing(SnapshotKind kind) {
        assumeTaken(kind);
        Subtask<String> subtask = open();
        EveryKind states = new EveryKind(subtask);
        states.fill(KEYS, 1);
        RunningSnapshot snapshot = bench.begin(subtask, kind);

        snapshot.close();
        snapshot.close();
        subtask.backend().checkpointAborted(bench.lastCheckpoint());

        assertThat(bench.snapshots().openStreams()).isEmpty();
        assertThatThrownBy(snapshot::write).as("write after close").isInstanceOf(IOException.class);
        states.change(KEYS, 2);
        Content content = states.content(KEYS);
        assertThat(restored(bench.snapshot(subtask, kind), KEYS)).isEqualTo(content);
    }

    @EachKind
    void closingStopsTheWriter(SnapshotKind kind) throws Exception {
        assumeTaken(kind);
        Subtask<String> subtask = open();
        EveryKind states = new EveryKind(subtask);
        states.fill(KEYS, 1);
        for (GatedSink sink : gates(callsToWrite(subtask, kind))) {
            RunningSnapshot snapshot = bench.begin(subtask, kind, sink);
            Future<KeyedSnapshotHandle> writing = bench.writing(snapshot);
            assertThat(sink.awaitWriter()).as("the writer comes to the gate").isTrue();

            snapshot.close();

            assertThat(StateBench.awaitFailure(writing)).isInstanceOf(IOException.class);
            assertThat(bench.snapshots().openStreams()).isEmpty();
        }
        Content content = states.content(KEYS);
        assertThat(restored(bench.snapshot(subtask, kind), KEYS)).isEqualTo(content);
    }

    @EachKind
    void aSinkThatFailsAtAnyCallDoesNoHarm(SnapshotKind kind) {
        assumeTaken(kind);
        List<String> few = KEYS.subList(0, 4);
        Subtask<String> subtask = open();
        EveryKind states = new EveryKind(subtask);
        states.fill(few, 1);
        int failures = 0;
        for (long call = 1; failsHarmlessly(subtask, kind, faultAt(call)); call++) {
            failures++;
            states.change(few, failures);
        }
        assertThat(failures).as("create, write and finish fail").isGreaterThanOrEqualTo(3);
        Content content = states.content(few);
        assertThat(restored(bench.snapshot(subtask, kind), few)).isEqualTo(content);
    }

    private static Fault faultAt(long call) {
        return call % 2 == 0 ? Fault.atCall(call) : Fault.fromCall(call);
    }

    @EachKind
    void aFullDiskDoesNoHarm(SnapshotKind kind) {
        assumeTaken(kind);
        Subtask<String> subtask = open();
        EveryKind states = new EveryKind(subtask);
        states.fill(KEYS, 1);
        Fault counter = Fault.none();
        bench.write(bench.begin(subtask, kind, new FaultySnapshots(bench.snapshots(), counter)));
        for (long eighth = 0; eighth < 8; eighth++) {
            Fault fault = Fault.atByte(1 + counter.bytes() * eighth / 8);
            assertThat(failsHarmlessly(subtask, kind, fault)).as("%d/8 full", eighth).isTrue();
        }
        Content content = states.content(KEYS);
        assertThat(restored(bench.snapshot(subtask, kind), KEYS)).isEqualTo(content);
    }

    /**
     * Takes a snapshot with a fault. If that strikes, the snapshot fails with an IOException, at
     * once or from the writer, and nothing stays open.
     */
    private boolean failsHarmlessly(Subtask<String> subtask, SnapshotKind kind, Fault fault) {
        SnapshotSink sink = new FaultySnapshots(bench.snapshots(), fault);
        Throwable failure = null;
        try (RunningSnapshot snapshot = bench.begin(subtask, kind, sink)) {
            failure = StateBench.awaitFailure(bench.writing(snapshot));
        } catch (UncheckedIOException e) {
            failure = e.getCause();
        }
        if (fault.wasInjected()) {
            assertThat(failure)
                    .isInstanceOf(IOException.class)
                    .hasStackTraceContaining("planted fault");
        } else {
            assertThat(failure).isNull();
        }
        assertThat(bench.snapshots().openStreams()).isEmpty();
        subtask.backend().checkpointAborted(bench.lastCheckpoint());
        return fault.wasInjected();
    }

    @EachKind
    void takingItChangesNothing(SnapshotKind kind) {
        assumeTaken(kind);
        Subtask<String> subtask = open();
        EveryKind states = new EveryKind(subtask);
        ValueState<Long> count = subtask.value(new ValueStateDescriptor<>("count", Long.class));
        states.fill(KEYS, 1);
        Content content = states.content(KEYS);
        subtask.use("Aa");
        count.update(1L);

        KeyedSnapshotHandle first = bench.snapshot(subtask, kind);
        assertThat(subtask.backend().currentKey()).isEqualTo("Aa");
        assertThat(count.value()).as("same key, same namespace").isEqualTo(1L);
        count.clear();
        assertThat(states.content(KEYS)).isEqualTo(content);
        KeyedSnapshotHandle second = bench.snapshot(subtask, kind);

        assertThat(restored(first, KEYS)).isEqualTo(content);
        assertThat(restored(second, KEYS)).isEqualTo(content);
    }

    @EachKind
    void statesAskedForLaterAreNotInIt(SnapshotKind kind) {
        assumeTaken(kind);
        Subtask<String> subtask = open();
        ValueStateDescriptor<Long> early = new ValueStateDescriptor<>("early", Long.class);
        ValueStateDescriptor<Long> late = new ValueStateDescriptor<>("late", Long.class);
        ValueState<Long> count = subtask.value(early);
        subtask.use("Aa");
        count.update(1L);
        RunningSnapshot snapshot = bench.begin(subtask, kind);
        subtask.value(late).update(2L);

        Subtask<String> restored = restore(bench.write(snapshot));

        restored.use("Aa");
        assertThat(restored.value(early).value()).isEqualTo(1L);
        assertThat(restored.value(late).value()).isNull();
    }

    @EachKind
    void everyCheckpointOfAChainRestoresItsOwn(SnapshotKind kind) {
        assumeTaken(kind);
        Subtask<String> subtask = open();
        EveryKind states = new EveryKind(subtask);
        List<KeyedSnapshotHandle> handles = new ArrayList<>();
        List<Content> contents = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            states.fill(KEYS.subList(i, 3 * i + 1), i);
            states.change(KEYS.subList(0, 2 * i), i);
            contents.add(states.content(KEYS));
            handles.add(bench.snapshot(subtask, kind));
            if (i % 3 == 2) {
                subtask.backend().checkpointAborted(bench.lastCheckpoint());
            } else if (i % 3 == 1) {
                subtask.backend().checkpointCompleted(bench.lastCheckpoint());
            }
        }
        subtask.close();
        for (int i = 0; i < handles.size(); i++) {
            assertThat(restored(handles.get(i), KEYS))
                    .as("checkpoint %d", i)
                    .isEqualTo(contents.get(i));
        }
    }

    @EachKind
    void anEmptyBackendHasASnapshotToo(SnapshotKind kind) {
        assumeTaken(kind);
        Subtask<String> subtask = open();
        KeyedSnapshotHandle withoutStates = bench.snapshot(subtask, kind);
        EveryKind states = new EveryKind(subtask);
        Content empty = states.content(KEYS);
        KeyedSnapshotHandle withoutEntries = bench.snapshot(subtask, kind);

        assertThat(restored(withoutStates, KEYS)).isEqualTo(empty);
        assertThat(restored(withoutEntries, KEYS)).isEqualTo(empty);
    }

    @EachKind
    void anInterruptedWriterDoesNoHarm(SnapshotKind kind) {
        assumeTaken(kind);
        Subtask<String> subtask = open();
        EveryKind states = new EveryKind(subtask);
        states.fill(KEYS, 1);
        Content content = states.content(KEYS);
        RunningSnapshot snapshot = bench.begin(subtask, kind);

        StateBench.awaitFailure(
                bench.run(
                        () -> {
                            Thread.currentThread().interrupt();
                            return snapshot.write();
                        }));
        snapshot.close();

        assertThat(states.content(KEYS)).isEqualTo(content);
        assertThat(restored(bench.snapshot(subtask, kind), KEYS)).isEqualTo(content);
    }

    @EachKind
    void aKindThatIsNotAnnouncedIsRefused(SnapshotKind kind) {
        Assumptions.assumeFalse(
                bench.stateBackend().snapshotKinds().contains(kind), "the backend announces it");
        Subtask<String> subtask = open();

        assertThatThrownBy(() -> bench.write(bench.begin(subtask, kind)))
                .isInstanceOf(RuntimeException.class)
                .hasMessageContaining(kind.name());
    }
}
