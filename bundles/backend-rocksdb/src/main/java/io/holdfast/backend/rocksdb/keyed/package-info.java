/**
 * Keyed state on a {@link io.holdfast.backend.rocksdb.store.Store}: states by kind, timers,
 * snapshots, restoring, migration. Read {@link
 * io.holdfast.backend.rocksdb.keyed.RocksDbKeyedBackend}.
 *
 * <p>Each state is a column of its own. Its keys and values are byte for byte those of the
 * canonical format, so a snapshot is a scan and a restore is a bulk write; neither calls a
 * serializer. Depends on {@code rocksdb.store}, {@code toolkit} and the contracts.
 */
package io.holdfast.backend.rocksdb.keyed;
