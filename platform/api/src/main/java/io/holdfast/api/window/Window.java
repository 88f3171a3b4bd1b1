package io.holdfast.api.window;

import org.osgi.annotation.versioning.ConsumerType;

/** A finite part of a stream; a value with {@code equals} and a stable {@code hashCode}. */
@ConsumerType
public interface Window {

    /**
     * The last millisecond that belongs to the window.
     *
     * @return event time in milliseconds
     */
    long maxTimestamp();
}
