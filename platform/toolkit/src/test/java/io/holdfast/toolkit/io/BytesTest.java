package io.holdfast.toolkit.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The byte views write and read what the JDK's data streams write and read. */
class BytesTest {
    private static final String ODD = "a\0\u007f\u0080\u07ff\u0800\uffff\ud83d\ude00";

    private static void writeEverything(DataOutput out) throws IOException {
        out.write(0x1FF);
        out.write(new byte[] {1, 2, 3});
        out.write(new byte[] {9, 4, 5, 9}, 1, 2);
        out.writeBoolean(true);
        out.writeBoolean(false);
        out.writeByte(-1);
        for (int value : new int[] {0, -1, 1, Integer.MIN_VALUE, Integer.MAX_VALUE, 0x8000}) {
            out.writeShort(value);
            out.writeChar(value);
            out.writeInt(value);
        }
        for (long value : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, 0x0102030405060708L}) {
            out.writeLong(value);
        }
        for (double value : new double[] {-0.0, Double.NaN, Double.MIN_VALUE, 1 / 3.0, 1e300}) {
            out.writeDouble(value);
            out.writeFloat((float) value);
        }
        out.writeBytes("ascii");
        out.writeChars(ODD);
        out.writeUTF("");
        out.writeUTF(ODD);
    }

    private static byte[] everything() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        writeEverything(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    @Test
    void everyWriteGivesTheBytesOfADataOutputStream() throws IOException {
        for (int capacity : new int[] {1, 3, 4_096}) {
            BytesOutput out = new BytesOutput(capacity);

            writeEverything(out);

            assertThat(out.toByteArray()).as("capacity %d", capacity).isEqualTo(everything());
            assertThat(out.length()).isEqualTo(everything().length);
            assertThat(out.array()).startsWith(everything());
        }
    }

    @Test
    void everyReadGivesWhatADataInputStreamGives() throws IOException {
        byte[] bytes = everything();
        DataInputStream expected = new DataInputStream(new ByteArrayInputStream(bytes));
        byte[] framed = new byte[bytes.length + 20];
        System.arraycopy(bytes, 0, framed, 10, bytes.length);
        BytesInput in = new BytesInput().wrap(framed, 10, bytes.length);

        for (int i = 0; i < 6; i++) {
            assertThat(in.readUnsignedByte()).isEqualTo(expected.readUnsignedByte());
        }
        assertThat(in.readBoolean()).isEqualTo(expected.readBoolean());
        assertThat(in.readBoolean()).isEqualTo(expected.readBoolean());
        assertThat(in.readByte()).isEqualTo(expected.readByte());
        for (int i = 0; i < 6; i++) {
            if (i % 2 == 0) {
                assertThat(in.readShort()).isEqualTo(expected.readShort());
            } else {
                assertThat(in.readUnsignedShort()).isEqualTo(expected.readUnsignedShort());
            }
            assertThat(in.readChar()).isEqualTo(expected.readChar());
            assertThat(in.readInt()).isEqualTo(expected.readInt());
        }
        for (int i = 0; i < 5; i++) {
            assertThat(in.readLong()).isEqualTo(expected.readLong());
        }
        for (int i = 0; i < 5; i++) {
            assertThat(Double.valueOf(in.readDouble())).isEqualTo((Double) expected.readDouble());
            assertThat(Float.valueOf(in.readFloat())).isEqualTo((Float) expected.readFloat());
        }
        byte[] some = new byte[5];
        in.readFully(some);
        expected.skipBytes(5);
        assertThat(some).asString().isEqualTo("ascii");
        assertThat(in.skipBytes(2 * ODD.length())).isEqualTo(2 * ODD.length());
        expected.skipBytes(2 * ODD.length());
        assertThat(in.readUTF()).isEqualTo(expected.readUTF());
        assertThat(in.readUTF()).isEqualTo(expected.readUTF()).isEqualTo(ODD);
        assertThat(in.remaining()).isZero();
        assertThat(in.position()).isEqualTo(10 + bytes.length);
    }

    @Test
    void nothingBeyondTheEndIsReadHoweverMuchTheArrayHolds() throws IOException {
        byte[] bytes = new byte[100];
        BytesInput in = new BytesInput().wrap(bytes, 50, 3);

        assertThatThrownBy(in::readInt).isInstanceOf(EOFException.class);
        assertThatThrownBy(in::readLong).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> in.readFully(new byte[4])).isInstanceOf(EOFException.class);
        assertThat(in.position()).as("a read that fails takes nothing").isEqualTo(50);
        assertThat(in.skipBytes(-1)).isZero();
        assertThat(in.readShort()).isZero();
        assertThatThrownBy(in::readShort).isInstanceOf(EOFException.class);
        assertThat(in.skipBytes(10)).isEqualTo(1);
        assertThatThrownBy(in::readByte).isInstanceOf(EOFException.class);
        assertThatThrownBy(in::readVarInt).isInstanceOf(EOFException.class);
    }

    @Test
    void aTextThatClaimsMoreThanThereIsIsRefused() {
        BytesInput in = new BytesInput().wrap(new byte[] {(byte) 0xFF, (byte) 0xFF, 'a'}, 0, 3);

        assertThatThrownBy(in::readUTF).isInstanceOf(EOFException.class);
    }

    @Test
    void onlyAPartOfAnArrayCanBeWrapped() {
        BytesInput in = new BytesInput();

        for (int[] range : new int[][] {{-1, 1}, {0, 4}, {3, 1}, {1, -1}, {1, Integer.MAX_VALUE}}) {
            assertThatThrownBy(() -> in.wrap(new byte[3], range[0], range[1]))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
        assertThat(in.wrap(new byte[3], 3, 0).remaining()).isZero();
    }

    @Test
    void numbersOfSevenBitsAByteAreReadBack() throws IOException {
        for (int value :
                new int[] {0, 1, 127, 128, 16_383, 16_384, Integer.MAX_VALUE, -1, 1 << 31}) {
            BytesOutput out = new BytesOutput(1);
            out.writeVarInt(value);

            BytesInput in = new BytesInput().wrap(out.array(), 0, out.length());

            assertThat(in.readVarInt()).isEqualTo(value);
            assertThat(in.remaining()).isZero();
        }
        BytesOutput lengths = new BytesOutput(1);
        lengths.writeVarInt(127);
        assertThat(lengths.length()).isEqualTo(1);
        lengths.writeVarInt(128);
        assertThat(lengths.length()).isEqualTo(3);
        lengths.writeVarInt(-1);
        assertThat(lengths.length()).isEqualTo(8);
    }

    @Test
    void aNumberThatNeverEndsIsRefused() {
        byte[] endless = {-1, -1, -1, -1, -1, -1, -1};

        assertThatThrownBy(() -> new BytesInput().wrap(endless, 0, 7).readVarInt())
                .isInstanceOf(IOException.class);
    }

    @Test
    void writtenBytesCanBeForgottenFromTheEndOrAltogether() {
        BytesOutput out = new BytesOutput(2);
        out.writeInt(0x01020304);

        out.truncate(3);
        assertThat(out.toByteArray()).containsExactly(1, 2, 3);
        out.writeByte(9);
        assertThat(out.toByteArray()).containsExactly(1, 2, 3, 9);
        assertThatThrownBy(() -> out.truncate(5)).isInstanceOf(IllegalArgumentException.class);
        out.reset();
        assertThat(out.length()).isZero();
        out.writeByte(7);
        assertThat(out.toByteArray()).containsExactly(7);
    }

    @Test
    void negativeLengthsAreRefused() {
        BytesOutput out = new BytesOutput(2);
        out.writeShort(0x0102);

        assertThatThrownBy(() -> out.truncate(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> out.write(new byte[3], 0, -1))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> out.write(new byte[3], 2, 2))
                .isInstanceOf(IndexOutOfBoundsException.class);

        assertThat(out.toByteArray()).as("a refused write changes nothing").containsExactly(1, 2);
    }
}
