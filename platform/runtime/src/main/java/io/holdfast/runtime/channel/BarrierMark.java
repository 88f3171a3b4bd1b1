package io.holdfast.runtime.channel;

import io.holdfast.runtime.checkpoint.Cut;
import java.util.Objects;

/**
 * A cut's place between the records of a channel.
 *
 * @param cut a barrier of a checkpoint, or a hand-over
 */
public record BarrierMark(Cut cut) implements Element {
    /** Refuses null. */
    public BarrierMark {
        Objects.requireNonNull(cut, "cut");
    }
}
