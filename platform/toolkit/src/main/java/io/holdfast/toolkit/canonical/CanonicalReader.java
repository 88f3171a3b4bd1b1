package io.holdfast.toolkit.canonical;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.api.serialization.SerializerSnapshot;
import io.holdfast.spi.filesystem.SeekableInput;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.SnapshotSource;
import io.holdfast.toolkit.io.BytesInput;
import io.holdfast.toolkit.packing.Unpacking;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Reads a stream of {@link CanonicalFormat}; trusts nothing in it. Whatever is wrong with the bytes
 * becomes a SNAPSHOT-4001 that names stream and position; {@link IOException} means that reading
 * itself failed. Used by one thread.
 */
public final class CanonicalReader implements AutoCloseable {
    private final KeyedSnapshotHandle.ByKeyGroup handle;
    private final SeekableInput in;
    private final long length;
    private final boolean packs;
    private final Unpacking unpacking = new Unpacking();
    private final byte[] head = new byte[4];

    /** Of the group that is being read; one for all, as groups may be many and small. */
    private final byte[] block = new byte[CanonicalFormat.BLOCK];

    /** A block as it is stored, if it is packed; empty if none is. */
    private final byte[] packed;

    private CanonicalHeader header;

    private CanonicalReader(KeyedSnapshotHandle.ByKeyGroup handle, SeekableInput in)
            throws IOException {
        this.handle = handle;
        this.in = in;
        this.packs = handle.format().equals(CanonicalFormat.PACKED_NAME);
        this.packed = new byte[packs ? CanonicalFormat.BLOCK : 0];
        try {
            this.length = in.length();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Opens a stream and reads its header.
     *
     * @param handle refers to a snapshot
     * @param source opens its stream
     * @return the reader; the caller closes it
     * @throws IOException if reading fails
     * @throws io.holdfast.api.error.HoldfastException SNAPSHOT-4001 if the stream is damaged,
     *     SNAPSHOT-4002 if it is of another format
     */
    public static CanonicalReader open(KeyedSnapshotHandle handle, SnapshotSource source)
            throws IOException {
        if (!(handle instanceof KeyedSnapshotHandle.ByKeyGroup byKeyGroup)
                || !CanonicalFormat.isCanonical(handle.format())) {
            throw otherFormat(handle);
        }
        CanonicalReader reader = new CanonicalReader(byKeyGroup, source.open(byKeyGroup.data()));
        try {
            reader.readHeader();
            return reader;
        } catch (IOException | RuntimeException e) {
            try {
                reader.close();
            } catch (IOException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    private static HoldfastException otherFormat(KeyedSnapshotHandle handle) {
        boolean local = handle instanceof KeyedSnapshotHandle.LocalFiles;
        return Problem.data(
                        "SNAPSHOT-4002",
                        "%s of key groups %s is of format '%s', neither '%s' nor '%s'."
                                .formatted(
                                        local ? "A directory of files" : "A snapshot",
                                        handle.keyGroups(),
                                        handle.format(),
                                        CanonicalFormat.NAME,
                                        CanonicalFormat.PACKED_NAME))
                .advise(
                        local
                                ? "only a backend of the name that made the files can open them: hand"
                                        + " the state over in a canonical snapshot"
                                : "restore it with the backend that wrote it, take a savepoint there,"
                                        + " and restore that")
                .exception();
    }

    private void readHeader() throws IOException {
        int magic = readInt("magic");
        int version = readInt("version");
        if (magic != CanonicalFormat.MAGIC || version != CanonicalFormat.version(packs)) {
            throw damaged("magic %08x version %d".formatted(magic, version));
        }
        int headerLength = readInt("header length");
        if (headerLength < 0
                || headerLength > CanonicalFormat.MAX_HEADER
                || headerLength > length - in.position()) {
            throw damaged("a header of " + headerLength + " bytes");
        }
        byte[] bytes = new byte[headerLength];
        readFully(bytes, headerLength, "header");
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, headerLength);
        expectChecksum("header", (int) crc.getValue());
        BytesInput parts = new BytesInput().wrap(bytes, 0, headerLength);
        try {
            header = CanonicalHeader.readFrom(parts);
            if (!header.keyGroups().equals(handle.keyGroups())) {
                throw damaged(
                        "key groups %s where the handle says %s"
                                .formatted(header.keyGroups(), handle.keyGroups()));
            }
            if (parts.remaining() > 0) {
                throw damaged(parts.remaining() + " bytes behind the end of the header");
            }
        } catch (IOException e) {
            throw damaged("a header that ends early or is malformed: " + e.getMessage());
        }
    }

    /**
     * What the stream says of its entries.
     *
     * @return the header
     */
    public CanonicalHeader header() {
        return header;
    }

    /**
     * Number of key groups of the job that wrote it.
     *
     * @return the max parallelism
     */
    public int maxParallelism() {
        return header.maxParallelism();
    }

    /**
     * Describes the serializer of the keys.
     *
     * @return the description
     */
    public SerializerSnapshot key() {
        return header.key();
    }

    /**
     * The states, by number.
     *
     * @return the schemas
     */
    public List<StateSchema> schemas() {
        return header.states();
    }

    /**
     * Reads the entries of some key groups, group by group in ascending order, in the order they
     * were written.
     *
     * @param wanted the groups; those that the stream does not cover are passed over
     * @param visitor takes the entries
     * @throws IOException if reading fails
     * @throws io.holdfast.api.error.HoldfastException SNAPSHOT-4001 if the stream is damaged
     */
    public void read(KeyGroupRange wanted, EntryVisitor visitor) throws IOException {
        KeyGroupRange held = handle.keyGroups();
        int first = Math.max(held.first(), wanted.first());
        int last = Math.min(held.last(), wanted.last());
        for (int group = first; group <= last; group++) {
            long offset = handle.offsets()[group - held.first()];
            if (offset == 0) {
                continue;
            }
            if (offset < 0 || offset >= length) {
                throw damaged("key group " + group + " at offset " + offset + " of " + length);
            }
            if (in.position() != offset) {
                in.seek(offset);
            }
            new Group(group).read(visitor);
        }
    }

    @Override
    public void close() throws IOException {
        unpacking.close();
        in.close();
    }

    private int readInt(String what) throws IOException {
        readFully(head, 4, what);
        return (head[0] & 0xFF) << 24
                | (head[1] & 0xFF) << 16
                | (head[2] & 0xFF) << 8
                | head[3] & 0xFF;
    }

    private void readFully(byte[] target, int count, String what) throws IOException {
        int done = in.readNBytes(target, 0, count);
        if (done < count) {
            throw damaged("the end of the stream in " + what);
        }
    }

    private void expectChecksum(String what, int computed) throws IOException {
        int stored = readInt("checksum of " + what);
        if (stored != computed) {
            throw damaged("checksum %08x of %s, expected %08x".formatted(computed, what, stored));
        }
    }

    private RuntimeException damaged(String what) throws IOException {
        return CanonicalFormat.damaged(handle.data(), in.position(), what);
    }

    /** The blocks of one key group as a sequence of bytes. */
    private final class Group {
        private final int number;
        private int blocks;
        private int position;
        private int end;
        private byte[] keyScratch = new byte[256];
        private byte[] valueScratch = new byte[1024];

        Group(int number) {
            this.number = number;
        }

        void read(EntryVisitor visitor) throws IOException {
            for (int state = varInt(); state != 0; state = varInt()) {
                if (state < 0 || state > schemas().size()) {
                    throw damaged(
                            "state %d of %d in key group %d"
                                    .formatted(state - 1, schemas().size(), number));
                }
                for (int next = varInt(); next != 0; next = varInt()) {
                    readEntry(state - 1, next - 1, visitor);
                }
            }
            if (position != end || readInt("end of key group") != 0) {
                throw damaged("bytes behind the end of key group " + number);
            }
        }

        private void readEntry(int state, int keyLength, EntryVisitor visitor) throws IOException {
            byte[] keyBytes = block;
            int keyOffset = position;
            if (keyLength >= 0 && end - position >= keyLength) {
                position += keyLength;
            } else {
                keyScratch = gather(keyScratch, keyLength);
                keyBytes = keyScratch;
                keyOffset = 0;
            }
            // Reading on may replace the block, so a key in it must be moved out of the way first.
            if (keyBytes == block && end - position < 5) {
                if (keyScratch.length < keyLength) {
                    keyScratch = new byte[keyLength];
                }
                System.arraycopy(block, keyOffset, keyScratch, 0, keyLength);
                keyBytes = keyScratch;
                keyOffset = 0;
            }
            int valueLength = varInt();
            if (valueLength >= 0 && end - position >= valueLength) {
                int valueOffset = position;
                position += valueLength;
                visitor.entry(
                        state,
                        number,
                        keyBytes,
                        keyOffset,
                        keyLength,
                        block,
                        valueOffset,
                        valueLength);
                return;
            }
            if (keyBytes == block) {
                if (keyScratch.length < keyLength) {
                    keyScratch = new byte[keyLength];
                }
                System.arraycopy(block, keyOffset, keyScratch, 0, keyLength);
                keyBytes = keyScratch;
                keyOffset = 0;
            }
            valueScratch = gather(valueScratch, valueLength);
            visitor.entry(
                    state, number, keyBytes, keyOffset, keyLength, valueScratch, 0, valueLength);
        }

        /**
         * Collects bytes that cross blocks; grows with what was read, not with what was announced.
         */
        private byte[] gather(byte[] scratch, int count) throws IOException {
            long most = packs ? length * Unpacking.MOST_OF_A_BYTE : length;
            if (count < 0 || count > most) {
                throw damaged("a length of " + count + " in key group " + number);
            }
            byte[] target = scratch;
            int done = 0;
            while (done < count) {
                if (position == end) {
                    nextBlock();
                }
                int part = Math.min(count - done, end - position);
                if (target.length < done + part) {
                    target = Arrays.copyOf(target, (int) Math.min(count, 2L * (done + part)));
                }
                System.arraycopy(block, position, target, done, part);
                position += part;
                done += part;
            }
            return target;
        }

        private int varInt() throws IOException {
            int value = 0;
            for (int shift = 0; shift < 35; shift += 7) {
                if (position == end) {
                    nextBlock();
                }
                int next = block[position++];
                value |= (next & 0x7F) << shift;
                if (next >= 0) {
                    return value;
                }
            }
            throw damaged("a number of more than 5 bytes in key group " + number);
        }

        private void nextBlock() throws IOException {
            int word = readInt("block length");
            int mark = packs ? word & CanonicalFormat.PACKED : 0;
            int count = word ^ mark;
            if (count < 1 || count > CanonicalFormat.BLOCK) {
                throw damaged("a block of " + count + " bytes in key group " + number);
            }
            String what = "block " + blocks + " of key group " + number;
            byte[] stored = mark == 0 ? block : packed;
            readFully(stored, count, what);
            expectChecksum(what, CanonicalFormat.checksum(number, blocks | mark, stored, count));
            end = mark == 0 ? count : unpacking.unpack(packed, count, block);
            if (end == 0) {
                throw damaged(
                        "%s, which is not the packed form of 1 to %d bytes"
                                .formatted(what, CanonicalFormat.BLOCK));
            }
            blocks++;
            position = 0;
        }
    }
}
