package io.holdfast.testkit.state;

import static io.holdfast.testkit.state.Content.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.state.AggregatingState;
import io.holdfast.api.state.ListState;
import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.api.state.MapState;
import io.holdfast.api.state.MapStateDescriptor;
import io.holdfast.api.state.ReducingState;
import io.holdfast.api.state.ReducingStateDescriptor;
import io.holdfast.api.state.ValueState;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.RunningSnapshot;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.state.CloseableIterator;
import io.holdfast.spi.state.TimerQueue;
import io.holdfast.spi.state.VoidNamespace;
import io.holdfast.testkit.bench.StateBench;
import io.holdfast.testkit.bench.Subtask;
import io.holdfast.testkit.fixture.GatedSink;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * A closed backend holds nothing and does nothing: whoever still uses it gets an exception, never a
 * value, a crash or a hang.
 */
public abstract class CloseContract extends StateContract {
    private static final List<String> KEYS = EveryKind.keys(50);

    /** For subclasses. */
    protected CloseContract() {}

    private static void expectFailure(String what, Executable use) {
        assertThatThrownBy(use::execute)
                .as(what)
                .isInstanceOfAny(RuntimeException.class, IOException.class);
    }

    @Test
    void closingTwiceIsClosingOnce() {
        Subtask<String> subtask = open();
        new EveryKind(subtask).fill(KEYS, 1);

        subtask.close();
        subtask.close();

        assertThat(bench.openShares()).isEmpty();
    }

    @Test
    void aBackendThatWasNeverUsedCloses() {
        Subtask<String> subtask = open();

        subtask.close();

        assertThat(bench.openShares()).isEmpty();
    }

    @Test
    void statesOfAClosedBackendAreRefused() {
        Subtask<String> subtask = open();
        ValueState<Long> value = subtask.value(new ValueStateDescriptor<>("value", Long.class));
        ListState<Integer> list = subtask.list(new ListStateDescriptor<>("list", Integer.class));
        MapState<Integer, Double> map =
                subtask.map(new MapStateDescriptor<>("map", Integer.class, Double.class));
        ReducingState<Long> reducing =
                subtask.reducing(new ReducingStateDescriptor<>("reducing", Long::sum, Long.class));
        AggregatingState<Character, String> aggregating =
                subtask.aggregating(AggregatingStateContract.WORD);
        subtask.use("Aa");
        value.update(1L);
        list.add(1);
        map.put(1, 1.0);
        reducing.add(1L);
        aggregating.add('a');

        subtask.close();

        expectFailure("value()", value::value);
        expectFailure("update()", () -> value.update(2L));
        expectFailure("clear()", value::clear);
        expectFailure("list get()", () -> list.get().iterator().next());
        expectFailure("list add()", () -> list.add(2));
        expectFailure("map get()", () -> map.get(1));
        expectFailure("map put()", () -> map.put(2, 2.0));
        expectFailure("map isEmpty()", map::isEmpty);
        expectFailure("map iterator()", () -> map.iterator().next());
        expectFailure("reducing get()", reducing::get);
        expectFailure("reducing add()", () -> reducing.add(2L));
        expectFailure("aggregating get()", aggregating::get);
        expectFailure("aggregating add()", () -> aggregating.add('b'));
    }

    @Test
    void timersOfAClosedBackendAreRefused() {
        Subtask<String> subtask = open();
        TimerQueue<String, Area> timers = subtask.backend().timers("timers", Area.SERIALIZER);
        subtask.use("Aa");
        timers.add(1, Area.ULM);

        subtask.close();

        expectFailure("add()", () -> timers.add(2, Area.ULM));
        expectFailure("remove()", () -> timers.remove(1, Area.ULM));
        expectFailure("poll()", timers::poll);
        expectFailure("nextTime()", timers::nextTime);
    }

    @Test
    void aClosedBackendGivesNoStatesKeysOrSnapshots() {
        Subtask<String> subtask = open();
        ValueStateDescriptor<Long> value = new ValueStateDescriptor<>("value", Long.class);
        subtask.value(value);

        subtask.close();

        expectFailure("a state asked for before", () -> subtask.value(value).value());
        expectFailure(
                "a new state",
                () -> subtask.value(new ValueStateDescriptor<>("new", Long.class)).value());
        expectFailure("timers", () -> subtask.backend().timers("timers", Area.SERIALIZER).poll());
        expectFailure("keys()", () -> subtask.keys("value", VoidNamespace.INSTANCE));
        for (SnapshotKind kind : bench.stateBackend().snapshotKinds()) {
            expectFailure(kind + " snapshot", () -> bench.snapshot(subtask, kind));
        }
    }

