package io.holdfast.testkit.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.MapState;
import io.holdfast.api.state.MapStateDescriptor;
import io.holdfast.spi.state.VoidNamespace;
import io.holdfast.testkit.bench.Subtask;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A map per key, whose values may be null and whose iterators may change it. */
public abstract class MapStateContract extends StateContract {
    private static final MapStateDescriptor<Integer, Double> PRICES =
            new MapStateDescriptor<>("prices", Integer.class, Double.class);

    /** For subclasses. */
    protected MapStateContract() {}

    private static <U, V> Map<U, V> content(MapState<U, V> state) {
        Map<U, V> content = new LinkedHashMap<>();
        for (Map.Entry<U, V> entry : state.entries()) {
            assertThat(content).as("each map key once").doesNotContainKey(entry.getKey());
            content.put(entry.getKey(), entry.getValue());
        }
        return content;
    }

    @Test
    void anEmptyMapIsReadBeforeTheFirstPut() {
        Subtask<String> subtask = open();
        MapState<Integer, Double> prices = subtask.map(PRICES);

        subtask.use("Aa");

        assertThat(prices.get(1)).isNull();
        assertThat(prices.contains(1)).isFalse();
        assertThat(prices.isEmpty()).isTrue();
        assertThat(prices.entries()).isEmpty();
        assertThat(prices.keys()).isEmpty();
        assertThat(prices.values()).isEmpty();
        assertThat(prices.iterator().hasNext()).isFalse();
    }

    @Test
    void entriesAreStoredReplacedAndRemovedOneByOne() {
        Subtask<String> subtask = open();
        MapState<Integer, Double> prices = subtask.map(PRICES);
        subtask.use("Aa");
        prices.put(1, 1.5);
        prices.put(2, 2.5);
        prices.put(1, -0.0);

        assertThat(content(prices)).containsOnly(entry(1, -0.0), entry(2, 2.5));
        prices.remove(1);
        prices.remove(3);

        assertThat(prices.get(1)).isNull();
        assertThat(prices.contains(1)).isFalse();
        assertThat(content(prices)).containsOnly(entry(2, 2.5));
    }

    @Test
    void putAllStoresEveryEntry() {
        Subtask<String> subtask = open();
        MapState<Integer, Double> prices = subtask.map(PRICES);
        subtask.use("Aa");
        prices.put(1, 1.0);

        Map<Integer, Double> several = new HashMap<>(Map.of(1, 9.0, 2, 2.0));
        several.put(3, null);
        prices.putAll(several);
        prices.putAll(Map.of());

        assertThat(content(prices)).containsOnly(entry(1, 9.0), entry(2, 2.0), entry(3, null));
    }

    @Test
    void aNullValueIsAnEntry() {
        Subtask<String> subtask = open();
        MapState<Integer, Double> prices = subtask.map(PRICES);
        subtask.use("Aa");

        prices.put(1, null);

        assertThat(prices.get(1)).isNull();
        assertThat(prices.contains(1)).isTrue();
        assertThat(prices.isEmpty()).isFalse();
        assertThat(content(prices)).containsOnly(entry(1, null));
        assertThat(prices.keys()).containsExactly(1);
        assertThat(prices.values()).containsExactly((Double) null);
        assertThat(subtask.keys("prices", VoidNamespace.INSTANCE)).containsExactly("Aa");
        prices.put(1, 1.0);
        assertThat(prices.get(1)).isEqualTo(1.0);
    }

    @Test
    void aMapWithoutEntriesIsTheSameAsNone() {
        Subtask<String> subtask = open();
        MapState<Integer, Double> prices = subtask.map(PRICES);
        subtask.use("Aa");
        prices.put(1, 1.0);
        prices.put(2, null);

        prices.remove(1);
        assertThat(prices.isEmpty()).isFalse();
        prices.remove(2);

        assertThat(prices.isEmpty()).isTrue();
        assertThat(subtask.keys("prices", VoidNamespace.INSTANCE)).isEmpty();
    }

    @Test
    void clearRemovesTheMapOfTheCurrentKeyOnly() {
        Subtask<String> subtask = open();
        MapState<Integer, Double> prices = subtask.map(PRICES);
        subtask.use("BB");
        prices.put(1, 2.0);
        subtask.use("Aa");
        prices.put(1, 1.0);
        prices.put(2, null);

        prices.clear();
        prices.clear();

        assertThat(prices.isEmpty()).isTrue();
        assertThat(prices.contains(2)).isFalse();
        subtask.use("BB");
        assertThat(content(prices)).containsOnly(entry(1, 2.0));
    }

