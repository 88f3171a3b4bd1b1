package io.holdfast.testkit.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.MapState;
import io.holdfast.api.state.MapStateDescriptor;
import io.holdfast.api.state.ValueState;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.state.TimerQueue;
import io.holdfast.spi.state.VoidNamespace;
import io.holdfast.testkit.bench.Subtask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Snapshots of any number of subtasks restore into any other number: each subtask then holds the
 * keys and timers of its key groups and no others.
 */
public abstract class RescaleContract extends StateContract {
    private static final ValueStateDescriptor<Long> NUMBER =
            new ValueStateDescriptor<>("number", Long.class);
    private static final MapStateDescriptor<Integer, Double> MAP =
            new MapStateDescriptor<>("map", Integer.class, Double.class);

    /** For subclasses. */
    protected RescaleContract() {}

    /** One key of each key group: element n is of group n. */
    private static List<String> keyOfEachGroup(int maxParallelism) {
        String[] keys = new String[maxParallelism];
        int missing = maxParallelism;
        for (int i = 0; missing > 0; i++) {
            String key = "key-" + i;
            int group = KeyGroupRange.keyGroup(key, maxParallelism);
            if (keys[group] == null) {
                keys[group] = key;
                missing--;
            }
        }
        return Arrays.asList(keys);
    }

    private static List<KeyGroupRange> ranges(int maxParallelism, int parallelism) {
        return IntStream.range(0, parallelism)
                .mapToObj(subtask -> KeyGroupRange.of(maxParallelism, parallelism, subtask))
                .toList();
    }

    /** Fills subtasks with those of the keys they own, and takes a snapshot of each. */
    private List<KeyedSnapshotHandle> write(
            List<String> keys, List<KeyGroupRange> ranges, int maxParallelism, SnapshotKind kind) {
        List<KeyedSnapshotHandle> handles = new ArrayList<>();
        for (KeyGroupRange range : ranges) {
            try (Subtask<String> subtask =
                    bench.opening(Serializers.STRING)
                            .maxParallelism(maxParallelism)
                            .keyGroups(range)
                            .open()) {
                fill(subtask, keys);
                handles.add(bench.snapshot(subtask, kind));
            }
        }
        return handles;
    }

    private static void fill(Subtask<String> subtask, List<String> keys) {
        ValueState<Long> number = subtask.value(NUMBER);
        MapState<Integer, Double> map = subtask.map(MAP);
        TimerQueue<String, Area> timers = subtask.backend().timers("timers", Area.SERIALIZER);
        for (String key : keys) {
            if (subtask.owns(key)) {
                subtask.use(key);
                number.update((long) key.hashCode());
                map.put(key.hashCode(), null);
                map.put(-1, 0.5);
                timers.add(key.hashCode(), Area.ULM);
            }
        }
    }

    /** Opens subtasks from those handles that have something for them, and looks at each. */
    private void expectEveryKeyOnce(
            List<String> keys,
            List<KeyedSnapshotHandle> handles,
            List<KeyGroupRange> ranges,
            int maxParallelism) {
        for (KeyGroupRange range : ranges) {
            List<KeyedSnapshotHandle> needed =
                    new ArrayList<>(
                            handles.stream()
                                    .filter(handle -> handle.keyGroups().overlaps(range))
                                    .toList());
            Collections.shuffle(needed, new Random(range.first()));
            try (Subtask<String> subtask =
                    bench.opening(Serializers.STRING)
                            .maxParallelism(maxParallelism)
                            .keyGroups(range)
                            .from(needed)
                            .open()) {
                expect(subtask, keys.stream().filter(subtask::owns).toList());
            }
        }
    }

    private static void expect(Subtask<String> subtask, List<String> owned) {
        ValueState<Long> number = subtask.value(NUMBER);
        MapState<Integer, Double> map = subtask.map(MAP);
        TimerQueue<String, Area> timers = subtask.backend().timers("timers", Area.SERIALIZER);
        assertThat(subtask.keys("number", VoidNamespace.INSTANCE))
                .as("keys in %s", subtask)
                .containsExactlyInAnyOrderElementsOf(owned);
        assertThat(subtask.keys("map", VoidNamespace.INSTANCE))
                .as("keys of maps in %s", subtask)
                .containsExactlyInAnyOrderElementsOf(owned);
        for (String key : owned) {
            subtask.use(key);
            assertThat(number.value()).as(key).isEqualTo(key.hashCode());
            assertThat(map.keys()).as(key).containsExactlyInAnyOrder(-1, key.hashCode());
        }
        Set<String> seen = new HashSet<>();
        while (!timers.isEmpty()) {
            TimerQueue.Timer<String, Area> timer = timers.poll();
            assertThat(timer)
                    .isEqualTo(
                            new TimerQueue.Timer<>(timer.key().hashCode(), timer.key(), Area.ULM));
            assertThat(seen.add(timer.key())).as("%s comes once", timer).isTrue();
        }
        assertThat(seen).as("timers in %s", subtask).containsExactlyInAnyOrderElementsOf(owned);
    }

    /** Kinds of snapshots take turns, so that this stays quick where opening opens files. */
    private void rescaleFromEachToEach(int maxParallelism, int turn, int... parallelisms) {
        List<SnapshotKind> kinds = bench.stateBackend().snapshotKinds().stream().sorted().toList();
        List<String> keys = keyOfEachGroup(maxParallelism);
        for (int from : parallelisms) {
            SnapshotKind kind = kinds.get((from + turn) % kinds.size());
            List<KeyedSnapshotHandle> handles =
                    write(keys, ranges(maxParallelism, from), maxParallelism, kind);
            for (int to : parallelisms) {
                expectEveryKeyOnce(keys, handles, ranges(maxParallelism, to), maxParallelism);
            }
        }
    }

