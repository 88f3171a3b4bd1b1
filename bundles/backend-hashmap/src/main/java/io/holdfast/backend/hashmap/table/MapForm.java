package io.holdfast.backend.hashmap.table;

import java.util.Optional;

/**
 * How the map of one entry of a map state is kept, and what can be done to it: a map is no object
 * with methods of its own, so that the arrays it consists of can be the content of the entry.
 *
 * <p>Null values are allowed. Entries are visited by slot: {@link #next} gives the first one, then
 * those that follow. What adds or removes an entry is counted as {@link #changes}; entries may
 * stand elsewhere then, but not after {@link #removeAt}.
 *
 * @param <U> type of the map keys
 * @param <V> type of the values
 * @param <C> what a map is kept as
 */
public abstract sealed class MapForm<U, V, C> permits NumberMaps, PageMaps {
    static final int NO_EPOCH = 0;

    MapForm() {}

    /**
     * The form that suits best.
     *
     * @param keys how keys are kept as numbers, if they are
     * @param values how values are kept as numbers, if they are
     */
    public static <U, V> MapForm<U, V, ?> of(Optional<Bits<U>> keys, Optional<Bits<V>> values) {
        return keys.isPresent() && values.isPresent()
                ? new NumberMaps<>(keys.get(), values.get())
                : new PageMaps<>(keys, values);
    }

    /** An empty map. */
    public abstract C empty();

    /** A map with the same keys and values, to be changed on its own. */
    public abstract C copy(C map);

    /** Number of entries. */
    public abstract int size(C map);

    /** Grows with each change after which a visit cannot go on. */
    public abstract int changes(C map);

    /** Slot of a key's entry, or -1. */
    public abstract int find(C map, U key);

    /** The slot of the entry that follows a slot, -1 for the first; -1 if there is none. */
    public abstract int next(C map, int slot);

    /** The key in a slot. */
    public abstract U key(C map, int slot);

    /** The value in a slot. */
    public abstract V value(C map, int slot);

    /** Replaces the value in a slot; entries keep their slots. */
    public abstract void setValue(C map, int slot, V value);

    /**
     * Puts a value under a key, which is not null.
     *
     * @return the map, or what has taken its place
     */
    public abstract C put(C map, U key, V value);

    /**
     * Takes the entry in a slot out.
     *
     * @return the map, or what has taken its place
     */
    public abstract C remove(C map, int slot);

    /** Takes the entry in a slot out; the others keep their slots. */
    public abstract void removeAt(C map, int slot);

    /** The bits of the key in a slot, 0 unless {@link #inNumbers()}. */
    public abstract long keyBits(C map, int slot);

    /** The bits of the value in a slot, 0 unless {@link #inNumbers()}; it must not be null. */
    public abstract long valueBits(C map, int slot);

    /** Tells whether the value in a slot is null. */
    public abstract boolean isNull(C map, int slot);

    /** Whether keys and values are numbers: bits stand for them. */
    public abstract boolean inNumbers();

    /** The key with these bits; only if {@link #inNumbers()}. */
    public abstract U keyOf(long bits);

    /** The value with these bits; only if {@link #inNumbers()}. */
    public abstract V valueOf(long bits);
}