    @Test
    void iterationGivesEveryEntryOfALargeMapOnce() {
        Subtask<String> subtask = open();
        MapState<Integer, Double> prices = subtask.map(PRICES);
        Map<Integer, Double> expected = new HashMap<>();
        subtask.use("Aa");
        for (int i = -2_000; i < 2_000; i++) {
            prices.put(i, i % 7 == 0 ? null : i / 2.0);
            expected.put(i, i % 7 == 0 ? null : i / 2.0);
        }

        assertThat(content(prices)).isEqualTo(expected);
        assertThat(prices.keys()).containsExactlyInAnyOrderElementsOf(expected.keySet());
        assertThat(prices.values()).containsExactlyInAnyOrderElementsOf(expected.values());
        Iterator<Map.Entry<Integer, Double>> iterator = prices.iterator();
        int count = 0;
        for (; iterator.hasNext(); iterator.next()) {
            count++;
        }
        assertThat(count).isEqualTo(expected.size());
        assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void anIteratorSurvivesRemovingThroughItself() {
        Subtask<String> subtask = open();
        MapState<Integer, Double> prices = subtask.map(PRICES);
        Map<Integer, Double> expected = new HashMap<>();
        subtask.use("Aa");
        for (int i = 0; i < 1_000; i++) {
            prices.put(i, i / 2.0);
            if (i % 3 != 0) {
                expected.put(i, i / 2.0);
            }
        }

        int seen = 0;
        for (Iterator<Map.Entry<Integer, Double>> all = prices.iterator(); all.hasNext(); ) {
            seen++;
            if (all.next().getKey() % 3 == 0) {
                all.remove();
            }
        }

        assertThat(seen).isEqualTo(1_000);
        assertThat(content(prices)).isEqualTo(expected);
    }

    @Test
    void removingEverythingThroughAnyIteratorEmptiesTheMap() {
        Subtask<String> subtask = open();
        MapState<Integer, Double> prices = subtask.map(PRICES);
        subtask.use("Aa");
        Map<String, Supplier<Iterable<?>>> views =
                Map.of("entries", prices::entries, "keys", prices::keys, "values", prices::values);
        views.forEach(
                (name, view) -> {
                    prices.putAll(Map.of(1, 1.0, 2, 2.0, 3, 3.0));
                    for (Iterator<?> all = view.get().iterator(); all.hasNext(); ) {
                        all.next();
                        all.remove();
                    }
                    assertThat(prices.isEmpty()).as(name).isTrue();
                    assertThat(subtask.keys("prices", VoidNamespace.INSTANCE)).as(name).isEmpty();
                });
    }

    @Test
    void removeWithoutNextIsRefused() {
        Subtask<String> subtask = open();
        MapState<Integer, Double> prices = subtask.map(PRICES);
        subtask.use("Aa");
        prices.putAll(Map.of(1, 1.0, 2, 2.0));
        Iterator<Map.Entry<Integer, Double>> iterator = prices.iterator();

        assertThatThrownBy(iterator::remove).isInstanceOf(IllegalStateException.class);
        iterator.next();
        iterator.remove();
        assertThatThrownBy(iterator::remove).isInstanceOf(IllegalStateException.class);

        assertThat(content(prices)).hasSize(1);
    }

    @Test
    void entriesWriteThroughWhileIterating() {
        Subtask<String> subtask = open();
        MapState<Integer, Double> prices = subtask.map(PRICES);
        subtask.use("Aa");
        prices.putAll(Map.of(1, 1.0, 2, 2.0, 3, 3.0));

        for (Map.Entry<Integer, Double> entry : prices.entries()) {
            Double before = entry.getValue();
            Double after = entry.getKey() == 2 ? null : before + 10;
            assertThat(entry.setValue(after)).as("setValue gives the old value").isEqualTo(before);
            assertThat(entry.getValue()).as("the entry itself changes").isEqualTo(after);
        }

        assertThat(content(prices)).containsOnly(entry(1, 11.0), entry(2, null), entry(3, 13.0));
        assertThat(prices.get(1)).isEqualTo(11.0);
    }

    @Test
    void valuesChangedThroughAnEntryAreKeptAfterOtherEntriesAreRemoved() {
        Subtask<String> subtask = open();
        MapState<Integer, Double> prices = subtask.map(PRICES);
        subtask.use("Aa");
        prices.put(1, null);
        prices.putAll(Map.of(2, 2.0, 3, 3.0, 4, 4.0));

        for (Iterator<Map.Entry<Integer, Double>> all = prices.iterator(); all.hasNext(); ) {
            Map.Entry<Integer, Double> entry = all.next();
            if (entry.getKey() % 2 == 0) {
                all.remove();
            } else {
                entry.setValue(entry.getKey() * 100.0);
            }
        }

        assertThat(content(prices)).containsOnly(entry(1, 100.0), entry(3, 300.0));
    }

    @Test
    void mapKeysWithTheSameHashOrTheSameBeginningAreDifferentKeys() {
        Subtask<Long> subtask = bench.open(Serializers.LONG);
        MapState<String, Integer> words =
                subtask.map(new MapStateDescriptor<>("words", String.class, Integer.class));
        Map<String, Integer> expected = new HashMap<>();
        subtask.use(Long.MIN_VALUE);
        for (String word : new String[] {"Aa", "BB", "", "\0", "\0\0", "A", "Aaa", "\uffff"}) {
            expected.put(word, expected.size());
            words.put(word, expected.get(word));
        }

        assertThat(content(words)).isEqualTo(expected);
        words.remove("Aa");
        words.remove("");

        assertThat(words.get("BB")).isEqualTo(1);
        assertThat(words.get("Aaa")).isEqualTo(expected.get("Aaa"));
        assertThat(content(words)).hasSize(expected.size() - 2);
    }

    @Test
    void aNullMapKeyIsNotStoredAndNeverThere() {
        Subtask<String> subtask = open();
        MapState<Integer, Double> prices = subtask.map(PRICES);
        subtask.use("Aa");
        Map<Integer, Double> nullIsLast = new LinkedHashMap<>(Map.of(5, 5.0));
        nullIsLast.put(null, 2.0);
        assertThat(prices.get(null)).isNull();
        assertThat(prices.contains(null)).isFalse();
        prices.remove(null);
        expectNullRefused(() -> prices.put(null, 1.0));
        expectNullRefused(() -> prices.putAll(nullIsLast));
        assertThat(prices.isEmpty()).isTrue();
        prices.put(1, 1.0);

        expectNullRefused(() -> prices.put(null, 1.0));
        expectNullRefused(() -> prices.putAll(nullIsLast));

        assertThat(prices.get(null)).isNull();
        assertThat(prices.contains(null)).isFalse();
        prices.remove(null);
        assertThat(content(prices)).containsOnly(entry(1, 1.0));
        prices.putAll(Map.of(2, 2.0));
        assertThat(content(prices)).containsOnly(entry(1, 1.0), entry(2, 2.0));
    }

    /** What the iterator gives then is not said, but it ends, and the map is what was asked for. */
    @Test
    void changesBesideAnIteratorAreKept() {
        Subtask<String> subtask = open();
        MapState<Integer, Double> prices = subtask.map(PRICES);
        subtask.use("Aa");
        Map<Integer, Double> expected = new HashMap<>();
        for (int i = 0; i < 300; i++) {
            prices.put(i, 1.0);
            expected.put(i, 1.0);
        }
        int given = 0;

        try {
            for (Map.Entry<Integer, Double> entry : prices.entries()) {
                int key = entry.getKey();
                assertThat(key).isBetween(0, 999);
                if (given++ < 100) {
                    prices.put(300 + given, 2.0);
                    expected.put(300 + given, 2.0);
                    prices.remove((key + 7) % 300);
                    expected.remove((key + 7) % 300);
                }
                assertThat(given).isLessThanOrEqualTo(400);
            }
        } catch (ConcurrentModificationException refused) {
            assertThat(given).isPositive();
        }

        assertThat(content(prices)).isEqualTo(expected);
    }

    @Test
    void aValueReadAndChangedMayBeStoredAgain() {
        Subtask<String> subtask = open();
        MapState<Integer, List<Integer>> lists =
                subtask.map(
                        new MapStateDescriptor<>(
                                "lists",
                                Serializers.INTEGER,
                                Serializers.list(Serializers.INTEGER)));
        subtask.use("Aa");
        lists.put(1, new ArrayList<>(List.of(1)));
        lists.put(2, new ArrayList<>(List.of(1)));

        List<Integer> read = lists.get(1);
        read.add(2);
        lists.put(1, read);
        for (Map.Entry<Integer, List<Integer>> entry : lists.entries()) {
            List<Integer> value = entry.getValue();
            value.add(3);
            entry.setValue(value);
        }

        assertThat(lists.get(1)).containsExactly(1, 2, 3);
        assertThat(lists.get(2)).containsExactly(1, 3);
    }
}
