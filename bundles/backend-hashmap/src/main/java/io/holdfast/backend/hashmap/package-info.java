/**
 * The state backend {@code hashmap}: working state as objects on the heap. Users name {@link
 * io.holdfast.backend.hashmap.HashMapStateBackend}; readers of the code begin with {@code
 * HashMapKeyedBackend}, then {@code PagedTable}, which is the heart of it.
 *
 * <p>No access calls a serializer. Snapshots are written by another thread from tables that are
 * copied page by page where the task goes on writing; restored entries stay bytes until the job
 * says how to read them. Depends on the SPI and on the toolkit's bytes, composite keys and
 * canonical format; must not know other bundles.
 */
@Version("1.0.0")
package io.holdfast.backend.hashmap;

import org.osgi.annotation.versioning.Version;
