package io.holdfast.runtime.state;

import io.holdfast.api.error.Problem;
import io.holdfast.api.serialization.SerializerSnapshot;
import io.holdfast.toolkit.io.BytesInput;
import io.holdfast.toolkit.io.BytesOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The format {@code operator-state/1}: all operator state of one subtask of one operator, in one
 * stream. Numbers are big-endian; UTF is Java's modified UTF-8 with a 16-bit length.
 *
 * <pre>
 * stream  := u32 0x484F5053 ("HOPS"), u16 version = 1, i32 count, count * state, u32 crc
 * state   := UTF name, u8 distribution (0 split, 1 union, 2 broadcast),
 *            u8 serializers (1, or 2 for broadcast), that many serializer descriptions,
 *            i32 elements, elements * (i32 length, bytes)
 * crc     := CRC-32C of all bytes before it
 * </pre>
 *
 * <p>An element is what its serializer wrote; an element of a broadcast state is the map key and
 * then the map value. Elements carry their length so that they can be dealt out to other subtasks,
 * and kept by jobs that do not ask for the state, without knowing their serializer. The checksum is
 * verified before anything is decoded, because the stream may lie where no storage verifies it.
 */
final class OperatorStateFormat {
    private static final int MAGIC = 0x484F5053;
    private static final int VERSION = 1;
    private static final int MAX_NAME = 1_000;

    private OperatorStateFormat() {}

    static byte[] write(List<StoredState> states) throws IOException {
        BytesOutput out = new BytesOutput();
        out.writeInt(MAGIC);
        out.writeShort(VERSION);
        out.writeInt(states.size());
        for (StoredState state : states) {
            out.writeUTF(state.name());
            out.writeByte(state.distribution().code());
            out.writeByte(state.serializers().size());
            for (SerializerSnapshot serializer : state.serializers()) {
                serializer.writeTo(out);
            }
            out.writeInt(state.elements().size());
            for (byte[] element : state.elements()) {
                out.writeInt(element.length);
                out.write(element);
            }
        }
        out.writeInt(crc(out.array(), out.length()));
        return out.toByteArray();
    }

    static List<StoredState> read(byte[] bytes, String where) {
        if (bytes.length < 14) {
            throw damaged(where, "at least 14 bytes", bytes.length + " bytes").exception();
        }
        try {
            BytesInput in = new BytesInput().wrap(bytes, 0, bytes.length);
            int magic = in.readInt();
            int version = in.readUnsignedShort();
            if (magic != MAGIC || version != VERSION) {
                throw Problem.data("SNAPSHOT-4020", "Not operator state of a known format.")
                        .with("where", where)
                        .with("expected", "operator-state/1")
                        .with("found", "magic %08x, version %d".formatted(magic, version))
                        .advise("restore with the version of Holdfast that wrote it")
                        .exception();
            }
            int length = bytes.length - 4;
            int expected = new BytesInput().wrap(bytes, length, 4).readInt();
            int found = crc(bytes, length);
            if (expected != found) {
                throw damaged(
                                where,
                                "CRC-32C %08x".formatted(expected),
                                "CRC-32C %08x".formatted(found))
                        .exception();
            }
            in.wrap(bytes, 6, length - 6);
            int count = in.readInt();
            List<StoredState> states = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                states.add(readState(in));
            }
            return states;
        } catch (IOException | IllegalArgumentException e) {
            throw damaged(where, "operator-state/1", e.getMessage()).exception(e);
        }
    }

    private static StoredState readState(BytesInput in) throws IOException {
        String name = in.readUTF();
        if (name.length() > 2 * MAX_NAME) {
            throw new IOException("a name of " + name.length() + " characters");
        }
        Distribution distribution = Distribution.ofCode(in.readUnsignedByte());
        SerializerSnapshot[] serializers = new SerializerSnapshot[in.readUnsignedByte()];
        for (int i = 0; i < serializers.length; i++) {
            serializers[i] = SerializerSnapshot.readFrom(in);
        }
        int count = in.readInt();
        List<byte[]> elements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int length = in.readInt();
            if (length < 0 || length > in.remaining()) {
                throw new IOException(
                        "an element of %d bytes where %d are left"
                                .formatted(length, in.remaining()));
            }
            byte[] element = new byte[length];
            in.readFully(element);
            elements.add(element);
        }
        return new StoredState(name, distribution, Arrays.asList(serializers), elements);
    }

    private static Problem.Builder damaged(String where, String expected, String found) {
        return Problem.data("SNAPSHOT-4021", "Operator state is damaged.")
                .with("where", where)
                .with("expected", expected)
                .with("found", found)
                .advise("restore an earlier checkpoint");
    }

    private static int crc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
