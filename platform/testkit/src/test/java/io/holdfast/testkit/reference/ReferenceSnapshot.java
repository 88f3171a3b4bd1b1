package io.holdfast.testkit.reference;

import io.holdfast.api.serialization.SerializerSnapshot;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.RunningSnapshot;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.snapshot.SnapshotRequest;
import io.holdfast.spi.snapshot.SnapshotScope;
import io.holdfast.spi.snapshot.SnapshotSink;
import io.holdfast.spi.state.KeyedBackendRequest;
import io.holdfast.toolkit.canonical.CanonicalWriter;
import io.holdfast.toolkit.canonical.StateSchema;
import io.holdfast.toolkit.io.BytesOutput;
import io.holdfast.toolkit.keys.CompositeKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Copies of all tables, to be written. */
final class ReferenceSnapshot implements RunningSnapshot {
    private final KeyedBackendRequest<?> backend;
    private final SnapshotRequest request;
    private final List<Table> tables;
    private final Increments increments;
    private final Map<StateSchema, Increments.File> before;
    private final Bug bug;
    private CanonicalWriter writer;
    private boolean closed;

    ReferenceSnapshot(
            KeyedBackendRequest<?> backend,
            SnapshotRequest request,
            List<Table> tables,
            Increments increments,
            Bug bug) {
        this.backend = backend;
        this.request = request;
        this.tables = tables;
        this.increments = increments;
        this.before = increments.present();
        this.bug = bug;
    }

    @Override
    public KeyedSnapshotHandle write() throws IOException {
        if (request.kind() != SnapshotKind.INCREMENTAL) {
            return write(tables, request.sink());
        }
        Map<StateSchema, Increments.File> files = new LinkedHashMap<>();
        for (Table table : tables) {
            byte[] content = content(table);
            Increments.File file = before.get(table.schema);
            if (file == null || !Arrays.equals(file.content(), content)) {
                file =
                        increments.file(
                                content,
                                write(
                                        List.of(table),
                                        scope -> request.sink().create(SnapshotScope.SHARED)));
            }
            files.put(table.schema, file);
        }
        return increments.written(request.checkpointId(), write(List.of(), request.sink()), files);
    }

    private byte[] content(Table table) throws IOException {
        BytesOutput all = new BytesOutput(1024);
        BytesOutput value = new BytesOutput(64);
        for (Map.Entry<byte[], Object> entry : table.entries.entrySet()) {
            write(entry, table, value);
            all.write(entry.getKey());
            if (bug != Bug.INCREMENT_MISSES_CHANGES) {
                all.write(value.array(), 0, value.length());
            }
        }
        return Arrays.copyOf(all.array(), all.length());
    }

    private KeyedSnapshotHandle.ByKeyGroup write(List<Table> tables, SnapshotSink sink)
            throws IOException {
        CanonicalWriter out = start(tables, sink);
        try {
            BytesOutput value = new BytesOutput(64);
            for (var group : byGroup(tables).entrySet()) {
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

    private synchronized CanonicalWriter start(List<Table> tables, SnapshotSink sink)
            throws IOException {
        if (closed) {
            throw new IOException("the snapshot was closed");
        }
        SerializerSnapshot key = backend.keySerializer().snapshot();
        writer =
                new CanonicalWriter(
                        sink,
                        backend.keyGroups(),
                        backend.maxParallelism(),
                        key,
                        tables.stream().map(table -> table.schema).toList());
        return writer;
    }

    /** Entries by key group and number of the state. */
    private SortedMap<Integer, SortedMap<Integer, List<Map.Entry<byte[], Object>>>> byGroup(
            List<Table> tables) {
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
