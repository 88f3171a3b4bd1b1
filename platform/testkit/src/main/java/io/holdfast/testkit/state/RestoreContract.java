package io.holdfast.testkit.state;

import static io.holdfast.testkit.state.Content.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.ListState;
import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.api.state.MapState;
import io.holdfast.api.state.MapStateDescriptor;
import io.holdfast.api.state.ReducingStateDescriptor;
import io.holdfast.api.state.ValueState;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.testkit.bench.StateBench;
import io.holdfast.testkit.bench.Subtask;
import io.holdfast.testkit.fixture.Fault;
import io.holdfast.testkit.fixture.FaultySnapshots;
import io.holdfast.testkit.fixture.MemorySnapshots;
import io.holdfast.testkit.fixture.ShortReads;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a snapshot held is what a backend opened from it holds, to the last byte. */
public abstract class RestoreContract extends StateContract {
    private static final List<String> KEYS = EveryKind.keys(60);

    /** For subclasses. */
    protected RestoreContract() {}

    /** A backend with something in every state. */
    private Subtask<String> filled() {
        Subtask<String> subtask = open();
        EveryKind states = new EveryKind(subtask);
        states.fill(KEYS, 1);
        states.change(KEYS.subList(0, 20), 2);
        return subtask;
    }

    private Content canonical(Subtask<String> subtask) {
        return CanonicalContent.of(
                bench.snapshots(), List.of(bench.snapshot(subtask, SnapshotKind.CANONICAL)));
    }

    @EachKind
    void everyKindOfStateAndTheTimersAreThereAgain(SnapshotKind kind) {
        assumeTaken(kind);
        Subtask<String> subtask = filled();
        Content content = new EveryKind(subtask).content(KEYS);

        Subtask<String> restored = restart(subtask, kind);

        assertThat(new EveryKind(restored).content(KEYS)).isEqualTo(content);
    }

    @EachKind
    void nothingOfTheSourceIsNeededAfterOpening(SnapshotKind kind) {
        assumeTaken(kind);
        Subtask<String> subtask = filled();
        Content content = new EveryKind(subtask).content(KEYS);
        MemorySnapshots written = bench.snapshots();
        KeyedSnapshotHandle handle = bench.snapshot(subtask, kind);

        Subtask<String> restored = restore(handle);
        assertThat(written.openStreams()).as("streams are closed").isEmpty();
        bench.use(new MemorySnapshots());

        assertThat(new EveryKind(restored).content(KEYS)).isEqualTo(content);
    }

    @EachKind
    void aSnapshotRestoresAgainAndAgain(SnapshotKind kind) {
        assumeTaken(kind);
        Subtask<String> subtask = filled();
        Content content = new EveryKind(subtask).content(KEYS);
        KeyedSnapshotHandle handle = bench.snapshot(subtask, kind);
        for (int i = 0; i < 3; i++) {
            try (Subtask<String> restored = restore(handle)) {
                EveryKind states = new EveryKind(restored);
                assertThat(states.content(KEYS)).as("time %d", i).isEqualTo(content);
                states.change(KEYS, i);
                bench.snapshot(restored, kind);
            }
        }
    }

