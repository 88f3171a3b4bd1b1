/**
 * Benchmarks of single operations on keyed state.
 *
 * <p>Read first {@link io.holdfast.benchmarks.state.ValueStorePeer}, behind which everything that
 * is compared stands, and {@link io.holdfast.benchmarks.state.ValueReadModifyWriteBenchmark}, which
 * measures it. The package must not depend on any peer: each peer has a class path of its own.
 */
package io.holdfast.benchmarks.state;
