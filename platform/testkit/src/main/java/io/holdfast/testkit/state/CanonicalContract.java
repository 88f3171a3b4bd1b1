package io.holdfast.testkit.state;

import static io.holdfast.testkit.state.Content.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.AggregatingState;
import io.holdfast.api.state.ListState;
import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.api.state.MapState;
import io.holdfast.api.state.MapStateDescriptor;
import io.holdfast.api.state.ReducingState;
import io.holdfast.api.state.ReducingStateDescriptor;
import io.holdfast.api.state.ValueState;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.api.window.TimeWindow;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.state.Namespaced;
import io.holdfast.spi.state.TimerQueue;
import io.holdfast.spi.state.VoidNamespace;
import io.holdfast.testkit.bench.Subtask;
import io.holdfast.toolkit.canonical.CanonicalFormat;
import io.holdfast.toolkit.canonical.CanonicalReader;
import io.holdfast.toolkit.canonical.StateSchema;
import io.holdfast.toolkit.io.BytesOutput;
import io.holdfast.toolkit.keys.CompositeKeys;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A canonical snapshot stands as its specification says, byte for byte: that is what lets state
 * move between backends, and to and from Flink.
 */
public abstract class CanonicalContract extends StateContract {
    private static final String KEY = "Aa";

    /** For subclasses. */
    protected CanonicalContract() {}

    /**
     * Whether the backend under test was asked to compress its snapshots.
     *
     * @return false, unless overridden
     */
    protected boolean isCompressed() {
        return false;
    }

    /** The one state of a snapshot: what it is, and its entries in hexadecimal digits. */
    private record Written(StateSchema schema, Map<String, String> entries) {}

    private Written written(Subtask<String> subtask) throws IOException {
        KeyedSnapshotHandle handle = bench.snapshot(subtask, SnapshotKind.CANONICAL);
        Map<String, String> entries = new TreeMap<>();
        HexFormat hex = HexFormat.of();
        try (CanonicalReader reader = CanonicalReader.open(handle, bench.snapshots())) {
            assertThat(reader.key()).isEqualTo(Serializers.STRING.snapshot());
            assertThat(reader.schemas()).hasSize(1);
            reader.read(
                    subtask.keyGroups(),
                    (state, group, key, keyOffset, keyLength, value, offset, length) ->
                            entries.put(
                                    hex.formatHex(key, keyOffset, keyOffset + keyLength),
                                    hex.formatHex(value, offset, offset + length)));
            return new Written(reader.schemas().get(0), entries);
        }
    }

    /** Hexadecimal digits of what serializers write one behind the other. */
    private static final class Hex {
        private final BytesOutput out = new BytesOutput(64);

        <T> Hex with(T value, Serializer<T> serializer) throws IOException {
            serializer.write(value, out);
            return this;
        }

        Hex with(int oneByte) {
            out.writeByte(oneByte);
            return this;
        }

        @Override
        public String toString() {
            return HexFormat.of().formatHex(out.toByteArray());
        }
    }

    private static <N> CompositeKeys<String> key(
            int maxParallelism, N namespace, Serializer<N> serializer) {
        CompositeKeys<String> keys = new CompositeKeys<>(Serializers.STRING, maxParallelism);
        keys.begin(KeyGroupRange.keyGroup(KEY, maxParallelism), KEY);
        keys.namespace(namespace, serializer);
        return keys;
    }

    private static <N> String keyHex(N namespace, Serializer<N> serializer) {
        return HexFormat.of().formatHex(key(128, namespace, serializer).toByteArray());
    }

    private static String voidKey() {
        return keyHex(VoidNamespace.INSTANCE, VoidNamespace.SERIALIZER);
    }

