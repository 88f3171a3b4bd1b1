package io.holdfast.api.serialization;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;

/** Values as bytes and back. */
final class Bytes {

    private Bytes() {}

    static <T> byte[] of(Serializer<T> serializer, T value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        serializer.write(value, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    static <T> String hex(Serializer<T> serializer, T value) throws IOException {
        return HexFormat.of().formatHex(of(serializer, value));
    }

    static <T> T read(Serializer<T> serializer, byte[] bytes) throws IOException {
        return serializer.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }

    /** A stream that gives one byte a read, as a slow network does. */
    static DataInputStream drops(byte[] bytes) {
        InputStream slow =
                new FilterInputStream(new ByteArrayInputStream(bytes)) {
                    @Override
                    public int read(byte[] target, int offset, int count) throws IOException {
                        return super.read(target, offset, Math.min(count, 1));
                    }
                };
        return new DataInputStream(slow);
    }
}
