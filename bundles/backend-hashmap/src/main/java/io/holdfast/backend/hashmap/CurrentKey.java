package io.holdfast.backend.hashmap;

import io.holdfast.spi.snapshot.KeyGroupRange;

/**
 * The key that all states of a backend mean, with what is computed once per switch: its group's
 * index and its hash. States compare {@link #turn()} to tell whether what they found is still what
 * is meant.
 *
 * @param <K> type of the keys
 */
final class CurrentKey<K> {
    private final String owner;
    private final KeyGroupRange range;
    private final int first;
    private int groups;
    private K key;
    private int group;
    private int code;
    private int hash;
    private long turn;

    CurrentKey(String owner, KeyGroupRange range) {
        this.owner = owner;
        this.range = range;
        this.first = range.first();
        this.groups = range.size();
    }

    void set(K next, int keyGroup) {
        int index = keyGroup - first;
        if (index < 0 || index >= groups) {
            throw groups == 0
                    ? Refusals.closed(owner)
                    : Refusals.notOwned(owner, next, keyGroup, range);
        }
        group = index;
        if (next != key) {
            code = next.hashCode();
            hash = Hashes.of(code);
            key = next;
        }
        turn++;
    }

    /** Refuses every key from now on. */
    void close() {
        groups = 0;
        key = null;
        turn++;
    }

    /** Refuses the use of a state after the end. */
    void expectOpen() {
        if (groups == 0) {
            throw Refusals.closed(owner);
        }
    }

    /** The key, for a state that cannot do without. */
    K require(String state) {
        if (key == null) {
            expectOpen();
            throw Refusals.nothingChosen(owner, state, "key");
        }
        return key;
    }

    String owner() {
        return owner;
    }

    KeyGroupRange range() {
        return range;
    }

    /** The key, or null before the first. */
    K key() {
        return key;
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
