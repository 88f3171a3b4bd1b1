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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

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
            BytesOutput value = new BytesOutput(64);
            for (var group : byGroup().entrySet()) {
                out.startKeyGroup(group.getKey());
                for (var state : group.getValue().entrySet()) {
                    out.startState(state.getKey());
                    for (Map.Entry<byte[], Object> entry : state.getValue()) {
                        write(entry, tables.get(state.getKey()), value);
                        out.entry(
                                entry.getKey(),
                                0,
                                entry.getKey().length,
                                value.array(),
                                0,
                                value.length());
                    }
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

    /** Entries by key group and number of the state. */
    private SortedMap<Integer, SortedMap<Integer, List<Map.Entry<byte[], Object>>>> byGroup() {
        int groupLength = CompositeKeys.groupLength(backend.maxParallelism());
        SortedMap<Integer, SortedMap<Integer, List<Map.Entry<byte[], Object>>>> groups =
                new TreeMap<>();
        for (int i = 0; i < tables.size(); i++) {
            for (Map.Entry<byte[], Object> entry : tables.get(i).entries.entrySet()) {
                groups.computeIfAbsent(
                                CompositeKeys.keyGroup(entry.getKey(), 0, groupLength),
                                group -> new TreeMap<>())
                        .computeIfAbsent(i, state -> new ArrayList<>())
                        .add(entry);
            }
        }
        return groups;
    }

    private static void write(Map.Entry<byte[], Object> entry, Table table, BytesOutput value)
            throws IOException {
        value.reset();
        if (entry.getValue() instanceof Table.Raw raw) {
            value.write(raw.bytes());
        } else {
            table.layout.write(entry.getValue(), value);
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
