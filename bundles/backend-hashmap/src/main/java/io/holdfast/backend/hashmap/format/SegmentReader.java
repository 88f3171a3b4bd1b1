package io.holdfast.backend.hashmap.format;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.spi.filesystem.SeekableInput;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.toolkit.packing.Unpacking;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * Reads segments of one file; trusts nothing in it. Whatever is wrong with the bytes becomes a
 * SNAPSHOT-4001 that names file and position; {@link IOException} means that reading itself failed.
 * Used by one thread.
 */
public final class SegmentReader implements AutoCloseable {
    private final long id;
    private final StreamHandle stream;
    private final SeekableInput in;
    private final long length;
    private final byte[] head = new byte[HeapFormat.HEAD];
    private final Unpacking unpacking = new Unpacking();
    private long position;

    /**
     * A reader of an open file.
     *
     * @param id of the file, which its blocks are bound to
     * @param stream names it in messages
     * @param in its bytes; closed with this reader, and by a failure to make it
     * @throws IOException if its length cannot be told
     */
    public SegmentReader(long id, StreamHandle stream, SeekableInput in) throws IOException {
        this.id = id;
        this.stream = stream;
        this.in = in;
        try {
            this.length = in.length();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Reads the blocks of a segment.
     *
     * @param segment which
     * @param keyGroup the group of its entries
     * @param blocks takes them in order
     * @throws IOException if reading fails
     * @throws HoldfastException SNAPSHOT-4001 if the file is damaged
     */
    public void read(Segment<?> segment, int keyGroup, Consumer<Block> blocks) throws IOException {
        long end = segment.offset() + segment.length();
        position = segment.offset();
        if (position < 0 || segment.length() < 0 || end < position || end > length) {
            throw damaged("%d bytes wanted, %d there".formatted(segment.length(), length));
        }
        in.seek(position);
        while (position < end) {
            blocks.accept(block(end - position, keyGroup, segment.isWhole()));
        }
    }

    private Block block(long left, int keyGroup, boolean whole) throws IOException {
        if (left < HeapFormat.HEAD) {
            throw damaged(left + " bytes behind the last block");
        }
        readFully(head);
        int stored = (int) HeapFormat.INT.get(head, 0);
        int raw = (int) HeapFormat.INT.get(head, 4);
        int count = (int) HeapFormat.INT.get(head, 8);
        if (stored < 0 || stored > left - HeapFormat.HEAD) {
            throw damaged("a block of %d bytes where %d are left".formatted(stored, left));
        }
        byte[] payload = new byte[stored];
        readFully(payload);
        HeapFormat.Place place = new HeapFormat.Place(id, position, keyGroup);
        int crc = HeapFormat.checksum(place, head, payload, 0, stored);
        int said = (int) HeapFormat.INT.get(head, 16);
        if (crc != said) {
            throw damaged("checksum %08x, expected %08x".formatted(crc, said));
        }
        byte[] bytes = unpacked(payload, raw);
        boolean removals = head[12] == HeapFormat.REMOVALS;
        int keyLength = head[13] & 0xFF;
        int valueLength = head[14] & 0xFF;
        int each = keyLength + (removals ? 0 : valueLength);
        if (head[12] != HeapFormat.ENTRIES && !removals
                || removals && whole
                || keyLength > 0 && (long) each * count != raw
                || count < 1) {
            throw damaged(
                    "a block of kind %d with %d entries of %d + %d bytes in %d bytes"
                            .formatted(head[12], count, keyLength, valueLength, raw));
        }
        position += HeapFormat.HEAD + stored;
        return new Block(bytes, count, removals, whole, keyLength, valueLength);
    }

    private byte[] unpacked(byte[] payload, int raw) {
        int pack = head[15];
        if (pack == HeapFormat.AS_IS && raw == payload.length) {
            return payload;
        }
        boolean packed = pack == HeapFormat.DEFLATE && raw > 0 && raw <= HeapFormat.BLOCK;
        byte[] bytes = new byte[packed ? raw : 0];
        if (packed && unpacking.unpack(payload, payload.length, bytes) == raw) {
            return bytes;
        }
        throw damaged("%d bytes packed by %d into %d".formatted(raw, pack, payload.length));
    }

    private void readFully(byte[] target) throws IOException {
        if (in.readNBytes(target, 0, target.length) < target.length) {
            throw damaged("the end of the file");
        }
    }

    private HoldfastException damaged(String what) {
        return HeapFormat.damaged(stream, position, what);
    }

    @Override
    public void close() throws IOException {
        unpacking.close();
        in.close();
    }
}
