/**
 * The state backend {@code rocksdb}: working state in RocksDB on local disk, as much as the disk
 * holds. Read {@link io.holdfast.backend.rocksdb.EmbeddedRocksDBStateBackend}.
 *
 * <p>Here is what users and the host name; how it works is in {@code keyed} and {@code store},
 * which nobody outside can see.
 */
@Version("1.0.0")
package io.holdfast.backend.rocksdb;

import org.osgi.annotation.versioning.Version;
