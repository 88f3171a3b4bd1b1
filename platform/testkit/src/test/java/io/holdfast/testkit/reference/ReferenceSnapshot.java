package io.holdfast.testkit.reference;

import io.holdfast.api.serialization.SerializerSnapshot;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.RunningSnapshot;
import io.holdfast.spi.snapshot.SnapshotRequest;
import io.holdfast.spi.state.KeyedBackendRequest;
import io.holdfast.toolkit.canonical.CanonicalWriter;
import io.holdfast.toolkit.io.BytesOutput;
import io.holdfast.toolkit.keys.CompositeKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** Copies of all tables, to be written. */
final class ReferenceSnapshot implements RunningSnapshot {
    private final KeyedBackendRequest<?> backend;
    private final SnapshotRequest request;
    private final List<Table> tables;
    private final Bug bug;
    private CanonicalWriter writer;
    private boolean closed;

    ReferenceSnapshot(
            KeyedBackendRequest<?> backend, SnapshotRequest request, List<Table> tables, Bug bug) {
        this.backend = backend;
        this.request = request;
        this.tables = tables;
        this.bug = bug;
    }

    @Override
    public KeyedSnapshotHandle write() throws IOException {
        CanonicalWriter out = start();
        try {
            int groupLength = CompositeKeys.groupLength(backend.maxParallelism());
            BytesOutput value = new BytesOutput(64);
            for (int group = backend.keyGroups().first();
                    group <= backend.keyGroups().last();
                    group++) {
                out.startKeyGroup(group);
                for (int i = 0; i < tables.size(); i++) {
                    writeGroup(out, group, groupLength, i, value);
                }
            }
            return out.finish();
        } finally {
            if (bug != Bug.STREAM_LEFT_OPEN) {
                out.close();
            }
        }
    }

    private synchronized CanonicalWriter start() throws IOException {
        if (closed) {
            throw new IOException("the snapshot was closed");
        }
        SerializerSnapshot key = backend.keySerializer().snapshot();
        writer =
                new CanonicalWriter(
                        request.sink(),
                        backend.keyGroups(),
                        backend.maxParallelism(),
                        key,
                        tables.stream().map(table -> table.schema).toList());
        return writer;
    }

    private void writeGroup(
            CanonicalWriter out, int group, int groupLength, int index, BytesOutput value)
            throws IOException {
        Table table = tables.get(index);
        boolean started = false;
        for (Map.Entry<byte[], Object> entry : table.entries.entrySet()) {
            byte[] key = entry.getKey();
            if (CompositeKeys.keyGroup(key, 0, groupLength) != group) {
                continue;
            }
            if (!started) {
                out.startState(index);
                started = true;
            }
            value.reset();
            if (entry.getValue() instanceof Table.Raw raw) {
                value.write(raw.bytes());
            } else {
                table.layout.write(entry.getValue(), value);
            }
            out.entry(key, 0, key.length, value.array(), 0, value.length());
        }
    }

    @Override
    public void close() {
        CanonicalWriter toClose;
        synchronized (this) {
            closed = true;
            toClose = writer;
        }
        if (toClose != null && bug != Bug.STREAM_LEFT_OPEN) {
            try {
                toClose.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
