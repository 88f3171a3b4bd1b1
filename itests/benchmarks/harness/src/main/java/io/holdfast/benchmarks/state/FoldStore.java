package io.holdfast.benchmarks.state;

/** Numbers added under each key, of which only something derived is kept. */
public interface FoldStore extends Store {

    /** Adds a number under {@code key}. */
    void add(long key, long value) throws Exception;

    /** What is derived from the numbers added under {@code key}; 0 if there are none. */
    long get(long key) throws Exception;

    /** Keeps the sum of the numbers as a number, and gives that. */
    interface Reducing extends FoldStore {}

    /**
     * Keeps the sum of the numbers and their count in an accumulator that is changed in place, a
     * {@code long[2]}, and gives the sum of both.
     */
    interface Aggregating extends FoldStore {}
}
