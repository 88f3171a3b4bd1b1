package io.holdfast.toolkit.canonical;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.spi.snapshot.StreamHandle;
import java.util.zip.CRC32C;

/**
 * The formats {@code canonical/1} and {@code canonical/2}: all entries of one keyed backend in one
 * stream, plain in the first, with packed blocks in the second. They are never changed; a later one
 * gets another name. Numbers are big-endian; {@code vint} is a number of 7 bits a byte, lowest
 * first.
 *
 * <pre>
 *   stream  = i32 0x48464353 ("HFCS"), i32 1 or 2, as the name says
 *             i32 length, header, i32 CRC-32C of the header
 *             group*
 *             i32 0x454E4421 ("END!")
 *   header  = i32 max parallelism, i32 first key group, i32 last key group
 *             serializer snapshot of the key
 *             i32 n, n * schema
 *   schema  = UTF name, UTF kind, serializer snapshot of the namespace
 *             u8 0|1 [serializer snapshot of the value], u8 0|1 [serializer snapshot of the map key]
 *   group   = block*, i32 0
 *   block   = i32 length (1 to 65,536), payload, i32 CRC-32C of: i32 key group, i32 number of the block in its group, payload
 * </pre>
 *
 * In {@code canonical/2} a block may be packed instead, which the highest bit of its length says.
 * What is stored is all of one DEFLATE stream (RFC 1951), nothing behind it, of 1 to 65,536 bytes
 * of payload:
 *
 * <pre>
 *   group   = (block | packed)*, i32 0
 *   packed  = i32 length (1 to 65,536) + 2^31, packed payload, i32 CRC-32C of: i32 key group, i32 number of the block in its group + 2^31, packed payload
 * </pre>
 *
 * The payloads of a group's blocks, one behind the other, are in both formats
 *
 * <pre>
 *   section* vint 0
 *   section = vint (number of the state + 1), entry*, vint 0
 *   entry   = vint (length of the key + 1), key, vint length of the value, value
 * </pre>
 *
 * The handle has the position of each group's first block, 0 for a group without entries. Keys are
 * composite keys ({@link io.holdfast.toolkit.keys.CompositeKeys}), with the key group. Values by
 * kind:
 *
 * <pre>
 *   VALUE, REDUCING   the value
 *   AGGREGATING       the accumulator
 *   LIST              the elements with 0x2C between them; no empty lists
 *   MAP               one entry for each map key: u8 1 for null, or u8 0 and the value
 *   TIMERS            key is key group, i64 time with its sign bit flipped, key, namespace (without lengths); value is empty
 * </pre>
 *
 * <p>Why: keys and values are byte for byte those of Flink's canonical savepoints, so a conversion
 * moves bytes and needs no serializer. Flink marks the end of a state in the first bit of a key and
 * checks nothing; here every block has a checksum that also covers where it belongs, so damage is
 * found before an entry is used, is named to within 64 KiB, and memory never depends on a length
 * that was not checked. Entries of one group stand together so that rescaling reads only its
 * groups.
 *
 * <p>A packed block is checked as it is stored, with the mark that it is packed, so damage is found
 * before anything is unpacked; and whatever it holds, it becomes no more than 64 KiB. Blocks that
 * packing hardly makes smaller stay as they are, byte for byte those of {@code canonical/1}. That
 * one is written unless compression is asked for: whoever knows nothing else can read it.
 */
public final class CanonicalFormat {

    /** Name and version, as in {@link io.holdfast.spi.snapshot.KeyedSnapshotHandle#format()}. */
    public static final String NAME = "canonical/1";

    /** Name and version of the form with packed blocks. */
    public static final String PACKED_NAME = "canonical/2";

    /** Between the elements of a list. */
    public static final byte LIST_SEPARATOR = 0x2C;

    static final int MAGIC = 0x48464353;
    static final int VERSION = 1;
    static final int PACKED_VERSION = 2;
    static final int END = 0x454E4421;
    static final int BLOCK = 1 << 16;

    /** Marks length and number of a packed block. */
    static final int PACKED = 1 << 31;

    static final int MAX_HEADER = 64 << 20;

    private CanonicalFormat() {}

    /**
     * Whether snapshots of a format are canonical ones, which every backend restores.
     *
     * @param format as in {@link io.holdfast.spi.snapshot.KeyedSnapshotHandle#format()}
     * @return true for {@link #NAME} and {@link #PACKED_NAME}
     */
    public static boolean isCanonical(String format) {
        return format.equals(NAME) || format.equals(PACKED_NAME);
    }

    static int version(boolean packs) {
        return packs ? PACKED_VERSION : VERSION;
    }

    /** Checksum of a block; the number of a packed one is marked. */
    static int checksum(int keyGroup, int block, byte[] payload, int length) {
        CRC32C crc = new CRC32C();
        update(crc, keyGroup);
        update(crc, block);
        crc.update(payload, 0, length);
        return (int) crc.getValue();
    }

    private static void update(CRC32C crc, int number) {
        crc.update(number >>> 24);
        crc.update(number >>> 16);
        crc.update(number >>> 8);
        crc.update(number);
    }

    static HoldfastException damaged(StreamHandle stream, long position, String what) {
        return Problem.data("SNAPSHOT-4001", "A canonical snapshot is damaged.")
                .with("stream", stream)
                .with("at byte", position)
                .with("found", what)
                .advise("restore from another checkpoint or savepoint")
                .exception();
    }
}
