package io.holdfast.benchmarks.state;

/**
 * State of one kind under many keys, read and written by one thread. There is an interface for each
 * kind, which has the operations that are measured.
 *
 * <p>The interfaces take primitives, so that each peer pays for the boxing its own interface asks
 * for, and nothing else. Their operations throw whatever the peer throws.
 */
public interface Store extends AutoCloseable {}