    @EachKind
    void extremesAndNothingsAreThereAgain(SnapshotKind kind) {
        assumeTaken(kind);
        ValueStateDescriptor<byte[]> blob = new ValueStateDescriptor<>("blob", Serializers.BYTES);
        ValueStateDescriptor<String> text = new ValueStateDescriptor<>("text", String.class);
        ListStateDescriptor<byte[]> blobs = new ListStateDescriptor<>("blobs", Serializers.BYTES);
        ListStateDescriptor<Long> longs = new ListStateDescriptor<>("longs", Long.class);
        MapStateDescriptor<Integer, byte[]> map =
                new MapStateDescriptor<>("map", Serializers.INTEGER, Serializers.BYTES);
        byte[] huge = new byte[1 << 20];
        Arrays.fill(huge, (byte) 0x2C);
        String hugeKey = "k".repeat(70_000);
        String odd = "\0\u007f\u0080\u07ff\ud800\uffff" + "\ud83d\ude00".repeat(30_000);
        Subtask<String> subtask = open();
        for (String key : List.of("", "Aa", hugeKey)) {
            subtask.use(key);
            subtask.value(blob).update(key.isEmpty() ? new byte[0] : huge);
            subtask.value(text).update(key.isEmpty() ? "" : odd);
            subtask.list(blobs).update(List.of(huge, new byte[0], huge, new byte[0]));
            subtask.list(longs).update(List.of(Long.MIN_VALUE, -1L, 0L, Long.MAX_VALUE));
            Map<Integer, byte[]> entries = new HashMap<>();
            entries.put(Integer.MIN_VALUE, null);
            entries.put(Integer.MAX_VALUE, new byte[0]);
            entries.put(0, huge);
            subtask.map(map).putAll(entries);
        }

        Subtask<String> restored = restart(subtask, kind);

        ValueState<byte[]> restoredBlob = restored.value(blob);
        ValueState<String> restoredText = restored.value(text);
        ListState<byte[]> restoredBlobs = restored.list(blobs);
        ListState<Long> restoredLongs = restored.list(longs);
        MapState<Integer, byte[]> restoredMap = restored.map(map);
        for (String key : List.of("", "Aa", hugeKey)) {
            restored.use(key);
            assertThat(restoredBlob.value()).isEqualTo(key.isEmpty() ? new byte[0] : huge);
            assertThat(restoredText.value()).isEqualTo(key.isEmpty() ? "" : odd);
            assertThat(restoredBlobs.get())
                    .usingElementComparator(Arrays::compare)
                    .containsExactly(huge, new byte[0], huge, new byte[0]);
            assertThat(restoredLongs.get())
                    .containsExactly(Long.MIN_VALUE, -1L, 0L, Long.MAX_VALUE);
            assertThat(restoredMap.keys())
                    .containsExactlyInAnyOrder(Integer.MIN_VALUE, Integer.MAX_VALUE, 0);
            assertThat(restoredMap.contains(Integer.MIN_VALUE)).isTrue();
            assertThat(restoredMap.get(Integer.MIN_VALUE)).isNull();
            assertThat(restoredMap.get(Integer.MAX_VALUE)).isEmpty();
            assertThat(restoredMap.get(0)).isEqualTo(huge);
        }
    }

    @EachKind
    void manyEntriesUnderOneKeyAreThereAgain(SnapshotKind kind) {
        assumeTaken(kind);
        MapStateDescriptor<Integer, Double> map =
                new MapStateDescriptor<>("map", Integer.class, Double.class);
        Subtask<String> subtask = open();
        subtask.use("Aa");
        MapState<Integer, Double> entries = subtask.map(map);
        for (int i = 0; i < 30_000; i++) {
            entries.put(i, i % 100 == 0 ? null : i / 3.0);
        }

        Subtask<String> restored = restart(subtask, kind);
        restored.use("Aa");

        Map<Integer, Double> found = new HashMap<>();
        restored.map(map).entries().forEach(e -> found.put(e.getKey(), e.getValue()));
        assertThat(found).hasSize(30_000).contains(entry(29_900, null), entry(7, 7 / 3.0));
    }

    @EachKind
    void statesNobodyAsksForStayByteForByte(SnapshotKind kind) {
        assumeTaken(kind);
        Subtask<String> subtask = filled();
        Content entries = canonical(subtask);

        Subtask<String> once = restart(subtask, kind);
        assertThat(canonical(once)).as("after one restore").isEqualTo(entries).isNotEmpty();
        Subtask<String> twice = restart(once, kind);

        assertThat(canonical(twice)).as("after two restores").isEqualTo(entries);
        Content content = new EveryKind(twice).content(KEYS);
        assertThat(canonical(twice)).as("asked for at last").isEqualTo(entries);
        assertThat(new EveryKind(restart(twice, kind)).content(KEYS)).isEqualTo(content);
    }

