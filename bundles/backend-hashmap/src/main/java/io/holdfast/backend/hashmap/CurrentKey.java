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
 * here at each switch would make the garbage collector look at this object again and again.
 *
 * @param <K> type of the keys
 */
final class CurrentKey<K> {
    private final String owner;
    private final KeyGroupRange range;
    private final int first;
    private final Bits<K> numbers;
    private int groups;
    private boolean chosen;
    private K object;
    private long bits;
    private int group;
    private int code;
    private int hash;
    private long turn;

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
        code = Long.hashCode(next);
        hash = Hashes.of(code);
        chosen = true;
        turn++;
    }

    private void setObject(K next, int keyGroup) {
        int index = keyGroup - first;
        if (index < 0 || index >= groups) {
            throw refused(next, keyGroup);
        }
        group = index;
        if (next != object) {
            code = next.hashCode();
            hash = Hashes.of(code);
            object = next;
        }
        chosen = true;
        turn++;
    }

    private RuntimeException refused(K next, int keyGroup) {
        return groups == 0
                ? Refusals.closed(owner)
                : Refusals.notOwned(owner, next, keyGroup, range);
    }

    /** Refuses every key from now on. */
    void close() {
        groups = 0;
        object = null;
        chosen = false;
        turn++;
    }

    /** Refuses the use of a state after the end. */
    void expectOpen() {
        if (groups == 0) {
            throw Refusals.closed(owner);
        }
    }

    /** Refuses the use of a state that cannot do without a key. */
    void expectChosen(String state) {
        if (!chosen) {
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
        return numbers != null && chosen ? numbers.value(bits) : object;
    }

    /** The key as an object, null if keys are kept as numbers. */
    K object() {
        return object;
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
        return code;
    }

    /** Hash of an entry that is told by the key alone. */
    int hash() {
        return hash;
    }

    /** Grows with every switch. */
    long turn() {
        return turn;
    }
}
