package io.holdfast.toolkit.ordered;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.spi.state.CloseableIterator;
import io.holdfast.toolkit.io.BytesInput;
import io.holdfast.toolkit.keys.CompositeKeys;
import java.io.IOException;
import java.util.Map;
import java.util.NoSuchElementException;

/** The keys of a state in a namespace. Holds nothing: it looks for the next one when asked. */
final class KeyIterator<K, N> implements CloseableIterator<K> {
    private final OrderedBackend<K> backend;
    private final Slot slot;
    private final N namespace;
    private final CompositeKeys<K> keys;
    private final int groupLength;
    private final BytesInput in = new BytesInput();
    private byte[] from;
    private K next;

    KeyIterator(
            OrderedBackend<K> backend,
            Slot slot,
            N namespace,
            CompositeKeys<K> keys,
            int firstGroup,
            int groupLength) {
        this.backend = backend;
        this.slot = slot;
        this.namespace = namespace;
        this.keys = keys;
        this.groupLength = groupLength;
        this.from = Entries.prefix(firstGroup, slot.number);
    }

    @Override
    public boolean hasNext() {
        if (next == null && from != null) {
            backend.requireOpen();
            next = find();
        }
        return next != null;
    }

    private K find() {
        Map.Entry<byte[], byte[]> entry;
        while ((entry = backend.entries.ceiling(from, slot.number)) != null) {
            byte[] bytes = entry.getKey();
            K key = key(bytes);
            keys.begin(Entries.keyGroup(bytes), key);
            keys.namespace(namespace, namespaces());
            byte[] wanted =
                    Entries.key(
                            Entries.keyGroup(bytes),
                            slot.number,
                            keys.array(),
                            groupLength,
                            keys.length() - groupLength);
            boolean found = Entries.startsWith(bytes, wanted);
            from = found ? behindAll(wanted) : Entries.after(bytes);
            if (found) {
                return key;
            }
        }
        from = null;
        return null;
    }

    private K key(byte[] bytes) {
        int start = Entries.PREFIX - groupLength;
        try {
            return keys.readKey(in.wrap(bytes, start, bytes.length - start));
        } catch (IOException e) {
            throw backend.refusals.unreadable(slot.schema.name(), e);
        }
    }

    @SuppressWarnings("unchecked") // the caller's namespaces are of the state's type
    private Serializer<N> namespaces() {
        return (Serializer<N>) slot.asked.namespace();
    }

    /** The smallest key behind all that begin with some bytes: other entries of the same map. */
    private static byte[] behindAll(byte[] prefix) {
        byte[] end = prefix.clone();
        int last = end.length - 1;
        while (end[last] == (byte) 0xFF) {
            last--;
        }
        end[last]++;
        return java.util.Arrays.copyOf(end, last + 1);
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
        from = null;
        next = null;
    }
}
