package io.holdfast.runtime.source;

import io.holdfast.api.connector.Source.SplitReader;
import java.io.IOException;

/** Gives the records of one split to the task. */
sealed interface SplitCursor<T> extends AutoCloseable permits DirectCursor, PrefetchingCursor {

    /** What {@link #advance()} found. */
    enum Found {
        /** A record. */
        RECORD,
        /** Nothing yet. */
        NOTHING,
        /** The end. */
        END
    }

    /** Moves to the next record. */
    Found advance() throws IOException;

    /** The record moved to. */
    T record();

    /** Where the record behind the one moved to is. */
    long position();

    /** Stops reading; from any thread, also while another one reads. Idempotent. */
    @Override
    void close() throws IOException;

    /** For a reader that never waits. */
    static <T> SplitCursor<T> direct(SplitReader<T> reader) {
        return new DirectCursor<>(reader);
    }
}
