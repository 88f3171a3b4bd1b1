package io.holdfast.benchmarks.state;

/**
 * A value for each key, read and written by one thread.
 *
 * <p>The interface takes primitives, so that each peer pays for the boxing its own interface asks
 * for, and nothing else.
 */
public interface ValueStore extends AutoCloseable {

    /**
     * Reads the value of {@code key}, adds {@code delta} and writes the sum, as a job does that
     * counts.
     *
     * @return the sum; an absent value counts as 0
     * @throws Exception whatever the peer throws
     */
    long add(long key, long delta) throws Exception;

    /**
     * Reads the value of {@code key}, or 0 if there is none.
     *
     * @throws Exception whatever the peer throws
     */
    long get(long key) throws Exception;
}
