/**
 * Benchmarks of a whole state instead of single operations on it: the heap an entry takes, full and
 * incremental checkpoints, what they cost the work beside them, and restores.
 *
 * <p>Read first {@link io.holdfast.benchmarks.whole.WholeStatePeer}, behind which everything that
 * is compared stands, and {@link io.holdfast.benchmarks.whole.WholeStateMain}, which measures it.
 * Not JMH's way of measuring: each of these takes seconds, and is repeated a few times. The package
 * must not depend on any peer.
 */
package io.holdfast.benchmarks.whole;
