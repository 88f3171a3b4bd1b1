package io.holdfast.api.window;

import io.holdfast.api.serialization.Serializer;
import java.util.Collection;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Puts records into windows. Without state; used by several threads.
 *
 * @param <W> type of the windows
 */
@ConsumerType
public interface WindowAssigner<W extends Window> {

    /**
     * The windows of a record.
     *
     * @param timestamp event time of the record in milliseconds
     * @return its windows, each once
     */
    Collection<W> assign(long timestamp);

    /**
     * Serializer of the windows.
     *
     * @return the serializer
     */
    Serializer<W> serializer();

    /**
     * An assigner whose windows become one where they meet.
     *
     * @param <W> type of the windows
     */
    @ConsumerType
    interface Merging<W extends Window> extends WindowAssigner<W> {

        /**
         * Tells whether two windows become one.
         *
         * @param first a window
         * @param second another one
         * @return true if so
         */
        boolean meet(W first, W second);

        /**
         * What two windows become.
         *
         * @param first a window
         * @param second one that it meets
         * @return the window that takes their place
         */
        W merge(W first, W second);
    }
}
