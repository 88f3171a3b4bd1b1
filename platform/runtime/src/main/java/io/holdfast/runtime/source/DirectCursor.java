package io.holdfast.runtime.source;

import io.holdfast.api.connector.Source.SplitReader;
import java.io.IOException;

/** Reads on the task's own thread. */
final class DirectCursor<T> implements SplitCursor<T> {
    private final SplitReader<T> reader;
    private T record;

    DirectCursor(SplitReader<T> reader) {
        this.reader = reader;
    }

    @Override
    public Found advance() throws IOException {
        record = reader.next();
        return record == null ? Found.END : Found.RECORD;
    }

    @Override
    public T record() {
        return record;
    }

    @Override
    public long position() {
        return reader.position();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
