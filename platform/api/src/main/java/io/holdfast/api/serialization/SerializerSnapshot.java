package io.holdfast.api.serialization;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * What a serializer was when it wrote: stored beside the data, compared when the data are read
 * again.
 *
 * <p>Plain data: no class is loaded from it. A reader that does not know the name can still skip
 * it, because every part has a length. Layout: UTF name, i32 version, i32 length and bytes of the
 * body, i32 count and the nested descriptions.
 *
 * @param name stable name of the encoding, such as {@code long} or {@code record:com.example.Order}
 * @param version version of the encoding, from 1
 * @param body what else decides the encoding, in a form that belongs to the name; copied
 * @param nested descriptions of the serializers of parts, in the order of the parts
 */
public record SerializerSnapshot(
        String name, int version, byte[] body, List<SerializerSnapshot> nested) {

    private static final int MAX_BODY = 16 << 20;
    private static final int MAX_NESTED = 100_000;

    /** How deep descriptions may stand in each other. */
    static final int MAX_DEPTH = 64;

    /** Refuses null parts, copies the body and the list. */
    public SerializerSnapshot {
        Objects.requireNonNull(name, "name");
        body = body.clone();
        nested = List.copyOf(nested);
    }

    /**
     * A description that consists of its name alone.
     *
     * @param name stable name of the encoding
     * @return the description, version 1
     */
    public static SerializerSnapshot named(String name) {
        return new SerializerSnapshot(name, 1, new byte[0], List.of());
    }

    /**
     * A description with parts and nothing else.
     *
     * @param name stable name of the encoding
     * @param nested descriptions of the parts
     * @return the description, version 1
     */
    public static SerializerSnapshot of(String name, SerializerSnapshot... nested) {
        return new SerializerSnapshot(name, 1, new byte[0], List.of(nested));
    }

    @Override
    public byte[] body() {
        return body.clone();
    }

    /**
     * Writes this description.
     *
     * @param out where to
     * @throws IOException if {@code out} fails
     */
    public void writeTo(DataOutput out) throws IOException {
        out.writeUTF(name);
        out.writeInt(version);
        out.writeInt(body.length);
        out.write(body);
        out.writeInt(nested.size());
        for (SerializerSnapshot part : nested) {
            part.writeTo(out);
        }
    }

    /**
     * Reads what {@link #writeTo} wrote.
     *
     * @param in where from
     * @return the description
     * @throws IOException if {@code in} fails, or if a length or the depth is beyond what is
     *     allowed
     */
    public static SerializerSnapshot readFrom(DataInput in) throws IOException {
        return readFrom(in, 0);
    }

    private static SerializerSnapshot readFrom(DataInput in, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new IOException("serializer description is nested deeper than " + MAX_DEPTH);
        }
        String name = in.readUTF();
        int version = in.readInt();
        byte[] body = BasicSerializers.readBytes(in, bounded("body", in.readInt(), MAX_BODY));
        int count = bounded("number of parts", in.readInt(), MAX_NESTED);
        List<SerializerSnapshot> nested = new ArrayList<>(Math.min(count, 16));
        for (int i = 0; i < count; i++) {
            nested.add(readFrom(in, depth + 1));
        }
        return new SerializerSnapshot(name, version, body, nested);
    }

    private static int bounded(String what, int value, int max) throws IOException {
        if (value < 0 || value > max) {
            throw new IOException(
                    "serializer description: " + what + " is " + value + ", allowed 0 to " + max);
        }
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SerializerSnapshot that
                && name.equals(that.name)
                && version == that.version
                && Arrays.equals(body, that.body)
                && nested.equals(that.nested);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, version, Arrays.hashCode(body), nested);
    }

    /** Name, version if above 1, and parts: {@code list<long>}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(name);
        if (version != 1) {
            text.append('#').append(version);
        }
        if (!nested.isEmpty()) {
            text.append('<');
            for (int i = 0; i < nested.size(); i++) {
                text.append(i == 0 ? "" : ", ").append(nested.get(i));
            }
            text.append('>');
        }
        return text.toString();
    }
}
