package io.holdfast.toolkit.ordered;

import io.holdfast.api.serialization.SerializerSnapshot;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.RunningSnapshot;
import io.holdfast.spi.snapshot.SnapshotRequest;
import io.holdfast.spi.state.CloseableIterator;
import io.holdfast.spi.state.KeyedBackendRequest;
import io.holdfast.toolkit.canonical.CanonicalWriter;
import io.holdfast.toolkit.canonical.Remainder;
import io.holdfast.toolkit.canonical.Remainder.Left;
import io.holdfast.toolkit.canonical.StateSchema;
import io.holdfast.toolkit.io.BytesOutput;
import io.holdfast.toolkit.keys.CompositeKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Content that a store has fixed, to be written in one pass.
 *
 * <p>The iterator is touched under the lock of this object alone: whoever closes the snapshot waits
 * for one step of it at most, never for the sink, and afterwards nobody reads the store any more.
 */
final class OrderedSnapshot implements RunningSnapshot {
    private final KeyedBackendRequest<?> backend;
    private final SnapshotRequest request;
    private final SerializerSnapshot key;
    private final List<Slot> slots;
    private final CloseableIterator<Map.Entry<byte[], byte[]>> content;

    /** What is left of the values, by number of the state; empty for states that lose nothing. */
    private final Map<Integer, Remainder<?>> remainders = new HashMap<>();

    private CanonicalWriter writer;
    private boolean closed;

    OrderedSnapshot(
            KeyedBackendRequest<?> backend,
            SnapshotRequest request,
            SerializerSnapshot key,
            List<Slot> slots,
            CloseableIterator<Map.Entry<byte[], byte[]>> content) {
        this.backend = backend;
        this.request = request;
        this.key = key;
        this.slots = slots;
        this.content = content;
        for (Slot slot : slots) {
            if (slot.expiry != null && slot.expiry.leftOutOfSnapshots()) {
                remainders.put(slot.number, slot.remainder());
            }
        }
    }

    @Override
    public KeyedSnapshotHandle write() throws IOException {
        try (CanonicalWriter out = start()) {
            int[] indexes = indexes();
            BytesOutput canonical = new BytesOutput(64);
            int groupLength = CompositeKeys.groupLength(backend.maxParallelism());
            int keyGroup = -1;
            int state = -1;
            for (Map.Entry<byte[], byte[]> entry = next(); entry != null; entry = next()) {
                byte[] bytes = entry.getKey();
                if (Entries.keyGroup(bytes) != keyGroup) {
                    keyGroup = Entries.keyGroup(bytes);
                    state = -1;
                    out.startKeyGroup(keyGroup);
                }
                if (Entries.state(bytes) != state) {
                    state = Entries.state(bytes);
                    out.startState(indexes[state]);
                }
                canonical.reset();
                CompositeKeys.writeGroup(keyGroup, groupLength, canonical);
                canonical.write(bytes, Entries.PREFIX, bytes.length - Entries.PREFIX);
                value(out, canonical, entry.getValue(), remainders.get(state));
            }
            return out.finish();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            release();
        }
    }

    private static void value(
            CanonicalWriter out, BytesOutput key, byte[] value, Remainder<?> remainder)
            throws IOException {
        Left left = remainder == null ? Left.ALL : remainder.of(value, 0, value.length);
        if (left == Left.ALL) {
            out.entry(key.array(), 0, key.length(), value, 0, value.length);
        } else if (left == Left.SOME) {
            BytesOutput rest = remainder.rest();
            out.entry(key.array(), 0, key.length(), rest.array(), 0, rest.length());
        }
    }

    private synchronized CanonicalWriter start() throws IOException {
        requireOpen();
        List<StateSchema> schemas = slots.stream().map(slot -> slot.schema).toList();
        writer =
                new CanonicalWriter(
                        request.sink(),
                        backend.keyGroups(),
                        backend.maxParallelism(),
                        key,
                        schemas);
        return writer;
    }

    /** Where the state with a number stands among those that are written. */
    private int[] indexes() {
        int[] indexes = new int[slots.stream().mapToInt(slot -> slot.number + 1).max().orElse(0)];
        for (int i = 0; i < slots.size(); i++) {
            indexes[slots.get(i).number] = i;
        }
        return indexes;
    }

    private synchronized Map.Entry<byte[], byte[]> next() throws IOException {
        requireOpen();
        return content.hasNext() ? content.next() : null;
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException(
                    "The snapshot of '%s' for checkpoint %d was closed before it was written."
                            .formatted(backend.owner(), request.checkpointId()));
        }
    }

    private synchronized CanonicalWriter release() {
        if (!closed) {
            closed = true;
            content.close();
        }
        return writer;
    }

    @Override
    public void close() {
        CanonicalWriter running = release();
        if (running != null) {
            try {
                running.close();
            } catch (IOException e) {
                // The writer's thread is about to fail anyway; it closes the stream once more.
                return;
            }
        }
    }
}
