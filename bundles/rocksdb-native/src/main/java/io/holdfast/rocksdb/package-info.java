/**
 * Holds RocksDB for all modules of a JVM: its classes, its native libraries, and the one way to
 * load them. Read {@link io.holdfast.rocksdb.RocksDbLibrary}.
 *
 * <p>This module stays for the life of the JVM: a native library is never unmapped, so every new
 * copy of this module costs a mapping of some 17 MB. Modules that use RocksDB come and go above it.
 * Depends on {@code io.holdfast.api.error} only.
 */
@Version("1.0.0")
package io.holdfast.rocksdb;

import org.osgi.annotation.versioning.Version;
