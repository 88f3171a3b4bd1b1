package io.holdfast.runtime.graph;

import java.util.Objects;

/**
 * An edge between two chains.
 *
 * @param number tells apart the exchanges of a job, from 0
 * @param edge the edge; its routing is as it is run
 * @param consumer index of the consuming chain in {@link JobGraph#chains()}
 */
public record Exchange(int number, Edge edge, int consumer) {
    /** Refuses null. */
    public Exchange {
        Objects.requireNonNull(edge, "edge");
    }
}
