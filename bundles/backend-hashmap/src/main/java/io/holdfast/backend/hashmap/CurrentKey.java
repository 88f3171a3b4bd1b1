package io.holdfast.backend.hashmap;

import io.holdfast.backend.hashmap.table.Bits;
import io.holdfast.backend.hashmap.table.Hashes;
import io.holdfast.spi.snapshot.KeyGroupRange;
import java.util.Optional;

/**
 * The key that all states of a backend mean, with what is computed once per switch: its group's
 * index and its hash. States compare {@link #turn()} to tell whether what they found is still what
 * is meant.
 *
 * <p>A key that is a number is kept as such. That spares an object, and more: storing a reference
 * in an object that is old makes the garbage collector look at that object, and the processor wait
 * for all it has begun. Where keys are objects, the reference is stored in an object that is made
 * anew now and then, and so is young, for which the collector needs to do nothing.
 *
 * @param <K> type of the keys
 */
final class CurrentKey<K> {
    /** What {@link #turn()} says if there is no key. */
    static final long NONE = 0;

    /** A power of two, well below the number of switches between two collections. */
    private static final int RENEWED_EVERY = 1 << 10;

    private final String owner;
    private final KeyGroupRange range;
    private final int first;
    private final Bits<K> numbers;
    private int groups;
    private Held<K> held = new Held<>();
    private long bits;
    private int group;
    private int code;
    private int hash;
    private long turn;

    /** What a reference to the key is stored in. */
    private static final class Held<K> {
        private K object;
    }

    CurrentKey(String owner, KeyGroupRange range, Optional<Bits<K>> numbers) {
        this.owner = owner;
        this.range = range;
        this.first = range.first();
        this.numbers = numbers.orElse(null);
        this.groups = range.size();
    }

    void set(K next, int keyGroup) {
        if (numbers != null) {
            // Nothing else may see the object: then the compiler need not make it.
            setNumber(numbers.of(next), keyGroup);
        } else {
            setObject(next, keyGroup);
        }
    }

    private void setNumber(long next, int keyGroup) {
        int index = keyGroup - first;
        if (index < 0 || index >= groups) {
            throw refused(numbers.value(next), keyGroup);
        }
        group = index;
        bits = next;
        hash = Hashes.of(Long.hashCode(next));
        turn++;
    }

    private void setObject(K next, int keyGroup) {
        int index = keyGroup - first;
        if (index < 0 || index >= groups) {
            throw refused(next, keyGroup);
        }
        group = index;
        turn++;
        if (next != held.object) {
            code = next.hashCode();
            hash = Hashes.of(code);
            if ((turn & RENEWED_EVERY - 1) == 0) {
                held = new Held<>();
            }
            held.object = next;
        }
    }

    private RuntimeException refused(K next, int keyGroup) {
        return groups == 0
                ? Refusals.closed(owner)
                : Refusals.notOwned(owner, next, keyGroup, range);
    }

    /** Refuses every key from now on. */
    void close() {
        groups = 0;
        held = new Held<>();
        turn = NONE;
    }

    /** Refuses the use of a state after the end. */
    void expectOpen() {
        if (groups == 0) {
            throw Refusals.closed(owner);
        }
    }

    /** Refuses the use of a state that cannot do without a key. */
    void expectChosen(String state) {
        if (turn == NONE) {
            expectOpen();
            throw Refusals.nothingChosen(owner, state, "key");
        }
    }

    String owner() {
        return owner;
    }

    KeyGroupRange range() {
        return range;
    }

    /** How keys are kept as numbers, if they are. */
    Optional<Bits<K>> numbers() {
        return Optional.ofNullable(numbers);
    }

    /** The key, or null before the first. */
    K key() {
        return numbers != null && turn != NONE ? numbers.value(bits) : held.object;
    }

    /** The key as an object, null if keys are kept as numbers. */
    K object() {
        return held.object;
    }

    /** The key as a number, if keys are kept as numbers. */
    long bits() {
        return bits;
    }

    /** Index of the key's group among those owned. */
    int group() {
        return group;
    }

    /** The key's own hash code. */
    int code() {
        return numbers != null ? Long.hashCode(bits) : code;
    }

    /** Hash of an entry that is told by the key alone. */
    int hash() {
        return hash;
    }

    /** Grows with every switch; {@link #NONE} before the first and after the end. */
    long turn() {
        return turn;
    }
}
