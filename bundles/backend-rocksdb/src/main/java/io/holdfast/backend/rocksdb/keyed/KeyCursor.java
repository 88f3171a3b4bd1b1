package io.holdfast.backend.rocksdb.keyed;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.backend.rocksdb.store.Scan;
import io.holdfast.spi.state.CloseableIterator;
import io.holdfast.toolkit.io.BytesInput;
import io.holdfast.toolkit.keys.CompositeKeys;
import java.io.IOException;
import java.util.Arrays;
import java.util.NoSuchElementException;

/**
 * The keys that have an entry of a state in one namespace. The entries of a map under one key stand
 * together, so a key is the same as the one before or one not seen yet.
 */
final class KeyCursor<K, N> implements CloseableIterator<K> {
    private final String owner;
    private final String state;
    private final Scan scan;
    private final CompositeKeys<K> codec;
    private final Serializer<N> namespaceSerializer;
    private final N namespace;
    private final BytesInput in = new BytesInput();
    private byte[] given = {};
    private K next;

    KeyCursor(Tools<?> tools, String state, Scan scan, Codec<K, N> codec, N namespace) {
        this.owner = tools.owner();
        this.state = state;
        this.scan = scan;
        this.codec = codec.keys();
        this.namespaceSerializer = codec.namespace();
        this.namespace = namespace;
        scan.seek(new byte[0]);
    }

    /** How keys are read. */
    record Codec<K, N>(CompositeKeys<K> keys, Serializer<N> namespace) {}

    @Override
    public boolean hasNext() {
        while (next == null && scan.isValid()) {
            readEntry();
            scan.next();
        }
        return next != null;
    }

    private void readEntry() {
        try {
            in.wrap(scan.key(), 0, scan.keyLength());
            K key = codec.readKey(in);
            int end = in.position();
            if (namespace.equals(codec.readNamespace(in, namespaceSerializer))
                    && !Arrays.equals(given, 0, given.length, scan.key(), 0, end)) {
                given = Arrays.copyOf(scan.key(), end);
                next = key;
            }
        } catch (IOException e) {
            throw Refusals.unreadable(owner, state, e);
        }
    }

    @Override
    public K next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        K key = next;
        next = null;
        return key;
    }

    @Override
    public void close() {
        scan.close();
    }
}
