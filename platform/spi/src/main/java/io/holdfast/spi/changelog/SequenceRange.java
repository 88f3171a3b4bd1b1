package io.holdfast.spi.changelog;

/**
 * Changes {@code from} to {@code to}, the latter not included.
 *
 * @param from first sequence number
 * @param to sequence number behind the last, at least {@code from}
 */
public record SequenceRange(long from, long to) {
    /** Checks the order. */
    public SequenceRange {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException(
                    "not a range of changes: [" + from + ", " + to + ")");
        }
    }
}
