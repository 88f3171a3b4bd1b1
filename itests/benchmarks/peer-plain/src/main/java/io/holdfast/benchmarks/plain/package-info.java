/**
 * The limits: a {@code HashMap} and a bare RocksDB, used as somebody would who needs no
 * checkpoints, no key groups to rescale and no serializers. Two peers, {@link
 * io.holdfast.benchmarks.plain.HashMapPeer} and {@link io.holdfast.benchmarks.plain.RocksDbPeer};
 * depends on the harness only.
 */
package io.holdfast.benchmarks.plain;
