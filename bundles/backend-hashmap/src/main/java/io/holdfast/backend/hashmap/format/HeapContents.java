package io.holdfast.backend.hashmap.format;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.spi.filesystem.SeekableInput;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.SnapshotOutput;
import io.holdfast.spi.snapshot.SnapshotSource;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.toolkit.canonical.CanonicalHeader;
import io.holdfast.toolkit.io.BytesInput;
import io.holdfast.toolkit.io.BytesOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * What a snapshot of {@link HeapFormat} consists of: its meta stream.
 *
 * @param header what its entries are
 * @param files ids of the files, in the order of the handle
 * @param chains for each state, for each key group of the range its segments, whose files are told
 *     by number
 */
public record HeapContents(
        CanonicalHeader header, List<Long> files, List<List<List<Segment<Integer>>>> chains) {

    /** Copies the list of files. */
    public HeapContents {
        files = List.copyOf(files);
    }

    /**
     * Writes it.
     *
     * @param out an empty stream; the caller finishes and closes it
     * @throws IOException if the stream fails
     */
    public void writeTo(SnapshotOutput out) throws IOException {
        BytesOutput bytes = new BytesOutput(1024);
        bytes.writeInt(HeapFormat.MAGIC);
        bytes.writeInt(HeapFormat.VERSION);
        bytes.writeInt(0);
        int begin = bytes.length();
        header.writeTo(bytes);
        bytes.writeVarInt(files.size());
        files.forEach(bytes::writeLong);
        for (List<List<Segment<Integer>>> state : chains) {
            for (List<Segment<Integer>> chain : state) {
                bytes.writeVarInt(chain.size());
                for (Segment<Integer> segment : chain) {
                    bytes.writeVarInt(2 * segment.file() + (segment.isWhole() ? 1 : 0));
                    writeVarLong(segment.offset(), bytes);
                    writeVarLong(segment.length(), bytes);
                }
            }
        }
        int length = bytes.length() - begin;
        HeapFormat.INT.set(bytes.array(), begin - 4, length);
        bytes.writeInt(checksum(bytes.array(), begin, length));
        out.write(bytes.array(), 0, bytes.length());
    }

    private static int checksum(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    private static void writeVarLong(long value, BytesOutput out) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.writeByte((int) rest | 0x80);
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }

    private static long readVarLong(BytesInput in) throws IOException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            long next = in.readByte();
            value |= (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IOException("a number of more than 10 bytes");
    }

    /**
     * Reads the meta stream of a snapshot.
     *
     * @param handle refers to the snapshot, whose format is {@link HeapFormat#NAME}
     * @param source opens streams
     * @return what it consists of; every number of a file is one of the handle's
     * @throws IOException if reading fails
     * @throws HoldfastException SNAPSHOT-4001 if it is damaged
     */
    public static HeapContents read(KeyedSnapshotHandle.Incremental handle, SnapshotSource source)
            throws IOException {
        byte[] bytes;
        try (SeekableInput in = source.open(handle.meta())) {
            long length = in.length();
            if (length < 16 || length > HeapFormat.MAX_CONTENTS) {
                throw damaged(handle.meta(), length + " bytes");
            }
            bytes = new byte[(int) length];
            if (in.readNBytes(bytes, 0, bytes.length) < bytes.length) {
                throw damaged(handle.meta(), "the end of the stream");
            }
        }
        BytesInput in = new BytesInput().wrap(bytes, 0, bytes.length);
        int magic = in.readInt();
        int version = in.readInt();
        if (magic != HeapFormat.MAGIC || version != HeapFormat.VERSION) {
            throw damaged(handle.meta(), "magic %08x version %d".formatted(magic, version));
        }
        int length = in.readInt();
        if (length != bytes.length - 16) {
            throw damaged(handle.meta(), "contents of %d bytes".formatted(length));
        }
        int crc = checksum(bytes, 12, length);
        int said = (int) HeapFormat.INT.get(bytes, 12 + length);
        if (crc != said) {
            throw damaged(handle.meta(), "checksum %08x, expected %08x".formatted(crc, said));
        }
        return parsed(handle, new BytesInput().wrap(bytes, 12, length));
    }

    private static HeapContents parsed(KeyedSnapshotHandle.Incremental handle, BytesInput in)
            throws IOException {
        try {
            CanonicalHeader header = CanonicalHeader.readFrom(in);
            KeyGroupRange range = handle.keyGroups();
            int named = handle.shared().size() + handle.exclusive().size();
            int count = in.readVarInt();
            if (!header.keyGroups().equals(range) || count != named) {
                throw new IOException(
                        "key groups %s and %d files where the handle says %s and %d"
                                .formatted(header.keyGroups(), count, range, named));
            }
            List<Long> files = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                files.add(in.readLong());
            }
            List<List<List<Segment<Integer>>>> chains = new ArrayList<>();
            for (int state = 0; state < header.states().size(); state++) {
                List<List<Segment<Integer>>> ofGroups = new ArrayList<>();
                for (int group = 0; group < range.size(); group++) {
                    ofGroups.add(chain(in, count));
                }
                chains.add(ofGroups);
            }
            if (in.remaining() > 0) {
                throw new IOException(in.remaining() + " bytes behind the last chain");
            }
            return new HeapContents(header, files, chains);
        } catch (IOException e) {
            throw damaged(handle.meta(), "contents that cannot be: " + e.getMessage());
        }
    }

    private static List<Segment<Integer>> chain(BytesInput in, int files) throws IOException {
        int count = in.readVarInt();
        if (count == 0) {
            return List.of();
        }
        List<Segment<Integer>> chain = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = in.readVarInt();
            long offset = readVarLong(in);
            long length = readVarLong(in);
            boolean whole = (number & 1) == 1;
            int file = number >>> 1;
            if (file >= files || whole != (i == 0)) {
                throw new IOException("segment %d in file %d of %d".formatted(i, file, files));
            }
            chain.add(new Segment<>(file, offset, length, whole));
        }
        return chain;
    }

    private static HoldfastException damaged(StreamHandle stream, String what) {
        return HeapFormat.damaged(stream, 0, what);
    }
}
