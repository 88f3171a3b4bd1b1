package io.holdfast.toolkit.canonical;

import io.holdfast.api.error.Problem;
import io.holdfast.api.serialization.SerializerSnapshot;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.SnapshotOutput;
import io.holdfast.spi.snapshot.SnapshotScope;
import io.holdfast.spi.snapshot.SnapshotSink;
import io.holdfast.toolkit.io.BytesOutput;
import io.holdfast.toolkit.packing.Packing;
import java.io.IOException;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Writes a stream of {@link CanonicalFormat}. Call order: for each key group in ascending order
 * {@link #startKeyGroup}, within it for each state with entries {@link #startState}, within that
 * {@link #entry}; at last {@link #finish}. Groups without entries may be left out. Used by one
 * thread, but {@link #close()} may be called from another to stop it.
 */
public final class CanonicalWriter implements AutoCloseable {
    private final SnapshotOutput out;
    private final KeyGroupRange keyGroups;
    private final int states;
    private final boolean packs;
    private final Packing packing;
    private final long[] offsets;
    private final byte[] block = new byte[CanonicalFormat.BLOCK];
    private final BytesOutput small = new BytesOutput(16);
    private int filled;
    private int blocks;
    private int keyGroup = -1;
    private boolean inState;
    private boolean groupStarted;
    private BytesOutput unwrittenHeader;

    /**
     * Begins a stream of {@link CanonicalFormat#NAME}. Only creates it: whatever is written is
     * written by the calls that follow, so that {@link #close()} can stop a writer whose stream
     * hangs from its first byte on.
     *
     * @param sink takes the stream
     * @param keyGroups the key groups it covers
     * @param maxParallelism number of key groups of the job
     * @param key describes the key's serializer
     * @param schemas the states, by number
     * @throws IOException if the stream cannot be begun
     */
    public CanonicalWriter(
            SnapshotSink sink,
            KeyGroupRange keyGroups,
            int maxParallelism,
            SerializerSnapshot key,
            List<StateSchema> schemas)
            throws IOException {
        this(sink, new CanonicalHeader(maxParallelism, keyGroups, key, schemas), false);
    }

    /**
     * Begins a stream. Only creates it, as the other constructor does.
     *
     * @param sink takes the stream
     * @param described what the entries are
     * @param packs whether blocks are packed where that pays, which makes it a stream of {@link
     *     CanonicalFormat#PACKED_NAME}
     * @throws IOException if the stream cannot be begun
     */
    public CanonicalWriter(SnapshotSink sink, CanonicalHeader described, boolean packs)
            throws IOException {
        this.keyGroups = described.keyGroups();
        this.states = described.states().size();
        this.packs = packs;
        this.offsets = new long[keyGroups.size()];
        BytesOutput header = new BytesOutput(1024);
        described.writeTo(header);
        if (header.length() > CanonicalFormat.MAX_HEADER) {
            throw Problem.user(
                            "SNAPSHOT-4003",
                            "%d states have descriptions of %d bytes, more than a canonical snapshot takes."
                                    .formatted(states, header.length()))
                    .with("possible", "up to " + CanonicalFormat.MAX_HEADER + " bytes")
                    .advise("use fewer states or shorter names")
                    .exception();
        }
        unwrittenHeader = header;
        out = sink.create(SnapshotScope.EXCLUSIVE);
        packing = packs ? Packing.deflate(0) : Packing.none();
    }

    private void writeHeader() throws IOException {
        BytesOutput header = unwrittenHeader;
        if (header == null) {
            return;
        }
        unwrittenHeader = null;
        CRC32C crc = new CRC32C();
        crc.update(header.array(), 0, header.length());
        small.writeInt(CanonicalFormat.MAGIC);
        small.writeInt(CanonicalFormat.version(packs));
        small.writeInt(header.length());
        flushSmall();
        out.write(header.array(), 0, header.length());
        writeInt((int) crc.getValue());
    }

    /**
     * Begins a key group.
     *
     * @param next the group, higher than the one before
     * @throws IOException if the stream fails
     */
    public void startKeyGroup(int next) throws IOException {
        if (next <= keyGroup || !keyGroups.contains(next)) {
            throw new IllegalStateException(
                    "key group %d after %d of %s".formatted(next, keyGroup, keyGroups));
        }
        writeHeader();
        endKeyGroup();
        keyGroup = next;
    }

    /**
     * Begins the entries of a state in the present key group.
     *
     * @param index number of the state
     * @throws IOException if the stream fails
     */
    public void startState(int index) throws IOException {
        if (keyGroup < 0 || index < 0 || index >= states) {
            throw new IllegalStateException(
                    "state %d of %d in key group %d".formatted(index, states, keyGroup));
        }
        endState();
        if (!groupStarted) {
            groupStarted = true;
            offsets[keyGroup - keyGroups.first()] = out.position();
            blocks = 0;
        }
        varInt(index + 1);
        inState = true;
    }

    /**
     * Writes an entry of the present state.
     *
     * @param key holds the composite key
     * @param keyOffset where it begins
     * @param keyLength its length
     * @param value holds the value
     * @param valueOffset where it begins
     * @param valueLength its length
     * @throws IOException if the stream fails
     */
    public void entry(
            byte[] key,
            int keyOffset,
            int keyLength,
            byte[] value,
            int valueOffset,
            int valueLength)
            throws IOException {
        if (!inState) {
            throw new IllegalStateException(
                    "an entry in key group %d without a state".formatted(keyGroup));
        }
        varInt(keyLength + 1);
        bytes(key, keyOffset, keyLength);
        varInt(valueLength);
        bytes(value, valueOffset, valueLength);
    }

    /**
     * Ends the stream and makes it durable.
     *
     * @return refers to it
     * @throws IOException if the stream fails
     */
    public KeyedSnapshotHandle.ByKeyGroup finish() throws IOException {
        writeHeader();
        endKeyGroup();
        writeInt(CanonicalFormat.END);
        return new KeyedSnapshotHandle.ByKeyGroup(
                keyGroups,
                packs ? CanonicalFormat.PACKED_NAME : CanonicalFormat.NAME,
                offsets,
                out.finish());
    }

    /** Gives the stream up unless it is finished. Idempotent. */
    @Override
    public void close() throws IOException {
        try {
            out.close();
        } finally {
            packing.close();
        }
    }

    private void endState() throws IOException {
        if (inState) {
            varInt(0);
            inState = false;
        }
    }

    private void endKeyGroup() throws IOException {
        endState();
        if (groupStarted) {
            varInt(0);
            flushBlock();
            writeInt(0);
            groupStarted = false;
        }
    }

    private void varInt(int value) throws IOException {
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            oneByte((byte) (rest | 0x80));
            rest >>>= 7;
        }
        oneByte((byte) rest);
    }

    private void oneByte(byte value) throws IOException {
        if (filled == block.length) {
            flushBlock();
        }
        block[filled++] = value;
    }

    private void bytes(byte[] source, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            if (filled == block.length) {
                flushBlock();
            }
            int part = Math.min(length - done, block.length - filled);
            System.arraycopy(source, offset + done, block, filled, part);
            filled += part;
            done += part;
        }
    }

    private void flushBlock() throws IOException {
        if (filled == 0) {
            return;
        }
        int packed = packing.pack(block, 0, filled);
        byte[] stored = packed > 0 ? packing.packed() : block;
        int length = packed > 0 ? packed : filled;
        int mark = packed > 0 ? CanonicalFormat.PACKED : 0;
        writeInt(length | mark);
        out.write(stored, 0, length);
        writeInt(CanonicalFormat.checksum(keyGroup, blocks | mark, stored, length));
        blocks++;
        filled = 0;
    }

    private void writeInt(int value) throws IOException {
        small.writeInt(value);
        flushSmall();
    }

    private void flushSmall() throws IOException {
        out.write(small.array(), 0, small.length());
        small.reset();
    }
}
