package io.holdfast.benchmarks.state;

/** A number for each key. */
public interface ValueStore extends Store {

    /** Reads the value of {@code key}, or 0 if there is none. */
    long get(long key) throws Exception;

    /** Writes the value of {@code key}, whether there was one or not. */
    void update(long key, long value) throws Exception;

    /**
     * Reads the value of {@code key}, adds {@code delta} and writes the sum, as a job does that
     * counts.
     *
     * @return the sum; an absent value counts as 0
     */
    long add(long key, long delta) throws Exception;

    /** Removes the value of {@code key}, which is present. */
    void remove(long key) throws Exception;

    /** The same, but that each value lives for an hour after it was written. */
    interface Mortal extends ValueStore {}
}
