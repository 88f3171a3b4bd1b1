package io.holdfast.backend.hashmap.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.Serializers;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The map of one entry against a {@link HashMap}. */
class MapFormTest {

    static Stream<Arguments> types() {
        IntFunction<Long> toLong = number -> number * 0x9E3779B97F4A7C15L;
        IntFunction<String> toText = number -> "text " + number;
        IntFunction<Double> toDouble = number -> number / 3.0;
        return Stream.of(
                Arguments.of(Serializers.LONG, toLong, Serializers.DOUBLE, toDouble),
                Arguments.of(Serializers.LONG, toLong, Serializers.STRING, toText),
                Arguments.of(Serializers.STRING, toText, Serializers.LONG, toLong),
                Arguments.of(Serializers.STRING, toText, Serializers.STRING, toText));
    }

    private static <U, V, C> Map<U, V> content(MapForm<U, V, C> form, C map) {
        Map<U, V> content = new HashMap<>();
        for (int slot = form.next(map, -1); slot >= 0; slot = form.next(map, slot)) {
            assertThat(content).doesNotContainKey(form.key(map, slot));
            content.put(form.key(map, slot), form.value(map, slot));
            assertThat(form.isNull(map, slot)).isEqualTo(form.value(map, slot) == null);
            if (form.inNumbers() && !form.isNull(map, slot)) {
                assertThat(form.keyOf(form.keyBits(map, slot))).isEqualTo(form.key(map, slot));
                assertThat(form.valueOf(form.valueBits(map, slot)))
                        .isEqualTo(form.value(map, slot));
            }
        }
        return content;
    }

    @ParameterizedTest
    @MethodSource("types")
    <U, V> void randomStepsGiveTheSameAsAHashMap(
            Serializer<U> keys,
            IntFunction<U> toKey,
            Serializer<V> values,
            IntFunction<V> toValue) {
        long seed = Long.getLong("test.seed", System.nanoTime());
        System.out.println("-Dtest.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        randomSteps(MapForm.of(Bits.ofKeys(keys), Bits.of(values)), toKey, toValue, seed, random);
    }

    private static <U, V, C> void randomSteps(
            MapForm<U, V, C> form,
            IntFunction<U> toKey,
            IntFunction<V> toValue,
            long seed,
            SplittableRandom random) {
        for (int round = 0; round < 30; round++) {
            C map = form.empty();
            Map<U, V> model = new HashMap<>();
            int bound = 1 << random.nextInt(12);
            boolean nulls = random.nextInt(3) == 0;
            for (int step = 0; step < 4_000; step++) {
                U key = toKey.apply(random.nextInt(bound));
                int what = random.nextInt(20);
                int changes = form.changes(map);
                C before = map;
                if (what < 8 + round % 6) {
                    V value = nulls && what == 0 ? null : toValue.apply(random.nextInt());
                    map = form.put(map, key, value);
                    boolean isNew = !model.containsKey(key);
                    model.put(key, value);
                    assertThat(form.changes(map) > changes).isEqualTo(isNew);
                    assertThat(form.changes(before) > changes).isEqualTo(isNew);
                } else if (what < 18) {
                    int slot = form.find(map, key);
                    map = slot < 0 ? map : form.remove(map, slot);
                    model.remove(key);
                } else if (what == 18) {
                    map = form.copy(map);
                    form.put(before, key, null);
                } else if (step % 50 == 0) {
                    for (int slot = form.next(map, -1); slot >= 0; slot = form.next(map, slot)) {
                        if (random.nextBoolean()) {
                            model.remove(form.key(map, slot));
                            form.removeAt(map, slot);
                        }
                    }
                }
                int slot = form.find(map, key);
                assertThat(slot >= 0).as("seed %d", seed).isEqualTo(model.containsKey(key));
                assertThat(slot < 0 ? null : form.value(map, slot)).isEqualTo(model.get(key));
                assertThat(form.size(map)).isEqualTo(model.size());
            }
            assertThat(content(form, map)).as("seed %d", seed).isEqualTo(model);
        }
    }
}