    @Test
    void iteratorsReadHalfWayDoNotOutliveTheBackend() {
        Subtask<String> subtask = open();
        MapState<Integer, Double> map =
                subtask.map(new MapStateDescriptor<>("map", Integer.class, Double.class));
        for (String key : KEYS) {
            subtask.use(key);
            for (int i = 0; i < 1_000; i++) {
                map.put(i, i / 2.0);
            }
        }
        CloseableIterator<String> keys = subtask.backend().keys("map", VoidNamespace.INSTANCE);
        keys.next();
        Iterator<Map.Entry<Integer, Double>> entries = map.iterator();
        entries.next();

        subtask.close();

        expectEnd("keys", keys);
        expectEnd("entries", entries);
        expectEnd("entries after an exception", entries);
        keys.close();
    }

    /** An iterator may give what it holds already, but comes to an end or an exception. */
    private static void expectEnd(String what, Iterator<?> iterator) {
        int given = 0;
        try {
            while (iterator.hasNext() && given < 1_000_000) {
                iterator.next();
                given++;
            }
        } catch (RuntimeException refused) {
            return;
        }
        assertThat(given).as("%s after close", what).isLessThan(1_000_000);
    }

    @EachKind
    void aWriterIsStoppedThenTheBackendCloses(SnapshotKind kind) throws Exception {
        assumeTaken(kind);
        Subtask<String> subtask = open();
        new EveryKind(subtask).fill(KEYS, 1);
        GatedSink sink = GatedSink.atCall(bench.snapshots(), 3);
        RunningSnapshot snapshot = bench.begin(subtask, kind, sink);
        Future<KeyedSnapshotHandle> writing = bench.writing(snapshot);
        assertThat(sink.awaitWriter()).isTrue();

        snapshot.close();
        subtask.close();

        assertThat(StateBench.awaitFailure(writing)).isInstanceOf(IOException.class);
        assertThat(bench.snapshots().openStreams()).isEmpty();
    }

    /** Against the rules, which say to close snapshots first: must still end well. */
    @EachKind
    void aBackendClosedUnderAWriterDoesNotCrash(SnapshotKind kind) throws Exception {
        assumeTaken(kind);
        for (int round = 0; round < 20; round++) {
            Subtask<String> subtask = open();
            EveryKind states = new EveryKind(subtask);
            states.fill(KEYS, round);
            Content content = states.content(KEYS);
            GatedSink sink = GatedSink.atCall(bench.snapshots(), 2 + round % 4);
            RunningSnapshot snapshot = bench.begin(subtask, kind, sink);
            Future<KeyedSnapshotHandle> writing = bench.writing(snapshot);
            assertThat(sink.awaitWriter()).isTrue();
            sink.open();

            subtask.close();

            Throwable failure = StateBench.awaitFailure(writing);
            snapshot.close();
            if (failure == null) {
                try (Subtask<String> restored = restore(writing.get())) {
                    assertThat(new EveryKind(restored).content(KEYS))
                            .as("a snapshot that was written is whole")
                            .isEqualTo(content);
                }
            } else {
                assertThat(failure).isInstanceOfAny(IOException.class, RuntimeException.class);
            }
            assertThat(bench.snapshots().openStreams()).isEmpty();
        }
    }

    @EachKind
    void aSnapshotNotYetWrittenDiesWithTheBackendOrIsWhole(SnapshotKind kind) throws Exception {
        assumeTaken(kind);
        Subtask<String> subtask = open();
        EveryKind states = new EveryKind(subtask);
        states.fill(KEYS, 1);
        Content content = states.content(KEYS);
        RunningSnapshot snapshot = bench.begin(subtask, kind);

        subtask.close();

        Future<KeyedSnapshotHandle> writing = bench.writing(snapshot);
        Throwable failure = StateBench.awaitFailure(writing);
        snapshot.close();
        if (failure == null) {
            assertThat(new EveryKind(restore(writing.get())).content(KEYS)).isEqualTo(content);
        } else {
            assertThat(failure).isInstanceOfAny(IOException.class, RuntimeException.class);
        }
    }

    @EachKind
    void manyBackendsOpenAndCloseWithoutLeavingAnything(SnapshotKind kind) {
        assumeTaken(kind);
        Subtask<String> first = open();
        new EveryKind(first).fill(KEYS.subList(0, 5), 1);
        KeyedSnapshotHandle handle = bench.snapshot(first, kind);
        for (int i = 0; i < 20; i++) {
            try (Subtask<String> subtask = restore(handle)) {
                new EveryKind(subtask).change(KEYS.subList(0, 5), i);
                handle = bench.snapshot(subtask, kind);
            }
        }
        first.close();

        assertThat(bench.openShares()).isEmpty();
    }
}
