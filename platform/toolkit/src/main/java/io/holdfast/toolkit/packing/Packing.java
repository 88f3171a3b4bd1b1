package io.holdfast.toolkit.packing;

import java.util.zip.Deflater;

/**
 * How the payload of a block is made smaller. Used by one thread, but {@link #close()} may be
 * called from another.
 */
public sealed interface Packing extends AutoCloseable {
    /*
     * The JDK's own DEFLATE at its fastest level. A library for LZ4 is several times faster, but
     * every host of the module would need it too, in all worlds; snapshots are compressed by
     * choice, where the disk or the network is the narrow place.
     */

    /** Most bytes of a payload that is packed. */
    int MOST = 1 << 16;

    /**
     * Leaves every payload as it is.
     *
     * @return the packing
     */
    static Packing none() {
        return new None();
    }

    /**
     * Packs with DEFLATE (RFC 1951), where that saves an eighth or more.
     *
     * @param room bytes to be left free before a packed payload, for the head of its block; 0 or
     *     more
     * @return the packing; the caller closes it
     */
    static Packing deflate(int room) {
        return new Deflate(room);
    }

    /**
     * Packs a payload.
     *
     * @param bytes holds it
     * @param offset where it begins
     * @param length its length, at most {@link #MOST}
     * @return length of the packed payload; 0 if that does not pay, or if this is closed
     */
    int pack(byte[] bytes, int offset, int length);

    /**
     * What was packed last.
     *
     * @return the packed payload, behind the room that was asked for; used again for the next one
     * @throws IllegalStateException if nothing is ever packed here
     */
    byte[] packed();

    /** Gives the memory back. Idempotent. */
    @Override
    void close();

    /** As it is. */
    record None() implements Packing {
        @Override
        public int pack(byte[] bytes, int offset, int length) {
            return 0;
        }

        @Override
        public byte[] packed() {
            throw new IllegalStateException("nothing was packed");
        }

        @Override
        public void close() {}
    }

    /** DEFLATE without a header. */
    final class Deflate implements Packing {
        private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        private final int room;
        private final byte[] packed;
        private boolean closed;

        private Deflate(int room) {
            this.room = room;
            this.packed = new byte[room + MOST];
        }

        @Override
        public synchronized int pack(byte[] bytes, int offset, int length) {
            if (closed) {
                return 0;
            }
            int worthwhile = length - length / 8;
            deflater.reset();
            deflater.setInput(bytes, offset, length);
            deflater.finish();
            int written = deflater.deflate(packed, room, worthwhile);
            return deflater.finished() ? written : 0;
        }

        @Override
        public byte[] packed() {
            return packed;
        }

        @Override
        public synchronized void close() {
            closed = true;
            deflater.end();
        }
    }
}
