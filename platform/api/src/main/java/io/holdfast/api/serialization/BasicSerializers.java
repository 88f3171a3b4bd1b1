package io.holdfast.api.serialization;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.Arrays;

/**
 * Serializers of the JDK's immutable basic types; the bytes are Flink's own, so that state moves
 * between the two.
 */
final class BasicSerializers {

    private BasicSerializers() {}

    /** A serializer without state for an immutable type that is described by its name alone. */
    abstract static class Immutable<T> implements Serializer<T> {
        private final SerializerSnapshot snapshot;
        private final int fixedLength;

        Immutable(String name, int fixedLength) {
            this.snapshot = SerializerSnapshot.named(name);
            this.fixedLength = fixedLength;
        }

        @Override
        public final T copy(T value) {
            return value;
        }

        @Override
        public final int fixedLength() {
            return fixedLength;
        }

        @Override
        public final SerializerSnapshot snapshot() {
            return snapshot;
        }

        @Override
        public final Compatibility<T> compatibilityWith(SerializerSnapshot written) {
            return Widening.verdict(this, written);
        }

        @Override
        public final String toString() {
            return snapshot.name();
        }
    }

    /** Writes one value. */
    interface Writing<T> {
        void write(T value, DataOutput out) throws IOException;
    }

    /** Reads one value; what the value's own class refuses is an error of the data. */
    interface Reading<T> {
        T read(DataInput in) throws IOException;
    }

    /** A serializer of an immutable type, made of its two directions. */
    static <T> Serializer<T> immutable(
            String name, int fixedLength, Writing<T> writing, Reading<T> reading) {
        return new Immutable<>(name, fixedLength) {
            @Override
            public void write(T value, DataOutput out) throws IOException {
                writing.write(value, out);
            }

            @Override
            public T read(DataInput in) throws IOException {
                try {
                    return reading.read(in);
                } catch (DateTimeException | ArithmeticException e) {
                    throw new IOException("not a value of type " + name + ": " + e.getMessage(), e);
                }
            }
        };
    }

    static final Serializer<Boolean> BOOLEAN =
            new Immutable<>("boolean", 1) {
                @Override
                public void write(Boolean value, DataOutput out) throws IOException {
                    out.writeBoolean(value);
                }

                @Override
                public Boolean read(DataInput in) throws IOException {
                    return in.readBoolean();
                }
            };

    static final Serializer<Byte> BYTE =
            new Immutable<>("byte", 1) {
                @Override
                public void write(Byte value, DataOutput out) throws IOException {
                    out.writeByte(value);
                }

                @Override
                public Byte read(DataInput in) throws IOException {
                    return in.readByte();
                }
            };

    static final Serializer<Short> SHORT =
            new Immutable<>("short", 2) {
                @Override
                public void write(Short value, DataOutput out) throws IOException {
                    out.writeShort(value);
                }

                @Override
                public Short read(DataInput in) throws IOException {
                    return in.readShort();
                }
            };

    static final Serializer<Character> CHARACTER =
            new Immutable<>("character", 2) {
                @Override
                public void write(Character value, DataOutput out) throws IOException {
                    out.writeChar(value);
                }

                @Override
                public Character read(DataInput in) throws IOException {
                    return in.readChar();
                }
            };

    static final Serializer<Integer> INTEGER =
            new Immutable<>("integer", 4) {
                @Override
                public void write(Integer value, DataOutput out) throws IOException {
                    out.writeInt(value);
                }

                @Override
                public Integer read(DataInput in) throws IOException {
                    return in.readInt();
                }
            };

    static final Serializer<Long> LONG =
            new Immutable<>("long", 8) {
                @Override
                public void write(Long value, DataOutput out) throws IOException {
                    out.writeLong(value);
                }

                @Override
                public Long read(DataInput in) throws IOException {
                    return in.readLong();
                }
            };

    static final Serializer<Float> FLOAT =
            new Immutable<>("float", 4) {
                @Override
                public void write(Float value, DataOutput out) throws IOException {
                    out.writeFloat(value);
                }

                @Override
                public Float read(DataInput in) throws IOException {
                    return in.readFloat();
                }
            };

    static final Serializer<Double> DOUBLE =
            new Immutable<>("double", 8) {
                @Override
                public void write(Double value, DataOutput out) throws IOException {
                    out.writeDouble(value);
                }

                @Override
                public Double read(DataInput in) throws IOException {
                    return in.readDouble();
                }
            };

