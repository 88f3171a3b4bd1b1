package io.holdfast.backend.hashmap.format;

/**
 * Neighbouring blocks of one file.
 *
 * @param file the file
 * @param offset where the first block begins
 * @param length bytes of all blocks
 * @param isWhole whether it holds all entries rather than what changed
 * @param <F> how a file is told: by the writer as one that is being written, by a reader as one
 *     that a handle refers to
 */
public record Segment<F>(F file, long offset, long length, boolean isWhole) {}
