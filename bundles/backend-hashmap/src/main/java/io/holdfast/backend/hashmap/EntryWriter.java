package io.holdfast.backend.hashmap;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.toolkit.canonical.CanonicalWriter;
import io.holdfast.toolkit.io.BytesOutput;
import io.holdfast.toolkit.keys.CompositeKeys;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/**
 * Puts the entries of one snapshot into their bytes and gives them to the writer. Used by the
 * thread that writes the snapshot.
 *
 * @param <K> type of the keys
 */
final class EntryWriter<K> {
    private static final byte[] NOTHING = {};

    private final CanonicalWriter writer;
    private final CompositeKeys<K> keys;
    private final Serializer<K> keySerializer;
    private final int groupLength;
    private final BooleanSupplier stopped;
    private final BytesOutput value = new BytesOutput(256);
    private final BytesOutput timer = new BytesOutput(64);
    private int namespaceEnd;
    private IOException sinkFailure;

    EntryWriter(
            CanonicalWriter writer,
            Serializer<K> keySerializer,
            int maxParallelism,
            BooleanSupplier stopped) {
        this.writer = writer;
        this.keys = new CompositeKeys<>(keySerializer, maxParallelism);
        this.keySerializer = keySerializer;
        this.groupLength = CompositeKeys.groupLength(maxParallelism);
        this.stopped = stopped;
    }

    /** Begins the entries of a state in the present key group. */
    void startState(int index) throws IOException {
        failing(() -> writer.startState(index));
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

    /** Writes a timer. */
    <N> void timer(int keyGroup, long time, K key, N namespace, Serializer<N> serializer)
            throws IOException {
        timer.reset();
        CompositeKeys.writeGroup(keyGroup, groupLength, timer);
        timer.writeLong(time ^ Long.MIN_VALUE);
        keySerializer.write(key, timer);
        serializer.write(namespace, timer);
        raw(timer.array(), 0, timer.length(), NOTHING, 0, 0);
    }

    /** Writes an entry that is bytes already. */
    void raw(byte[] key, int keyOffset, int keyLength, byte[] bytes, int offset, int length)
            throws IOException {
        failing(() -> writer.entry(key, keyOffset, keyLength, bytes, offset, length));
    }

    /** Tells a failure of the sink, which the caller passes on, from one of a serializer. */
    boolean isOfSink(Exception failure) {
        return failure == sinkFailure;
    }

    private interface Write {
        void run() throws IOException;
    }

    private void failing(Write write) throws IOException {
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
