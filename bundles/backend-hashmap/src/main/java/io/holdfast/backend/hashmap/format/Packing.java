package io.holdfast.backend.hashmap.format;

/** How the payload of a block is made smaller. Used by one thread. */
public interface Packing {

    /** Leaves every block as it is. */
    Packing NONE =
            new Packing() {
                @Override
                public int pack(byte[] bytes, int offset, int length) {
                    return 0;
                }

                @Override
                public byte[] packed() {
                    throw new IllegalStateException("nothing was packed");
                }
            };

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
}
