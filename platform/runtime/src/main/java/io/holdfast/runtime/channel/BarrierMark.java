package io.holdfast.runtime.channel;

import io.holdfast.runtime.checkpoint.Barrier;
import java.util.Objects;

/**
 * A barrier's place between the records of a channel.
 *
 * @param barrier the barrier
 */
public record BarrierMark(Barrier barrier) implements Element {
    /** Refuses null. */
    public BarrierMark {
        Objects.requireNonNull(barrier, "barrier");
    }
}