    @Test
    void itSaysThatItIsCanonical() {
        Subtask<String> subtask = open();
        new EveryKind(subtask).fill(List.of(KEY), 1);

        KeyedSnapshotHandle handle = bench.snapshot(subtask, SnapshotKind.CANONICAL);

        assertThat(handle).isInstanceOf(KeyedSnapshotHandle.ByKeyGroup.class);
        assertThat(handle.format())
                .isEqualTo(isCompressed() ? CanonicalFormat.PACKED_NAME : CanonicalFormat.NAME);
        assertThat(handle.keyGroups()).isEqualTo(subtask.keyGroups());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void eitherFormIsRestored(boolean packed) throws IOException {
        List<String> keys = EveryKind.keys(60);
        Subtask<String> before = open();
        new EveryKind(before).fill(keys, 1);
        KeyedSnapshotHandle handle = bench.snapshot(before, SnapshotKind.CANONICAL);

        KeyedSnapshotHandle rewritten =
                CanonicalContent.rewritten(bench.snapshots(), handle, packed);
        Subtask<String> after = restore(rewritten);

        assertThat(CanonicalContent.of(bench.snapshots(), List.of(rewritten)))
                .isEqualTo(CanonicalContent.of(bench.snapshots(), List.of(handle)));
        assertThat(new EveryKind(after).content(keys))
                .isEqualTo(new EveryKind(before).content(keys))
                .isNotEmpty();
    }

    @Test
    void aValueIsItsBytes() throws IOException {
        Subtask<String> subtask = open();
        ValueState<Long> value = subtask.value(new ValueStateDescriptor<>("value", Long.class));
        subtask.use(KEY);
        value.update(258L);

        Written written = written(subtask);

        assertThat(written.schema)
                .isEqualTo(
                        new StateSchema(
                                "value",
                                StateSchema.Kind.VALUE,
                                VoidNamespace.SERIALIZER.snapshot(),
                                Optional.of(Serializers.LONG.snapshot()),
                                Optional.empty()));
        assertThat(written.entries).isEqualTo(Map.of(voidKey(), "0000000000000102"));
    }

    @Test
    void aListIsItsElementsWithCommasBetweenThem() throws IOException {
        Subtask<String> subtask = open();
        ListState<Short> list = subtask.list(new ListStateDescriptor<>("list", Short.class));
        subtask.use(KEY);
        list.add((short) 1);
        list.addAll(List.of((short) 0x2C2C, (short) -1));
        subtask.use("BB");
        list.add((short) 1);
        list.clear();

        Written written = written(subtask);

        assertThat(written.schema.kind()).isEqualTo(StateSchema.Kind.LIST);
        assertThat(written.schema.value()).contains(Serializers.SHORT.snapshot());
        assertThat(written.entries).isEqualTo(Map.of(voidKey(), "00012c2c2c2cffff"));
    }

    @Test
    void aMapIsAnEntryForEachMapKeyWithAFlagForNull() throws IOException {
        Subtask<String> subtask = open();
        MapState<Integer, Short> map =
                subtask.map(new MapStateDescriptor<>("map", Integer.class, Short.class));
        subtask.use(KEY);
        map.put(1, (short) 2);
        map.put(-1, null);

        Written written = written(subtask);

        assertThat(written.schema)
                .isEqualTo(
                        new StateSchema(
                                "map",
                                StateSchema.Kind.MAP,
                                VoidNamespace.SERIALIZER.snapshot(),
                                Optional.of(Serializers.SHORT.snapshot()),
                                Optional.of(Serializers.INTEGER.snapshot())));
        assertThat(written.entries.get(voidKey() + "00000001")).isEqualTo("000002");
        assertThat(written.entries.get(voidKey() + "ffffffff"))
                .as("null: the flag, perhaps with bytes behind it that nobody reads")
                .startsWith("01");
        assertThat(written.entries).hasSize(2);
    }

    @Test
    void aReducingStateIsItsValue() throws IOException {
        Subtask<String> subtask = open();
        ReducingState<Integer> sum =
                subtask.reducing(new ReducingStateDescriptor<>("sum", Integer::sum, Integer.class));
        subtask.use(KEY);
        sum.add(1);
        sum.add(2);

        Written written = written(subtask);

        assertThat(written.schema.kind()).isEqualTo(StateSchema.Kind.REDUCING);
        assertThat(written.entries).isEqualTo(Map.of(voidKey(), "00000003"));
    }

    @Test
    void anAggregatingStateIsItsAccumulator() throws IOException {
        Subtask<String> subtask = open();
        AggregatingState<Character, String> word =
                subtask.aggregating(AggregatingStateContract.WORD);
        subtask.use(KEY);
        word.add('a');
        word.add('b');

        Written written = written(subtask);

        assertThat(written.schema.kind()).isEqualTo(StateSchema.Kind.AGGREGATING);
        assertThat(written.schema.value())
                .contains(Serializers.list(Serializers.CHARACTER).snapshot());
        assertThat(written.entries).isEqualTo(Map.of(voidKey(), "0000000200610062"));
    }

    @Test
    void aTimerIsAKeyThatSortsByTime() throws IOException {
        Subtask<String> subtask = open();
        TimerQueue<String, TimeWindow> timers =
                subtask.backend().timers("timers", TimeWindow.SERIALIZER);
        TimeWindow window = new TimeWindow(1_000, 43_500);
        subtask.use(KEY);
        timers.add(43_499, window);
        timers.add(-1, window);

        Written written = written(subtask);

        assertThat(written.schema)
                .isEqualTo(
                        new StateSchema(
                                "timers",
                                StateSchema.Kind.TIMERS,
                                TimeWindow.SERIALIZER.snapshot(),
                                Optional.empty(),
                                Optional.empty()));
        String behindTime =
                new Hex()
                        .with(KEY, Serializers.STRING)
                        .with(window, TimeWindow.SERIALIZER)
                        .toString();
        String group = new Hex().with(KeyGroupRange.keyGroup(KEY, 128)).toString();
        assertThat(written.entries)
                .isEqualTo(
                        Map.of(
                                group + "800000000000a9eb" + behindTime,
                                "",
                                group + "7fffffffffffffff" + behindTime,
                                ""));
    }

    @Test
    void keyAndNamespaceStandInFlinksLayout() throws IOException {
        Subtask<String> subtask = open();
        Namespaced.Value<Area, Long> value =
                subtask.backend()
                        .value(new ValueStateDescriptor<>("value", Long.class), Area.SERIALIZER);
        Area far = new Area("x".repeat(290), 1);
        subtask.use(KEY);
        for (Area area : List.of(Area.ULM, Area.NOWHERE, far)) {
            value.setCurrentNamespace(area);
            value.update(1L);
        }

        Written written = written(subtask);

        assertThat(written.schema.namespace()).isEqualTo(Area.SERIALIZER.snapshot());
        assertThat(written.entries)
                .containsOnlyKeys(
                        keyHex(Area.ULM, Area.SERIALIZER),
                        keyHex(Area.NOWHERE, Area.SERIALIZER),
                        keyHex(far, Area.SERIALIZER));
    }

    @Test
    void keyGroupsTakeTwoBytesAboveAMaxParallelismOf128() throws IOException {
        Subtask<String> subtask = bench.opening(Serializers.STRING).maxParallelism(300).open();
        ValueState<Long> value = subtask.value(new ValueStateDescriptor<>("value", Long.class));
        subtask.use(KEY);
        value.update(1L);

        Written written = written(subtask);

        byte[] expected = key(300, VoidNamespace.INSTANCE, VoidNamespace.SERIALIZER).toByteArray();
        assertThat(written.entries).containsOnlyKeys(HexFormat.of().formatHex(expected));
    }

    @Test
    void whatIsEmptyHasNoEntry() throws IOException {
        Subtask<String> subtask = open();
        MapState<Integer, Short> map =
                subtask.map(new MapStateDescriptor<>("map", Integer.class, Short.class));
        subtask.use(KEY);
        map.put(1, null);
        map.remove(1);

        assertThat(written(subtask).entries).isEmpty();
    }
}
