package io.holdfast.backend.hashmap.format;

import io.holdfast.spi.snapshot.SnapshotOutput;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.toolkit.io.BytesOutput;
import io.holdfast.toolkit.packing.Packing;
import java.io.IOException;
import java.util.Optional;

/**
 * Writes segments into one file, one behind the other. Entries are written into {@link #block()};
 * after each of them {@link #ended} decides whether a block is full. Used by one thread.
 */
public final class SegmentWriter implements AutoCloseable {
    private static final byte[] HEAD_ROOM = new byte[HeapFormat.HEAD];

    private final long id;
    private final Opener opener;
    private final Packing packing;
    private final BytesOutput block = new BytesOutput(HeapFormat.BLOCK + 4096);
    private int keyGroup;
    private boolean isWhole;
    private boolean removals;
    private int keyLength;
    private int valueLength;
    private int count;
    private int lastEnd;
    private long begin;
    private SnapshotOutput out;

    /** Begins a file. */
    @FunctionalInterface
    public interface Opener {

        /**
         * Begins the file, when there is something to write.
         *
         * @return the file, closed by whoever gave it
         * @throws IOException if it cannot be begun
         */
        SnapshotOutput open() throws IOException;
    }

    /**
     * A writer of a file that is not begun yet.
     *
     * @param id of the file
     * @param opener begins it
     * @param packs whether blocks are packed where that pays
     */
    public SegmentWriter(long id, Opener opener, boolean packs) {
        this.id = id;
        this.opener = opener;
        this.packing = packs ? Packing.deflate(HeapFormat.HEAD) : Packing.none();
        empty();
    }

    /**
     * Begins a segment.
     *
     * @param ofKeyGroup the group of its entries
     * @param whole whether it will hold all of them
     */
    public void begin(int ofKeyGroup, boolean whole) {
        keyGroup = ofKeyGroup;
        isWhole = whole;
        begin = position();
        layout(false, 0, 0);
    }

    /**
     * Says that entries come next: what a segment begins with, unless removals are begun.
     *
     * @param lengthOfKeys of every key, 1 to 255; 0 if keys and values bring their lengths
     * @param lengthOfValues of every value, 0 to 255
     * @throws IOException if the file fails
     */
    public void startEntries(int lengthOfKeys, int lengthOfValues) throws IOException {
        start(false, lengthOfKeys, lengthOfValues);
    }

    /**
     * Says that keys of entries come next that are gone.
     *
     * @param lengthOfKeys of every key, 1 to 255; 0 if they bring their lengths
     * @throws IOException if the file fails
     */
    public void startRemovals(int lengthOfKeys) throws IOException {
        start(true, lengthOfKeys, 0);
    }

    private void start(boolean areRemovals, int lengthOfKeys, int lengthOfValues)
            throws IOException {
        if (removals != areRemovals || keyLength != lengthOfKeys || valueLength != lengthOfValues) {
            flush();
            layout(areRemovals, lengthOfKeys, lengthOfValues);
        }
    }

    private void layout(boolean areRemovals, int lengthOfKeys, int lengthOfValues) {
        removals = areRemovals;
        keyLength = lengthOfKeys;
        valueLength = lengthOfValues;
    }

    /**
     * Takes the next entry.
     *
     * @return holds what was written before; the next entry goes behind it
     */
    public BytesOutput block() {
        return block;
    }

    /**
     * Ends some entries, each of which must be small if they are several.
     *
     * @param entries how many were written since the last call
     * @throws IOException if the file fails
     */
    public void ended(int entries) throws IOException {
        int end = block.length();
        if (end - HeapFormat.HEAD > HeapFormat.BLOCK && count > 0) {
            int length = end - lastEnd;
            write(lastEnd);
            System.arraycopy(block.array(), lastEnd, block.array(), HeapFormat.HEAD, length);
            block.truncate(HeapFormat.HEAD + length);
            count = 0;
        }
        count += entries;
        lastEnd = block.length();
        if (lastEnd - HeapFormat.HEAD >= HeapFormat.BLOCK) {
            flush();
        }
    }

    /**
     * Writes a block as it was read.
     *
     * @param whole the block
     * @throws IOException if the file fails
     */
    public void block(Block whole) throws IOException {
        flush();
        layout(whole.isRemovals(), whole.keyLength(), whole.valueLength());
        block.write(whole.bytes(), 0, whole.bytes().length);
        count = whole.count();
        lastEnd = block.length();
        flush();
    }

    /**
     * Ends a segment.
     *
     * @param file tells the file
     * @param <F> type of what tells it
     * @return refers to the segment; of length 0 if nothing was written
     * @throws IOException if the file fails
     */
    public <F> Segment<F> end(F file) throws IOException {
        flush();
        return new Segment<>(file, begin, position() - begin, isWhole);
    }

    private long position() {
        return out == null ? 0 : out.position();
    }

    /**
     * Ends the file.
     *
     * @return refers to it; empty if nothing was written
     * @throws IOException if it could not be stored
     */
    public Optional<StreamHandle> finish() throws IOException {
        return out == null ? Optional.empty() : Optional.of(out.finish());
    }

    /** Gives memory back; what was written stays with whoever gave the file. */
    @Override
    public void close() {
        packing.close();
    }

    private void flush() throws IOException {
        if (count > 0) {
            write(lastEnd);
            empty();
        }
    }

    private void empty() {
        block.reset();
        block.write(HEAD_ROOM, 0, HeapFormat.HEAD);
        count = 0;
        lastEnd = block.length();
    }

    private void write(int end) throws IOException {
        int raw = end - HeapFormat.HEAD;
        byte[] bytes = block.array();
        int packed = raw > HeapFormat.BLOCK ? 0 : packing.pack(bytes, HeapFormat.HEAD, raw);
        byte[] stored = packed > 0 ? packing.packed() : bytes;
        int length = packed > 0 ? packed : raw;
        HeapFormat.INT.set(stored, 0, length);
        HeapFormat.INT.set(stored, 4, raw);
        HeapFormat.INT.set(stored, 8, count);
        stored[12] = (byte) (removals ? HeapFormat.REMOVALS : HeapFormat.ENTRIES);
        stored[13] = (byte) keyLength;
        stored[14] = (byte) valueLength;
        stored[15] = (byte) (packed > 0 ? HeapFormat.DEFLATE : HeapFormat.AS_IS);
        if (out == null) {
            out = opener.open();
        }
        HeapFormat.Place place = new HeapFormat.Place(id, out.position(), keyGroup);
        int crc = HeapFormat.checksum(place, stored, stored, HeapFormat.HEAD, length);
        HeapFormat.INT.set(stored, 16, crc);
        out.write(stored, 0, HeapFormat.HEAD + length);
    }
}
