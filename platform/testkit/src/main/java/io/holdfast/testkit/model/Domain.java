package io.holdfast.testkit.model;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.window.TimeWindow;
import io.holdfast.spi.state.VoidNamespace;
import java.util.List;

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

    private static final List<String> TEXTS =
            List.of("Aa", "BB", "", "\0", "AaBB", "BBAa", "\u00e9", "k".repeat(300));

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
                    List.of(0L, -1L, 1L << 32, 1L, Long.MIN_VALUE, Long.MAX_VALUE, 255L, 256L),
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

    K key(int number) {
        return keys.get(Math.floorMod(number, keys.size()));
    }

    int namespaceNumber(int number) {
        return Math.floorMod(number, namespaces.size());
    }
}
