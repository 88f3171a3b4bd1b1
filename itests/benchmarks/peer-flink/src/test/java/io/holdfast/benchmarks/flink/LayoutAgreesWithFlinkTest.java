package io.holdfast.benchmarks.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.window.TimeWindow;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.state.VoidNamespace;
import io.holdfast.toolkit.io.BytesOutput;
import io.holdfast.toolkit.keys.CompositeKeys;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.base.BooleanSerializer;
import org.apache.flink.api.common.typeutils.base.DoubleSerializer;
import org.apache.flink.api.common.typeutils.base.IntSerializer;
import org.apache.flink.api.common.typeutils.base.ListSerializer;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.MapSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.SerializedCompositeKeyBuilder;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.junit.jupiter.api.Test;

/**
 * Key groups, their owners and the bytes of keys and values are Flink's own, so that state can move
 * to and from Flink.
 */
class LayoutAgreesWithFlinkTest {
    private final long seed = Long.getLong("test.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);

    @Test
    void keysBelongToTheKeyGroupsThatFlinkGivesThem() {
        for (int i = 0; i < 20_000; i++) {
            int maxParallelism = random.nextInt(1, KeyGroupRange.MAX_KEY_GROUPS + 1);
            Object key = i % 2 == 0 ? (Object) random.nextLong() : "key-" + random.nextInt();
            assertThat(KeyGroupRange.keyGroup(key, maxParallelism))
                    .as("seed %d key %s of %d", seed, key, maxParallelism)
                    .isEqualTo(KeyGroupRangeAssignment.assignToKeyGroup(key, maxParallelism));
        }
    }

    @Test
    void keyGroupsBelongToTheSubtasksThatFlinkGivesThem() {
        for (int i = 0; i < 20_000; i++) {
            int maxParallelism = random.nextInt(1, KeyGroupRange.MAX_KEY_GROUPS + 1);
            int parallelism = random.nextInt(1, maxParallelism + 1);
            int keyGroup = random.nextInt(maxParallelism);
            int subtask =
                    KeyGroupRangeAssignment.computeOperatorIndexForKeyGroup(
                            maxParallelism, parallelism, keyGroup);
            assertThat(KeyGroupRange.owner(keyGroup, maxParallelism, parallelism))
                    .as("seed %d group %d of %d by %d", seed, keyGroup, maxParallelism, parallelism)
                    .isEqualTo(subtask);
            var range =
                    KeyGroupRangeAssignment.computeKeyGroupRangeForOperatorIndex(
                            maxParallelism, parallelism, subtask);
            assertThat(KeyGroupRange.of(maxParallelism, parallelism, subtask))
                    .isEqualTo(new KeyGroupRange(range.getStartKeyGroup(), range.getEndKeyGroup()));
        }
    }

    @Test
    void valuesAreWrittenAsFlinkWritesThem() throws IOException {
        same(Serializers.LONG, LongSerializer.INSTANCE, Long.MIN_VALUE);
        same(Serializers.INTEGER, IntSerializer.INSTANCE, -7);
        same(Serializers.DOUBLE, DoubleSerializer.INSTANCE, Math.PI);
        same(Serializers.BOOLEAN, BooleanSerializer.INSTANCE, true);
        for (String text :
                List.of(
                        "",
                        "plain",
                        "caf\u00e9",
                        "\u0000\u007f\u0080\uffff",
                        "\ud83d\ude00",
                        text(20_000))) {
            same(Serializers.STRING, StringSerializer.INSTANCE, text);
        }
        same(
                Serializers.list(Serializers.STRING),
                new ListSerializer<>(StringSerializer.INSTANCE),
                List.of("a", "", "b"));
        same(
                Serializers.map(Serializers.STRING, Serializers.LONG),
                new MapSerializer<>(StringSerializer.INSTANCE, LongSerializer.INSTANCE),
                Map.of("one", 1L));
        same(
                TimeWindow.SERIALIZER,
                new org.apache.flink.streaming.api.windowing.windows.TimeWindow.Serializer(),
                new TimeWindow(-5, 10),
                new org.apache.flink.streaming.api.windowing.windows.TimeWindow(-5, 10));
    }

    private String text(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) random.nextInt(i % 3 == 0 ? 0x10000 : 0x80));
        }
        return text.toString();
    }

    private static <T> void same(Serializer<T> ours, TypeSerializer<T> flinks, T value)
            throws IOException {
        same(ours, flinks, value, value);
    }

    private static <T, F> void same(
            Serializer<T> ours, TypeSerializer<F> flinks, T value, F flinkValue)
            throws IOException {
        BytesOutput out = new BytesOutput(16);
        ours.write(value, out);
        DataOutputSerializer flinkOut = new DataOutputSerializer(16);
        flinks.serialize(flinkValue, flinkOut);
        assertThat(out.toByteArray()).isEqualTo(flinkOut.getCopyOfBuffer());
    }

    @Test
    void compositeKeysAreWrittenAsFlinkWritesThem() throws IOException {
        for (int i = 0; i < 5_000; i++) {
            int maxParallelism = i % 2 == 0 ? 128 : 300;
            int groupLength = CompositeKeys.groupLength(maxParallelism);
            int keyGroup = random.nextInt(maxParallelism);
            String key = text(random.nextInt(i % 10 == 0 ? 400 : 8));
            String namespace = text(random.nextInt(i % 7 == 0 ? 400 : 8));
            long mapKey = random.nextLong();

            CompositeKeys<String> ours = new CompositeKeys<>(Serializers.STRING, maxParallelism);
            ours.begin(keyGroup, key);
            var flinks =
                    new SerializedCompositeKeyBuilder<>(StringSerializer.INSTANCE, groupLength, 32);
            flinks.setKeyAndKeyGroup(key, keyGroup);

            ours.namespace(namespace, Serializers.STRING);
            ours.mapKey(mapKey, Serializers.LONG);
            assertThat(ours.toByteArray())
                    .as("seed %d", seed)
                    .isEqualTo(
                            flinks.buildCompositeKeyNamesSpaceUserKey(
                                    namespace,
                                    StringSerializer.INSTANCE,
                                    mapKey,
                                    LongSerializer.INSTANCE));

            ours.namespace(VoidNamespace.INSTANCE, VoidNamespace.SERIALIZER);
            assertThat(ours.toByteArray())
                    .isEqualTo(
                            flinks.buildCompositeKeyNamespace(
                                    org.apache.flink.runtime.state.VoidNamespace.INSTANCE,
                                    VoidNamespaceSerializer.INSTANCE));
        }
    }
}
