package io.holdfast.backend.hashmap;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.backend.hashmap.format.SegmentWriter;
import io.holdfast.toolkit.io.BytesOutput;
import io.holdfast.toolkit.keys.CompositeKeys;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Puts the entries of one snapshot into their bytes and gives them to a sink. Used by one thread of
 * those that write the snapshot.
 *
 * @param <K> type of the keys
 */
final class EntryWriter<K> {
    private static final byte[] NOTHING = {};

    private final EntrySink sink;
    private final CompositeKeys<K> keys;
    private final Serializer<K> keySerializer;
    private final int groupLength;
    private final BooleanSupplier stopped;
    private final BytesOutput value = new BytesOutput(256);
    private final BytesOutput timer = new BytesOutput(64);
    private int namespaceEnd;
    private IOException sinkFailure;

    EntryWriter(
            EntrySink sink,
            Serializer<K> keySerializer,
            int maxParallelism,
            BooleanSupplier stopped) {
        this.sink = sink;
        this.keys = new CompositeKeys<>(keySerializer, maxParallelism);
        this.keySerializer = keySerializer;
        this.groupLength = CompositeKeys.groupLength(maxParallelism);
        this.stopped = stopped;
    }

    /** Begins entries of a key and namespace. */
    <N> void key(int keyGroup, K key, N namespace, Serializer<N> serializer) {
        keys.begin(keyGroup, key);
        keys.namespace(namespace, serializer);
        namespaceEnd = keys.length();
    }

    /** Writes a map key behind the namespace, in place of the one before. */
    <U> void mapKey(U mapKey, Serializer<U> serializer) {
        keys.truncate(namespaceEnd);
        keys.mapKey(mapKey, serializer);
    }

    /** Takes the value of the next entry; empty. */
    BytesOutput value() {
        value.reset();
        return value;
    }

    /** Ends an entry. */
    void entry() throws IOException {
        raw(keys.array(), 0, keys.length(), value.array(), 0, value.length());
    }

    /** Writes that there is no entry of the present key and namespace any more, or another one. */
    void removal() throws IOException {
        removal(keys.array(), 0, keys.length());
    }

    /** Writes a timer. */
    <N> void timer(int keyGroup, long time, K key, N namespace, Serializer<N> serializer)
            throws IOException {
        timerKey(keyGroup, time, key, namespace, serializer);
        raw(timer.array(), 0, timer.length(), NOTHING, 0, 0);
    }

    /** Writes that there is no such timer any more. */
    <N> void timerRemoval(int keyGroup, long time, K key, N namespace, Serializer<N> serializer)
            throws IOException {
        timerKey(keyGroup, time, key, namespace, serializer);
        removal(timer.array(), 0, timer.length());
    }

    private <N> void timerKey(int keyGroup, long time, K key, N namespace, Serializer<N> serializer)
            throws IOException {
        timer.reset();
        CompositeKeys.writeGroup(keyGroup, groupLength, timer);
        timer.writeLong(time ^ Long.MIN_VALUE);
        keySerializer.write(key, timer);
        serializer.write(namespace, timer);
    }

    /** Writes an entry that is bytes already. */
    void raw(byte[] key, int keyOffset, int keyLength, byte[] bytes, int offset, int length)
            throws IOException {
        failing(() -> sink.entry(key, keyOffset, keyLength, bytes, offset, length));
    }

    private void removal(byte[] key, int offset, int length) throws IOException {
        failing(() -> sink.removal(key, offset, length));
    }

    /** Begins entries that follow removals. */
    void endRemovals() throws IOException {
        failing(sink::endRemovals);
    }

    /** The segment that entries go to, which takes numbers and blocks as such, if there is one. */
    Optional<SegmentWriter> segment() {
        return sink.segment();
    }

    /** Tells a failure of the sink, which the caller passes on, from one of a serializer. */
    boolean isOfSink(Exception failure) {
        return failure == sinkFailure;
    }

    /** A call of the sink. */
    interface Write {
        /** Makes the call. */
        void run() throws IOException;
    }

    /** Makes a call of the sink, unless the snapshot was stopped. */
    void failing(Write write) throws IOException {
        try {
            if (stopped.getAsBoolean()) {
                throw new IOException("stopped");
            }
            write.run();
        } catch (IOException e) {
            sinkFailure = e;
            throw e;
        }
    }
}