    @Test
    void oneToEightSubtasksBecomeOneToEight() {
        rescaleFromEachToEach(128, 0, 1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void oneThreeAndEightSubtasksBecomeEachOtherWithTwoByteKeyGroups() {
        rescaleFromEachToEach(300, 1, 1, 3, 8);
    }

    @EachKind
    void bordersMayLieWhereAByteOfTheKeyGroupChanges(SnapshotKind kind) {
        assumeTaken(kind);
        List<String> keys = keyOfEachGroup(300);
        List<List<KeyGroupRange>> divisions =
                List.of(
                        List.of(new KeyGroupRange(0, 299)),
                        List.of(new KeyGroupRange(0, 127), new KeyGroupRange(128, 299)),
                        List.of(new KeyGroupRange(0, 255), new KeyGroupRange(256, 299)),
                        List.of(
                                new KeyGroupRange(0, 126),
                                new KeyGroupRange(127, 127),
                                new KeyGroupRange(128, 128),
                                new KeyGroupRange(129, 254),
                                new KeyGroupRange(255, 255),
                                new KeyGroupRange(256, 256),
                                new KeyGroupRange(257, 299)));
        for (List<KeyGroupRange> from : divisions) {
            List<KeyedSnapshotHandle> handles = write(keys, from, 300, kind);
            for (List<KeyGroupRange> to : divisions) {
                expectEveryKeyOnce(keys, handles, to, 300);
            }
        }
    }

    @EachKind
    void aSubtaskMayOwnOneKeyGroupOfMany(SnapshotKind kind) {
        assumeTaken(kind);
        for (int maxParallelism : new int[] {1, 2, 127, 128, 129, 256, 257}) {
            List<String> keys = keyOfEachGroup(maxParallelism);
            int last = maxParallelism - 1;
            List<KeyedSnapshotHandle> handles =
                    write(keys, List.of(new KeyGroupRange(0, last)), maxParallelism, kind);
            expectEveryKeyOnce(
                    keys,
                    handles,
                    List.of(new KeyGroupRange(0, 0), new KeyGroupRange(last, last)),
                    maxParallelism);
        }
    }

    @Test
    void theLargestMaxParallelismWorks() {
        int max = KeyGroupRange.MAX_KEY_GROUPS;
        List<String> keys = EveryKind.keys(400);
        List<KeyedSnapshotHandle> handles =
                write(keys, ranges(max, 2), max, SnapshotKind.CANONICAL);
        expectEveryKeyOnce(keys, handles, ranges(max, 3), max);
        expectEveryKeyOnce(
                keys, write(keys, ranges(max, 3), max, SnapshotKind.FULL), ranges(max, 1), max);
    }

    @EachKind
    void handlesThatHoldNothingForASubtaskDoNoHarm(SnapshotKind kind) {
        assumeTaken(kind);
        List<String> keys = keyOfEachGroup(128);
        List<KeyedSnapshotHandle> handles = write(keys, ranges(128, 4), 128, kind);
        KeyGroupRange wanted = new KeyGroupRange(40, 50);
        try (Subtask<String> subtask =
                bench.opening(Serializers.STRING).keyGroups(wanted).from(handles).open()) {
            expect(subtask, keys.subList(40, 51));
        }
    }

    @EachKind
    void statesNobodyAsksForAreRescaledToo(SnapshotKind kind) {
        assumeTaken(kind);
        List<String> keys = keyOfEachGroup(300);
        List<KeyedSnapshotHandle> handles = write(keys, ranges(300, 3), 300, kind);
        List<KeyedSnapshotHandle> again = new ArrayList<>();
        for (KeyGroupRange range : ranges(300, 5)) {
            try (Subtask<String> subtask =
                    bench.opening(Serializers.STRING)
                            .maxParallelism(300)
                            .keyGroups(range)
                            .from(handles)
                            .open()) {
                again.add(bench.snapshot(subtask, kind));
            }
        }

        expectEveryKeyOnce(keys, again, ranges(300, 2), 300);
    }

    @EachKind
    void aStateThatOnlySomeSubtasksHaveIsRescaled(SnapshotKind kind) {
        assumeTaken(kind);
        List<String> keys = keyOfEachGroup(128);
        List<KeyedSnapshotHandle> handles =
                new ArrayList<>(write(keys, ranges(128, 2).subList(0, 1), 128, kind));
        try (Subtask<String> other =
                bench.opening(Serializers.STRING).keyGroups(new KeyGroupRange(64, 127)).open()) {
            handles.add(0, bench.snapshot(other, kind));
        }

        expectEveryKeyOnce(keys.subList(0, 64), handles, ranges(128, 3), 128);
    }

    @EachKind
    void rescaledSubtasksRescaleAgain(SnapshotKind kind) {
        assumeTaken(kind);
        List<String> keys = keyOfEachGroup(128);
        List<KeyedSnapshotHandle> handles = write(keys, ranges(128, 3), 128, kind);
        for (int parallelism : new int[] {2, 7, 1, 4}) {
            List<KeyedSnapshotHandle> next = new ArrayList<>();
            for (KeyGroupRange range : ranges(128, parallelism)) {
                try (Subtask<String> subtask =
                        bench.opening(Serializers.STRING).keyGroups(range).from(handles).open()) {
                    subtask.value(NUMBER);
                    next.add(bench.snapshot(subtask, kind));
                }
            }
            handles = next;
        }
        expectEveryKeyOnce(keys, handles, ranges(128, 8), 128);
    }
}