    /** i32 length, bytes. The bytes are mutable, so they are copied. */
    static final Serializer<byte[]> BYTES =
            new Serializer<>() {
                private final SerializerSnapshot snapshot = SerializerSnapshot.named("bytes");

                @Override
                public void write(byte[] value, DataOutput out) throws IOException {
                    out.writeInt(value.length);
                    out.write(value);
                }

                @Override
                public byte[] read(DataInput in) throws IOException {
                    return readBytes(in, in.readInt());
                }

                @Override
                public byte[] copy(byte[] value) {
                    return value.clone();
                }

                @Override
                public int fixedLength() {
                    return VARIABLE_LENGTH;
                }

                @Override
                public SerializerSnapshot snapshot() {
                    return snapshot;
                }

                @Override
                public String toString() {
                    return snapshot.name();
                }
            };

    /**
     * Length plus one, then every UTF-16 unit, each as a number of 7 bits a byte, lowest first.
     * Text of ASCII characters therefore takes one byte each and is moved as a block where
     * possible.
     */
    static final Serializer<String> STRING =
            new Immutable<>("string", Serializer.VARIABLE_LENGTH) {
                @Override
                public void write(String value, DataOutput out) throws IOException {
                    int length = value.length();
                    writeVarInt(length + 1, out);
                    if (isAscii(value, length)) {
                        out.writeBytes(value);
                        return;
                    }
                    for (int i = 0; i < length; i++) {
                        writeVarInt(value.charAt(i), out);
                    }
                }

                @Override
                public String read(DataInput in) throws IOException {
                    int length = readVarInt(in) - 1;
                    if (length < 0) {
                        throw new IOException("a string begins with length " + length);
                    }
                    // Each unit takes a byte or more, so this reads none too many.
                    byte[] begin = new byte[Math.min(length, 1 << 16)];
                    in.readFully(begin);
                    return begin.length == length && isAscii(begin)
                            ? new String(begin, StandardCharsets.ISO_8859_1)
                            : readUnits(length, begin, in);
                }
            };

    /** Reads UTF-16 units whose first bytes were read already. */
    private static String readUnits(int length, byte[] begin, DataInput in) throws IOException {
        char[] text = new char[begin.length];
        int at = 0;
        for (int i = 0; i < length; i++) {
            if (i == text.length) {
                text = Arrays.copyOf(text, (int) Math.min(length, 2L * i));
            }
            int unit = 0;
            int next = -1;
            for (int shift = 0; next < 0; shift += 7) {
                next = at < begin.length ? begin[at++] : in.readByte();
                unit |= (next & 0x7F) << shift;
                if (shift > 14 || unit >>> 16 != 0) {
                    throw new IOException("a string holds unit " + unit);
                }
            }
            text[i] = (char) unit;
        }
        return new String(text, 0, length);
    }

    private static boolean isAscii(byte[] bytes) {
        for (byte each : bytes) {
            if (each < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAscii(String value, int length) {
        for (int i = 0; i < length; i++) {
            if (value.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    static void writeVarInt(int value, DataOutput out) throws IOException {
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            out.writeByte(rest | 0x80);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }

    static int readVarInt(DataInput in) throws IOException {
        int first = in.readByte();
        return first >= 0 ? first : continueVarInt(first, in);
    }

    private static int continueVarInt(int first, DataInput in) throws IOException {
        int value = first & 0x7F;
        for (int shift = 7; shift < 35; shift += 7) {
            int next = in.readByte();
            value |= (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IOException("a number of more than 5 bytes");
    }

    /**
     * Reads {@code length} bytes without trusting the length: memory grows with what really
     * arrives.
     */
    static byte[] readBytes(DataInput in, int length) throws IOException {
        if (length < 0) {
            throw new IOException("a negative length: " + length);
        }
        byte[] bytes = new byte[Math.min(length, 1 << 20)];
        int filled = 0;
        while (true) {
            try {
                in.readFully(bytes, filled, bytes.length - filled);
            } catch (EOFException end) {
                throw new EOFException("a length of " + length + " is beyond the end of the data");
            }
            filled = bytes.length;
            if (filled == length) {
                return bytes;
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * filled));
        }
    }
}
