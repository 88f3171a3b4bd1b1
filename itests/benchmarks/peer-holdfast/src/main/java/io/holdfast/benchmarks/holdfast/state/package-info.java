/**
 * Holdfast's state backends behind {@link io.holdfast.benchmarks.state.StatePeer}, as its engine
 * uses them.
 */
package io.holdfast.benchmarks.holdfast.state;
