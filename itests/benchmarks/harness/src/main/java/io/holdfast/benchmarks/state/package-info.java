/**
 * Benchmarks of single operations on keyed state.
 *
 * <p>Read first {@link io.holdfast.benchmarks.state.StatePeer}, behind which everything that is
 * compared stands, then {@link io.holdfast.benchmarks.state.StoreBenchmark}, which all benchmarks
 * extend: one class for each kind of {@link io.holdfast.benchmarks.state.Store}, one method for
 * each operation. The package must not depend on any peer: each peer has a class path of its own.
 */
package io.holdfast.benchmarks.state;
