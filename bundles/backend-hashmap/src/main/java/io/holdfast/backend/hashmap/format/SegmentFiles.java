package io.holdfast.backend.hashmap.format;

import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle.NamedStream;
import io.holdfast.spi.snapshot.SnapshotSource;
import io.holdfast.spi.snapshot.StreamHandle;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The files of one snapshot, opened when they are needed. Used by one thread. */
public final class SegmentFiles implements AutoCloseable {
    private final List<NamedStream> streams;
    private final HeapContents contents;
    private final SnapshotSource source;
    private final SegmentReader[] readers;

    /**
     * Opens nothing yet.
     *
     * @param handle refers to the snapshot
     * @param contents what it consists of
     * @param source opens streams
     */
    public SegmentFiles(
            KeyedSnapshotHandle.Incremental handle, HeapContents contents, SnapshotSource source) {
        this.streams =
                Stream.concat(handle.shared().stream(), handle.exclusive().stream()).toList();
        this.contents = contents;
        this.source = source;
        this.readers = new SegmentReader[streams.size()];
    }

    /**
     * Reads the blocks of a segment.
     *
     * @param segment which
     * @param keyGroup the group of its entries
     * @param blocks takes them in order
     * @throws IOException if reading fails
     * @throws io.holdfast.api.error.HoldfastException SNAPSHOT-4001 if the file is damaged
     */
    public void read(Segment<Integer> segment, int keyGroup, Consumer<Block> blocks)
            throws IOException {
        int number = segment.file();
        if (readers[number] == null) {
            StreamHandle stream = streams.get(number).data();
            readers[number] =
                    new SegmentReader(contents.files().get(number), stream, source.open(stream));
        }
        readers[number].read(segment, keyGroup, blocks);
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (SegmentReader reader : readers) {
            try {
                if (reader != null) {
                    reader.close();
                }
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
