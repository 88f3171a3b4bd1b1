package io.holdfast.toolkit.io;

import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;

/** A data output into a byte array that grows and is used again. */
public final class BytesOutput implements DataOutput {
    private static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

    private byte[] bytes;
    private int length;

    /**
     * An empty output.
     *
     * @param capacity bytes to hold before the array grows, at least 1
     */
    public BytesOutput(int capacity) {
        bytes = new byte[capacity];
    }

    /**
     * The array that holds the bytes at its beginning.
     *
     * @return the array itself; valid until the next write
     */
    public byte[] array() {
        return bytes;
    }

    /**
     * Number of bytes written.
     *
     * @return the length
     */
    public int length() {
        return length;
    }

    /**
     * The bytes written.
     *
     * @return a copy
     */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    /** Forgets everything written; keeps the array. */
    public void reset() {
        length = 0;
    }

    /**
     * Forgets the bytes from a position on.
     *
     * @param newLength bytes to keep, 0 to {@link #length()}
     */
    public void truncate(int newLength) {
        if (newLength < 0 || newLength > length) {
            throw new IllegalArgumentException(
                    "cannot truncate " + length + " bytes to " + newLength);
        }
        length = newLength;
    }

    /** Makes room and returns where it begins. */
    private int advance(int count) {
        int start = length;
        if (bytes.length - start < count) {
            grow(count);
        }
        length = start + count;
        return start;
    }

    private void grow(int count) {
        long wanted = (long) length + count;
        if (wanted > MAX_LENGTH) {
            throw new IllegalStateException(
                    "more than " + MAX_LENGTH + " bytes do not fit into one array");
        }
        bytes =
                Arrays.copyOf(
                        bytes, (int) Math.min(MAX_LENGTH, Math.max(wanted, 2L * bytes.length)));
    }

    @Override
    public void write(int value) {
        writeByte(value);
    }

    @Override
    public void write(byte[] source) {
        write(source, 0, source.length);
    }

    @Override
    public void write(byte[] source, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, source.length);
        int start = advance(count);
        System.arraycopy(source, offset, bytes, start, count);
    }

    @Override
    public void writeBoolean(boolean value) {
        writeByte(value ? 1 : 0);
    }

    @Override
    public void writeByte(int value) {
        int start = advance(1);
        bytes[start] = (byte) value;
    }

    @Override
    public void writeShort(int value) {
        int start = advance(2);
        bytes[start] = (byte) (value >>> 8);
        bytes[start + 1] = (byte) value;
    }

    @Override
    public void writeChar(int value) {
        writeShort(value);
    }

    @Override
    public void writeInt(int value) {
        int start = advance(4);
        BigEndian.INT.set(bytes, start, value);
    }

    @Override
    public void writeLong(long value) {
        int start = advance(8);
        BigEndian.LONG.set(bytes, start, value);
    }

    @Override
    public void writeFloat(float value) {
        writeInt(Float.floatToIntBits(value));
    }

    @Override
    public void writeDouble(double value) {
        writeLong(Double.doubleToLongBits(value));
    }

    /** The low bytes of the characters, moved as a block. */
    @Override
    @SuppressWarnings(
            "deprecation") // the one method of String that copies low bytes without a detour
    public void writeBytes(String text) {
        int count = text.length();
        int start = advance(count);
        text.getBytes(0, count, bytes, start);
    }

    @Override
    public void writeChars(String text) {
        for (int i = 0; i < text.length(); i++) {
            writeShort(text.charAt(i));
        }
    }

    @Override
    public void writeUTF(String text) throws IOException {
        new java.io.DataOutputStream(
                        new java.io.OutputStream() {
                            @Override
                            public void write(int value) {
                                writeByte(value);
                            }

                            @Override
                            public void write(byte[] source, int offset, int count) {
                                BytesOutput.this.write(source, offset, count);
                            }
                        })
                .writeUTF(text);
    }

    /**
     * Writes a number of 7 bits a byte, lowest first: 1 to 5 bytes.
     *
     * @param value the number, read as unsigned
     */
    public void writeVarInt(int value) {
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            writeByte(rest | 0x80);
            rest >>>= 7;
        }
        writeByte(rest);
    }
}
