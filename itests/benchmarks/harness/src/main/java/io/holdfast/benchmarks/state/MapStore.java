package io.holdfast.benchmarks.state;

/** A map from numbers to floating-point numbers for each key. */
public interface MapStore extends Store {

    /** Reads an entry, which is present. */
    double get(long key, long mapKey) throws Exception;

    /** Writes an entry, whether it was there or not. */
    void put(long key, long mapKey, double value) throws Exception;

    /** Tells whether an entry is there. */
    boolean contains(long key, long mapKey) throws Exception;

    /** Removes an entry, which is present. */
    void remove(long key, long mapKey) throws Exception;

    /** Iterates over all entries of {@code key}: adds up the values. */
    double sum(long key) throws Exception;
}
