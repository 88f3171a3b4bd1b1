/**
 * A RocksDB database as the rest of this backend needs it: columns of byte keys and values, bulk
 * writes, scans, frozen views. Read {@link io.holdfast.backend.rocksdb.store.Store}.
 *
 * <p>Everything native is made and closed here, and only here; whatever RocksDB throws becomes a
 * problem that says where and why. Knows nothing of keys, states or snapshots. Depends on {@code
 * toolkit.io}, {@code spi.state}, {@code io.holdfast.rocksdb} and {@code org.rocksdb}.
 */
package io.holdfast.backend.rocksdb.store;
