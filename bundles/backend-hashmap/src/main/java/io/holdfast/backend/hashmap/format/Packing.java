package io.holdfast.backend.hashmap.format;

import java.util.zip.Deflater;

/** How the payload of a block is made smaller. Used by one thread. */
public sealed interface Packing extends AutoCloseable {
    /*
     * The JDK's own DEFLATE at its fastest level. A library for LZ4 is several times faster, but
     * every host of the module would need it too, in all worlds; checkpoints are compressed by
     * several threads, by choice, where the disk or the network is the narrow place.
     */

    /** Leaves every block as it is. */
    static Packing none() {
        return new None();
    }

    /** Packs with DEFLATE (RFC 1951), where that saves an eighth or more. */
    static Packing deflate() {
        return new Deflate();
    }

    /**
     * Packs a payload.
     *
     * @param bytes holds it
     * @param offset where it begins
     * @param length its length, at most 65,536
     * @return length of the packed payload; 0 if that does not pay
     */
    int pack(byte[] bytes, int offset, int length);

    /**
     * What was packed last.
     *
     * @return the packed payload, behind room for the head of a block
     */
    byte[] packed();

    /** Gives the memory back. */
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
        private final byte[] packed = new byte[HeapFormat.HEAD + HeapFormat.BLOCK];

        private Deflate() {}

        @Override
        public int pack(byte[] bytes, int offset, int length) {
            int worthwhile = length - length / 8;
            deflater.reset();
            deflater.setInput(bytes, offset, length);
            deflater.finish();
            int written = deflater.deflate(packed, HeapFormat.HEAD, worthwhile);
            return deflater.finished() ? written : 0;
        }

        @Override
        public byte[] packed() {
            return packed;
        }

        @Override
        public void close() {
            deflater.end();
        }
    }
}
