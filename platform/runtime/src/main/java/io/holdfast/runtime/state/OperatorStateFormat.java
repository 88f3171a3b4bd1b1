package io.holdfast.runtime.state;

import io.holdfast.api.error.Problem;
import io.holdfast.toolkit.io.BytesInput;
import io.holdfast.toolkit.io.BytesOutput;
import io.holdfast.toolkit.metadata.OperatorStateHandle.Distribution;
import io.holdfast.toolkit.metadata.OperatorStateHandle.NamedState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The format {@code operator-state/1}: all operator state of one subtask of one operator, in one
 * stream. Names, serializers and offsets of the states stand in the checkpoint's metadata. Numbers
 * are big-endian.
 *
 * <pre>
 * stream  := u32 0x484F5053 ("HOPS"), u16 version = 1, state*, u32 crc
 * state   := element*                        a list; each element has its offset in the metadata
 *          | i32 entries, entries * element  a broadcast map; its beginning is in the metadata
 * element := i32 length, bytes               what the serializer wrote; of a map's entry, what the
 *                                            serializers of key and value wrote, in this order
 * crc     := CRC-32C of all bytes before it
 * </pre>
 *
 * <p>Elements carry their length so that they can be kept by jobs that do not ask for the state,
 * without their serializer. The checksum is verified before anything is decoded, because the stream
 * may lie where no storage verifies it.
 */
final class OperatorStateFormat {
    private static final int MAGIC = 0x484F5053;
    private static final int VERSION = 1;
    private static final int HEADER = 6;
    private static final int FOOTER = 4;

    /** Collects the stream. */
    static final class Writer {
        private final BytesOutput out = new BytesOutput(256);
        private final List<NamedState> states = new ArrayList<>();

        Writer() throws IOException {
            out.writeInt(MAGIC);
            out.writeShort(VERSION);
        }

        void write(StoredState state) throws IOException {
            List<byte[]> elements = state.elements();
            boolean map = state.distribution() == Distribution.BROADCAST;
            long[] offsets = new long[map ? 1 : elements.size()];
            if (map) {
                offsets[0] = out.length();
                out.writeInt(elements.size());
            }
            for (int i = 0; i < elements.size(); i++) {
                if (!map) {
                    offsets[i] = out.length();
                }
                out.writeInt(elements.get(i).length);
                out.write(elements.get(i));
            }
            states.add(
                    new NamedState(
                            state.name(), state.distribution(), state.serializers(), offsets));
        }

        List<NamedState> states() {
            return states;
        }

        byte[] finish() throws IOException {
            out.writeInt(crc(out.array(), out.length()));
            return out.toByteArray();
        }
    }

    private OperatorStateFormat() {}

    /** Checks magic, version and checksum. */
    static void verify(byte[] bytes, String where) {
        try {
            if (bytes.length < HEADER + FOOTER) {
                throw damaged(where, "10 bytes or more", bytes.length + " bytes").exception();
            }
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
            int length = bytes.length - FOOTER;
            int expected = in.wrap(bytes, length, FOOTER).readInt();
            int found = crc(bytes, length);
            if (expected != found) {
                throw damaged(
                                where,
                                "CRC-32C %08x".formatted(expected),
                                "CRC-32C %08x".formatted(found))
                        .exception();
            }
        } catch (IOException e) {
            throw damaged(where, "operator-state/1", e.getMessage()).exception(e);
        }
    }

    /** Reads the elements at some offsets, or the entries of the map at one. */
    static List<byte[]> elements(
            byte[] bytes, Distribution distribution, long[] offsets, String where) {
        BytesInput in = new BytesInput();
        List<byte[]> elements = new ArrayList<>();
        try {
            for (long offset : offsets) {
                if (offset < HEADER || offset > bytes.length - FOOTER) {
                    throw new IOException("offset " + offset + " is outside of the stream");
                }
                in.wrap(bytes, (int) offset, bytes.length - FOOTER - (int) offset);
                int count = distribution == Distribution.BROADCAST ? in.readInt() : 1;
                for (int i = 0; i < count; i++) {
                    elements.add(element(in));
                }
            }
            return elements;
        } catch (IOException e) {
            throw damaged(where, "operator-state/1", e.getMessage()).exception(e);
        }
    }

    private static byte[] element(BytesInput in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.remaining()) {
            throw new IOException(
                    "an element of %d bytes where %d are left".formatted(length, in.remaining()));
        }
        byte[] element = new byte[length];
        in.readFully(element);
        return element;
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
