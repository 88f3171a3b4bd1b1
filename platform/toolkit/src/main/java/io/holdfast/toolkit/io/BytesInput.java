package io.holdfast.toolkit.io;

import java.io.ByteArrayInputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;

/**
 * A data input over a part of a byte array. Reading beyond its end gives an {@link EOFException}.
 */
public final class BytesInput implements DataInput {
    private byte[] bytes = {};
    private int position;
    private int end;

    /** An empty input. */
    public BytesInput() {}

    /**
     * Reads from another part of an array from now on.
     *
     * @param source the array; not copied
     * @param offset where to begin
     * @param length how many bytes there are
     * @return this input
     */
    public BytesInput wrap(byte[] source, int offset, int length) {
        java.util.Objects.checkFromIndexSize(offset, length, source.length);
        bytes = source;
        position = offset;
        end = offset + length;
        return this;
    }

    /**
     * Where the next byte is.
     *
     * @return index in the array
     */
    public int position() {
        return position;
    }

    /**
     * Number of bytes left.
     *
     * @return the number
     */
    public int remaining() {
        return end - position;
    }

    private int advance(int count) throws EOFException {
        int start = position;
        if (count < 0 || end - start < count) {
            throw new EOFException("%d bytes wanted, %d left".formatted(count, end - start));
        }
        position = start + count;
        return start;
    }

    @Override
    public void readFully(byte[] target) throws IOException {
        readFully(target, 0, target.length);
    }

    @Override
    public void readFully(byte[] target, int offset, int count) throws IOException {
        int start = advance(count);
        System.arraycopy(bytes, start, target, offset, count);
    }

    @Override
    public int skipBytes(int count) {
        int skipped = Math.max(0, Math.min(count, remaining()));
        position += skipped;
        return skipped;
    }

    @Override
    public boolean readBoolean() throws IOException {
        return readByte() != 0;
    }

    @Override
    public byte readByte() throws IOException {
        int start = advance(1);
        return bytes[start];
    }

    @Override
    public int readUnsignedByte() throws IOException {
        return readByte() & 0xFF;
    }

    @Override
    public short readShort() throws IOException {
        int start = advance(2);
        return (short) (bytes[start] << 8 | bytes[start + 1] & 0xFF);
    }

    @Override
    public int readUnsignedShort() throws IOException {
        return readShort() & 0xFFFF;
    }

    @Override
    public char readChar() throws IOException {
        return (char) readShort();
    }

    @Override
    public int readInt() throws IOException {
        int start = advance(4);
        return (int) BigEndian.INT.get(bytes, start);
    }

    @Override
    public long readLong() throws IOException {
        int start = advance(8);
        return (long) BigEndian.LONG.get(bytes, start);
    }

    @Override
    public float readFloat() throws IOException {
        return Float.intBitsToFloat(readInt());
    }

    @Override
    public double readDouble() throws IOException {
        return Double.longBitsToDouble(readLong());
    }

    /** Not supported, as it is defined by platform encodings nobody stores. */
    @Override
    public String readLine() {
        throw new UnsupportedOperationException("readLine");
    }

    @Override
    public String readUTF() throws IOException {
        int length = readUnsignedShort();
        int start = advance(length);
        byte[] framed = new byte[length + 2];
        framed[0] = (byte) (length >>> 8);
        framed[1] = (byte) length;
        System.arraycopy(bytes, start, framed, 2, length);
        return new DataInputStream(new ByteArrayInputStream(framed)).readUTF();
    }

    /**
     * Reads what {@link BytesOutput#writeVarInt} wrote.
     *
     * @return the number
     * @throws IOException if it has more than 5 bytes or the input ends
     */
    public int readVarInt() throws IOException {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = readByte();
            value |= (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IOException("a number of more than 5 bytes");
    }
}
