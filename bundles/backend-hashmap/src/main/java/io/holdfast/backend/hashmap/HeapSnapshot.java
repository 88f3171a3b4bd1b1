package io.holdfast.backend.hashmap;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.RunningSnapshot;
import io.holdfast.spi.snapshot.SnapshotRequest;
import io.holdfast.toolkit.canonical.CanonicalHeader;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A snapshot whose content is fixed: immutable tables, and serializers of its own to write them.
 *
 * <p>It holds an epoch until nobody reads the tables any more: until {@link #write()} has returned,
 * or until {@link #close()} if that was never called. Closing while it writes only stops the
 * writers; the epoch is released by the writing thread when it leaves, so that the task never
 * writes what is still being read.
 *
 * @param <K> type of the keys
 */
final class HeapSnapshot<K> implements RunningSnapshot {
    private final Content<K> content;
    private final Form<K> form;
    private final SnapshotRequest request;
    private final Consumer<HeapSnapshot<K>> release;
    private final Outputs outputs;
    private final Object guard = new Object();
    private boolean started;
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
            List<FrozenState<K>> states) {

        CanonicalHeader header() {
            return new CanonicalHeader(
                    maxParallelism,
                    keyGroups,
                    key.snapshot(),
                    states.stream().map(FrozenState::schema).toList());
        }

        /** The same with serializers for another thread. */
        Content<K> duplicate() {
            return new Content<>(
                    owner,
                    keyGroups,
                    maxParallelism,
                    key.duplicate(),
                    states.stream().<FrozenState<K>>map(FrozenState::duplicate).toList());
        }

        int count() {
            long count = 0;
            for (FrozenState<K> state : states) {
                for (int group = 0; group < keyGroups.size(); group++) {
                    count += state.count(group);
                }
            }
            return (int) Math.min(Integer.MAX_VALUE, count);
        }
    }

    /** How it is written. */
    @FunctionalInterface
    interface Form<K> {

        /**
         * Writes all of it.
         *
         * @param outputs takes the streams; closed by the caller
         * @param stopped tells whether to give up
         */
        KeyedSnapshotHandle write(Content<K> content, Outputs outputs, BooleanSupplier stopped)
                throws IOException;
    }

    /**
     * A snapshot.
     *
     * @param release called once, when the tables are not read any more
     */
    HeapSnapshot(
            Content<K> content,
            Form<K> form,
            SnapshotRequest request,
            Consumer<HeapSnapshot<K>> release) {
        this.content = content;
        this.form = form;
        this.request = request;
        this.release = release;
        this.outputs = new Outputs(request.sink());
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
        try (outputs) {
            KeyedSnapshotHandle handle = form.write(content, outputs, () -> closed);
            if (closed) {
                throw stopped(null);
            }
            return handle;
        } catch (IOException e) {
            throw closed ? stopped(e) : e;
        } finally {
            release.accept(this);
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
        boolean nobodyReads;
        synchronized (guard) {
            nobodyReads = !started && !closed;
            closed = true;
        }
        if (nobodyReads) {
            release.accept(this);
        }
        outputs.close();
    }
}
