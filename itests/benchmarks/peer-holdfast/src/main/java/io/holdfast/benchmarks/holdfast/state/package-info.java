/**
 * Holdfast's state backends behind {@link io.holdfast.benchmarks.state.ValueStorePeer}, as its
 * engine uses them.
 */
package io.holdfast.benchmarks.holdfast.state;
