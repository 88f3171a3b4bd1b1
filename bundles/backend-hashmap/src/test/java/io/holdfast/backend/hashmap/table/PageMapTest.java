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
class PageMapTest {

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

    private static <U, V> Map<U, V> content(PageMap<U, V> map) {
        Map<U, V> content = new HashMap<>();
        for (int slot = map.next(-1); slot >= 0; slot = map.next(slot)) {
            assertThat(content).doesNotContainKey(map.key(slot));
            content.put(map.key(slot), map.value(slot));
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
        PageMap.Kind<U, V> kind = new PageMap.Kind<>(Bits.ofKeys(keys), Bits.of(values));
        for (int round = 0; round < 30; round++) {
            PageMap<U, V> map = new PageMap<>(kind);
            Map<U, V> model = new HashMap<>();
            int bound = 1 << random.nextInt(12);
            boolean nulls = random.nextInt(3) == 0;
            for (int step = 0; step < 4_000; step++) {
                U key = toKey.apply(random.nextInt(bound));
                int what = random.nextInt(20);
                if (what < 8 + round % 6) {
                    V value = nulls && what == 0 ? null : toValue.apply(random.nextInt());
                    map.put(key, value);
                    model.put(key, value);
                } else if (what < 18) {
                    map.remove(key);
                    model.remove(key);
                } else if (what == 18) {
                    PageMap<U, V> before = map;
                    map = map.copy();
                    before.put(key, null);
                } else if (step % 50 == 0) {
                    for (int slot = map.next(-1); slot >= 0; slot = map.next(slot)) {
                        if (random.nextBoolean()) {
                            model.remove(map.key(slot));
                            map.removeAt(slot);
                        }
                    }
                }
                int slot = map.find(key);
                assertThat(slot >= 0).as("seed %d", seed).isEqualTo(model.containsKey(key));
                assertThat(slot < 0 ? null : map.value(slot)).isEqualTo(model.get(key));
                assertThat(map.size()).isEqualTo(model.size());
            }
            assertThat(content(map)).as("seed %d", seed).isEqualTo(model);
        }
    }
}
