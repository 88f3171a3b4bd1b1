package io.holdfast.toolkit.packing;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Makes payloads whole again that {@link Packing} made smaller; trusts nothing in them. Used by one
 * thread.
 */
public final class Unpacking implements AutoCloseable {

    /** No byte of DEFLATE becomes more than so many. */
    public static final int MOST_OF_A_BYTE = 1032;

    private final Inflater inflater = new Inflater(true);
    private final byte[] more = new byte[1];

    /** Ready to unpack; the caller closes it. */
    public Unpacking() {}

    /**
     * Unpacks a payload. Takes no memory but {@code target}, whatever the payload says.
     *
     * @param packed holds the packed payload from its first byte on
     * @param length its length
     * @param target takes the payload; has room for as much as it may be
     * @return length of the payload; 0 if the bytes are not the packed form of 1 to {@code
     *     target.length} bytes, to the last of them
     */
    public int unpack(byte[] packed, int length, byte[] target) {
        inflater.reset();
        inflater.setInput(packed, 0, length);
        try {
            int unpacked = inflater.inflate(target);
            boolean whole =
                    inflater.inflate(more) == 0
                            && inflater.finished()
                            && inflater.getRemaining() == 0;
            return whole ? unpacked : 0;
        } catch (DataFormatException e) {
            return 0;
        }
    }

    /** Gives the memory back. Idempotent. */
    @Override
    public void close() {
        inflater.end();
    }
}
