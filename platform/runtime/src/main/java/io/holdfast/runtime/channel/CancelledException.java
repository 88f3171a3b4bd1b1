package io.holdfast.runtime.channel;

import java.io.Serial;

/** Unwinds a task whose inbox, or that of a consumer, was closed. No failure by itself. */
public final class CancelledException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    /** Without a stack trace: nobody reads it. */
    public CancelledException() {
        super("cancelled", null, false, false);
    }
}
