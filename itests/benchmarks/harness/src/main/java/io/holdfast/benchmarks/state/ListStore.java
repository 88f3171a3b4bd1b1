package io.holdfast.benchmarks.state;

import java.util.List;

/** A list of numbers for each key. */
public interface ListStore extends Store {

    /** Adds an element at the end of the list of {@code key}. */
    void add(long key, long element) throws Exception;

    /**
     * Adds elements at the end of the list of {@code key}.
     *
     * @param elements boxed already, since every interface takes them like this; never changed, and
     *     not to be kept
     */
    void addAll(long key, List<Long> elements) throws Exception;

    /** Reads the list of {@code key}: adds up its elements. */
    long sum(long key) throws Exception;

    /**
     * Replaces the list of {@code key}.
     *
     * @param elements as in {@link #addAll}
     */
    void update(long key, List<Long> elements) throws Exception;
}
