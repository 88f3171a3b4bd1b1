/**
 * The limits: a {@code HashMap}, a table of numbers and a bare RocksDB, used as somebody would who
 * needs no checkpoints, no key groups to rescale and no serializers. Three peers, {@link
 * io.holdfast.benchmarks.plain.HashMapPeer}, {@link io.holdfast.benchmarks.plain.PrimitivePeer} and
 * {@link io.holdfast.benchmarks.plain.RocksDbPeer}; depends on the harness only.
 */
package io.holdfast.benchmarks.plain;