    @EachKind
    void statesAskedForAndNotAskedForStandSideBySide(SnapshotKind kind) {
        assumeTaken(kind);
        ValueStateDescriptor<Long> used = new ValueStateDescriptor<>("used", Long.class);
        ReducingStateDescriptor<Long> unused =
                new ReducingStateDescriptor<>("unused", Long::sum, Long.class);
        Subtask<String> subtask = open();
        subtask.use("Aa");
        subtask.value(used).update(1L);
        subtask.reducing(unused).add(10L);

        Subtask<String> second = restart(subtask, kind);
        second.use("BB");
        second.value(used).update(2L);
        Subtask<String> third = restart(second, kind);

        third.use("Aa");
        third.reducing(unused).add(5L);
        assertThat(third.reducing(unused).get()).isEqualTo(15L);
        assertThat(third.value(used).value()).isEqualTo(1L);
        third.use("BB");
        assertThat(third.value(used).value()).isEqualTo(2L);
        assertThat(third.reducing(unused).get()).isNull();
    }

    @EachKind
    void aRestoredBackendGoesOn(SnapshotKind kind) {
        assumeTaken(kind);
        Subtask<String> untouched = open();
        EveryKind expected = new EveryKind(untouched);
        Subtask<String> restarted = open();
        expected.fill(KEYS, 1);
        new EveryKind(restarted).fill(KEYS, 1);
        for (int round = 2; round < 6; round++) {
            restarted = restart(restarted, kind);
            EveryKind states = new EveryKind(restarted);
            expected.change(KEYS, round);
            states.change(KEYS, round);
            expected.fill(KEYS.subList(0, round), round);
            states.fill(KEYS.subList(0, round), round);
            assertThat(states.content(KEYS))
                    .as("round %d", round)
                    .isEqualTo(expected.content(KEYS));
        }
    }

    @EachKind
    void streamsMayGiveOneByteAtATime(SnapshotKind kind) {
        assumeTaken(kind);
        Subtask<String> subtask = filled();
        Content content = new EveryKind(subtask).content(KEYS);
        KeyedSnapshotHandle handle = bench.snapshot(subtask, kind);
        subtask.close();
        for (int most : new int[] {1, 2, 7, 100}) {
            try (Subtask<String> restored =
                    bench.opening(Serializers.STRING)
                            .from(handle)
                            .source(new ShortReads(bench.snapshots(), most, most))
                            .open()) {
                assertThat(new EveryKind(restored).content(KEYS))
                        .as("1 to %d bytes", most)
                        .isEqualTo(content);
            }
        }
    }

    @EachKind
    void streamsMayStandInTheirHandles(SnapshotKind kind) {
        assumeTaken(kind);
        bench.use(new MemorySnapshots(Integer.MAX_VALUE));
        Subtask<String> subtask = filled();
        Content content = new EveryKind(subtask).content(KEYS);

        Subtask<String> restored = restart(subtask, kind);

        assertThat(new EveryKind(restored).content(KEYS)).isEqualTo(content);
        assertThat(bench.snapshots().files()).isZero();
    }

    @EachKind
    void aSourceThatFailsAtAnyCallIsAFailureAndLeavesNothing(SnapshotKind kind) throws Exception {
        assumeTaken(kind);
        List<String> few = KEYS.subList(0, 6);
        Subtask<String> subtask = open();
        new EveryKind(subtask).fill(few, 1);
        Content content = new EveryKind(subtask).content(few);
        KeyedSnapshotHandle handle = bench.snapshot(subtask, kind);
        subtask.close();
        Fault counter = Fault.none();
        opening(handle, counter).tryOpen().close();
        long step = Math.max(1, counter.calls() / 60);
        for (long call = 1; call <= counter.calls(); call += step) {
            Fault fault = Fault.fromCall(call);
            try (Subtask<String> survivor = opening(handle, fault).tryOpen()) {
                assertThat(fault.wasInjected())
                        .as("open returned despite a failure at call %d: %s", call, survivor)
                        .isFalse();
            } catch (IOException | RuntimeException expected) {
                assertThat(expected).hasStackTraceContaining("planted fault");
            }
            assertThat(bench.snapshots().openStreams()).as("call %d", call).isEmpty();
            assertThat(bench.openShares()).as("call %d", call).isEmpty();
        }
        assertThat(new EveryKind(restore(handle)).content(few)).isEqualTo(content);
    }

    private StateBench.Opening<String> opening(KeyedSnapshotHandle handle, Fault fault) {
        return bench.opening(Serializers.STRING)
                .from(handle)
                .source(new FaultySnapshots(bench.snapshots(), fault));
    }
}
