package io.holdfast.backend.hashmap;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.RunningSnapshot;
import io.holdfast.spi.snapshot.SnapshotRequest;
import io.holdfast.toolkit.canonical.CanonicalWriter;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * A snapshot whose content is fixed: immutable tables, and serializers of its own to write them.
 *
 * <p>It holds an epoch until nobody reads the tables any more: until {@link #write()} has returned,
 * or until {@link #close()} if that was never called. Closing while it writes only stops the
 * writer; the epoch is released by the writer's thread when it leaves, so that the task never
 * writes what is still being read.
 *
 * @param <K> type of the keys
 */
final class HeapSnapshot<K> implements RunningSnapshot {
    private final Content<K> content;
    private final SnapshotRequest request;
    private final Consumer<HeapSnapshot<K>> release;
    private final Object guard = new Object();
    private boolean started;
    private CanonicalWriter writer;
    private volatile boolean closed;

    /**
     * What is to be written.
     *
     * @param owner names the backend in messages
     * @param keyGroups the owned groups
     * @param maxParallelism number of key groups of the job
     * @param key serializer of the keys, of this snapshot alone
     * @param states the states
     */
    record Content<K>(
            String owner,
            KeyGroupRange keyGroups,
            int maxParallelism,
            Serializer<K> key,
            List<FrozenState<K>> states) {}

    /**
     * A snapshot.
     *
     * @param release called once, when the tables are not read any more
     */
    HeapSnapshot(Content<K> content, SnapshotRequest request, Consumer<HeapSnapshot<K>> release) {
        this.content = content;
        this.request = request;
        this.release = release;
    }

    @Override
    public KeyedSnapshotHandle write() throws IOException {
        synchronized (guard) {
            if (closed) {
                throw stopped(null);
            }
            if (started) {
                throw new IllegalStateException("a snapshot is written once");
            }
            started = true;
        }
        try (CanonicalWriter out =
                new CanonicalWriter(
                        request.sink(),
                        content.keyGroups(),
                        content.maxParallelism(),
                        content.key().snapshot(),
                        content.states().stream().map(FrozenState::schema).toList())) {
            synchronized (guard) {
                writer = out;
            }
            writeAll(out);
            if (closed) {
                throw stopped(null);
            }
            return out.finish();
        } catch (IOException e) {
            throw closed ? stopped(e) : e;
        } finally {
            synchronized (guard) {
                writer = null;
            }
            release.accept(this);
        }
    }

    private void writeAll(CanonicalWriter out) throws IOException {
        EntryWriter<K> entries =
                new EntryWriter<>(out, content.key(), content.maxParallelism(), () -> closed);
        KeyGroupRange range = content.keyGroups();
        List<FrozenState<K>> states = content.states();
        for (int keyGroup = range.first(); keyGroup <= range.last(); keyGroup++) {
            out.startKeyGroup(keyGroup);
            for (int i = 0; i < states.size(); i++) {
                states.get(i)
                        .write(content.owner(), keyGroup - range.first(), keyGroup, i, entries);
            }
        }
    }

    private IOException stopped(IOException cause) {
        return new IOException(
                "The snapshot of '%s' for checkpoint %d was closed before it was written."
                        .formatted(content.owner(), request.checkpointId()),
                cause);
    }

    @Override
    public void close() {
        CanonicalWriter running;
        boolean nobodyReads;
        synchronized (guard) {
            nobodyReads = !started && !closed;
            closed = true;
            running = writer;
        }
        if (nobodyReads) {
            release.accept(this);
        }
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
