package io.holdfast.backend.hashmap;

import io.holdfast.spi.snapshot.KeyedSnapshotHandle.NamedStream;
import io.holdfast.spi.snapshot.StreamHandle;

/**
 * A file that a snapshot of this backend wrote, told by its identity. Its stream is set when it is
 * finished, by the thread that wrote it; those that use it come after.
 */
final class HeapFile {
    private final long id;
    private StreamHandle stream;

    HeapFile(long id) {
        this.id = id;
    }

    long id() {
        return id;
    }

    void finished(StreamHandle handle) {
        stream = handle;
    }

    NamedStream named() {
        return new NamedStream("%016x.heap".formatted(id), stream);
    }
}
