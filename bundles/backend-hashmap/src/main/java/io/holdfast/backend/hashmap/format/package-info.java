/**
 * The native snapshots of the heap on disk: segments of checksummed blocks in files, and the list
 * of what belongs together. Read {@link io.holdfast.backend.hashmap.format.HeapFormat}, which is
 * the specification, then {@link io.holdfast.backend.hashmap.format.SegmentWriter}. Knows bytes
 * only: no tables, no serializers of a job. Depends on the SPI and on the toolkit.
 */
package io.holdfast.backend.hashmap.format;
