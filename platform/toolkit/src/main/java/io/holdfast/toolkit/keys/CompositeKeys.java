package io.holdfast.toolkit.keys;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.toolkit.io.BytesInput;
import io.holdfast.toolkit.io.BytesOutput;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The key of an entry as bytes, in the layout of Flink's canonical savepoints, so that entries sort
 * by key group:
 *
 * <pre>
 *   key group              1 byte if max parallelism is at most 128, else 2, highest first
 *   key                    by the key's serializer
 *   [length of key]        only if key and namespace both vary in length
 *   namespace              by the namespace's serializer
 *   [length of namespace]  only if key and namespace both vary in length
 *   [map key]              only in map states
 * </pre>
 *
 * A length is written lowest byte first in as few bytes as it needs, at least one. It tells the
 * parts apart when bytes are compared; a reader does not need it, since serializers find the end of
 * what they wrote.
 *
 * <p>One object serves one thread. The group and key are written once per key switch, the rest once
 * per access.
 *
 * @param <K> type of the keys
 */
public final class CompositeKeys<K> {
    private static final int LARGEST_ONE_BYTE_PARALLELISM = 128;

    private final Serializer<K> key;
    private final int groupLength;
    private final BytesOutput out = new BytesOutput(64);
    private int keyEnd;
    private int keyLength;
    private int readKeyLength;

    /**
     * Keys of one backend.
     *
     * @param key serializer of the keys; used by this object alone
     * @param maxParallelism number of key groups of the job
     */
    public CompositeKeys(Serializer<K> key, int maxParallelism) {
        this.key = key;
        this.groupLength = groupLength(maxParallelism);
    }

    /**
     * Bytes that a key group takes.
     *
     * @param maxParallelism number of key groups of the job
     * @return 1 or 2
     */
    public static int groupLength(int maxParallelism) {
        return maxParallelism <= LARGEST_ONE_BYTE_PARALLELISM ? 1 : 2;
    }

    /**
     * Writes a key group alone, as the first part of a key or as a bound for iteration.
     *
     * @param keyGroup the group
     * @param groupLength 1 or 2
     * @param out where to
     */
    public static void writeGroup(int keyGroup, int groupLength, BytesOutput out) {
        if (groupLength == 1) {
            out.writeByte(keyGroup);
        } else {
            out.writeShort(keyGroup);
        }
    }

    /**
     * Reads the key group of an entry.
     *
     * @param bytes holds the entry's key
     * @param offset where the entry's key begins
     * @param groupLength 1 or 2
     * @return the group
     */
    public static int keyGroup(byte[] bytes, int offset, int groupLength) {
        return groupLength == 1
                ? bytes[offset] & 0xFF
                : (bytes[offset] & 0xFF) << 8 | bytes[offset + 1] & 0xFF;
    }

    /**
     * Begins a key: all that is written later belongs to it, until the next call.
     *
     * @param keyGroup the key's group
     * @param value the key
     */
    public void begin(int keyGroup, K value) {
        out.reset();
        writeGroup(keyGroup, groupLength, out);
        try {
            key.write(value, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        keyEnd = out.length();
        keyLength = keyEnd - groupLength;
    }

    /**
     * Writes the namespace behind the key, in place of the one before.
     *
     * @param namespace the namespace
     * @param serializer its serializer
     * @param <N> type of the namespace
     */
    public <N> void namespace(N namespace, Serializer<N> serializer) {
        out.truncate(keyEnd);
        boolean ambiguous = isAmbiguous(serializer);
        if (ambiguous) {
            writeLength(keyLength);
        }
        int start = out.length();
        try {
            serializer.write(namespace, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (ambiguous) {
            writeLength(out.length() - start);
        }
    }

    /**
     * Writes a map key behind the namespace. To write another one, {@link #truncate} to the length
     * before.
     *
     * @param mapKey the map key
     * @param serializer its serializer
     * @param <U> type of the map key
     */
    public <U> void mapKey(U mapKey, Serializer<U> serializer) {
        try {
            serializer.write(mapKey, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isAmbiguous(Serializer<?> namespace) {
        return key.fixedLength() < 0 && namespace.fixedLength() < 0;
    }

    private void writeLength(int length) {
        int rest = length;
        do {
            out.writeByte(rest);
            rest >>>= 8;
        } while (rest != 0);
    }

    /**
     * The array that holds the key at its beginning.
     *
     * @return the array itself; valid until the next write
     */
    public byte[] array() {
        return out.array();
    }

    /**
     * Number of bytes of the key.
     *
     * @return the length
     */
    public int length() {
        return out.length();
    }

    /**
     * Forgets what was written from a position on.
     *
     * @param length bytes to keep
     */
    public void truncate(int length) {
        out.truncate(length);
    }

    /**
     * The key.
     *
     * @return a copy
     */
    public byte[] toByteArray() {
        return out.toByteArray();
    }

    /**
     * Reads the key of an entry.
     *
     * @param in positioned at the entry's first byte, the key group; afterwards behind the key
     * @return the key
     * @throws IOException if the bytes are no key
     */
    public K readKey(BytesInput in) throws IOException {
        if (in.skipBytes(groupLength) < groupLength) {
            throw new java.io.EOFException("no key group");
        }
        int start = in.position();
        K value = key.read(in);
        readKeyLength = in.position() - start;
        return value;
    }

    /**
     * Reads the namespace of an entry, right after its key; a map key follows.
     *
     * @param in positioned behind the key; afterwards behind the namespace
     * @param serializer its serializer
     * @param <N> type of the namespace
     * @return the namespace
     * @throws IOException if the bytes are no namespace
     */
    public <N> N readNamespace(BytesInput in, Serializer<N> serializer) throws IOException {
        boolean ambiguous = isAmbiguous(serializer);
        if (ambiguous) {
            skipLength(in, readKeyLength);
        }
        int start = in.position();
        N namespace = serializer.read(in);
        if (ambiguous) {
            skipLength(in, in.position() - start);
        }
        return namespace;
    }

    private static void skipLength(BytesInput in, int length) throws IOException {
        int rest = length;
        do {
            if (in.readUnsignedByte() != (rest & 0xFF)) {
                throw new IOException("a key is not as long as it says");
            }
            rest >>>= 8;
        } while (rest != 0);
    }
}
