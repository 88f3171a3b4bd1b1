package io.holdfast.testkit.model;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.window.TimeWindow;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.state.VoidNamespace;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The keys and namespaces of a run.
 *
 * @param name says what they are
 * @param key serializer of the keys
 * @param keys the keys; some have equal hash codes
 * @param namespace serializer of the namespaces
 * @param namespaces the namespaces
 * @param <K> type of the keys
 * @param <N> type of the namespaces
 */
record Domain<K, N>(
        String name, Serializer<K> key, List<K> keys, Serializer<N> namespace, List<N> namespaces) {

    /** A namespace whose bytes vary in length. */
    record Room(String house, byte number) {}

    /** Number of keys of each domain. */
    static final int KEYS = 12;

    private static final List<String> TEXTS =
            withHighGroups(
                    List.of("Aa", "BB", "", "\0", "AaBB", "BBAa", "\u00e9", "k".repeat(300)),
                    number -> "text " + number);

    private static final Domain<String, Room> TEXT_AND_ROOMS =
            new Domain<>(
                    "text keys in rooms",
                    Serializers.STRING,
                    TEXTS,
                    Serializers.forClass(Room.class),
                    List.of(
                            new Room("", (byte) 0),
                            new Room("Aa", (byte) -1),
                            new Room("h".repeat(260), (byte) 7)));

    private static final Domain<Long, TimeWindow> NUMBERS_AND_WINDOWS =
            new Domain<>(
                    "number keys in windows",
                    Serializers.LONG,
                    withHighGroups(
                            List.of(
                                    0L,
                                    -1L,
                                    1L << 32,
                                    1L,
                                    Long.MIN_VALUE,
                                    Long.MAX_VALUE,
                                    255L,
                                    256L),
                            number -> 1_000L + number),
                    TimeWindow.SERIALIZER,
                    List.of(
                            new TimeWindow(0, 31),
                            new TimeWindow(1, 0),
                            new TimeWindow(Long.MIN_VALUE, Long.MAX_VALUE)));

    private static final Domain<String, VoidNamespace> TEXT_ALONE =
            new Domain<>(
                    "text keys without namespaces",
                    Serializers.STRING,
                    TEXTS,
                    VoidNamespace.SERIALIZER,
                    List.of(VoidNamespace.INSTANCE));

    static final List<Domain<?, ?>> ALL = List.of(TEXT_AND_ROOMS, NUMBERS_AND_WINDOWS, TEXT_ALONE);

    /**
     * Adds keys of key groups above the largest one of a byte, signed and unsigned, for the max
     * parallelisms in which there are few such groups.
     */
    private static <T> List<T> withHighGroups(List<T> keys, IntFunction<T> maker) {
        List<T> all = new ArrayList<>(keys);
        for (int[] wanted : new int[][] {{129, 128}, {257, 256}, {300, 256}, {300, 299}}) {
            all.add(
                    IntStream.iterate(0, number -> number + 1)
                            .mapToObj(maker)
                            .filter(
                                    key ->
                                            KeyGroupRange.keyGroup(key, wanted[0]) == wanted[1]
                                                    && !all.contains(key))
                            .findFirst()
                            .orElseThrow());
        }
        return List.copyOf(all);
    }

    K key(int number) {
        return keys.get(Math.floorMod(number, keys.size()));
    }

    int namespaceNumber(int number) {
        return Math.floorMod(number, namespaces.size());
    }
}
