package io.holdfast.runtime.state;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.toolkit.metadata.OperatorSnapshot;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The format {@code raw-keyed/1}: the bytes that a function wrote for the key groups of one
 * subtask, in one stream. It is never changed; a later one gets another name. Numbers are
 * big-endian.
 *
 * <pre>
 *   stream = i32 0x48464B52 ("HFKR"), i32 1
 *            group*, in ascending order
 *            i32 0x454E4421 ("END!")
 *   group  = i32 key group
 *            block*
 *            i32 0, i32 CRC-32C of: i32 key group, i32 how many blocks
 *   block  = i32 length (1 to 65,536), payload, i32 CRC-32C of: i32 key group, i32 number of the block in its group, payload
 * </pre>
 *
 * <p>The handle has the position of each group, 0 for a group that was not started. The payloads of
 * a group's blocks, one behind the other, are what was written; a group may be without any.
 *
 * <p>Why blocks: whoever reads is given nothing that was not verified, needs 64 KiB for that
 * however much was written, and believes no length above it. The end of a group has a checksum as
 * well, so that a damaged length does not end it early. Groups stand by themselves, so a subtask
 * reads no others than its own after the parallelism changed.
 */
final class RawKeyedFormat {
    /** Name and version. */
    static final String NAME = OperatorSnapshot.RAW_KEYED + "1";

    static final int MAGIC = 0x48464B52;
    static final int VERSION = 1;
    static final int END = 0x454E4421;
    static final int BLOCK = 1 << 16;

    private RawKeyedFormat() {}

    static int checksum(int keyGroup, int block, byte[] payload, int length) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(8).putInt(keyGroup).putInt(block).flip());
        crc.update(payload, 0, length);
        return (int) crc.getValue();
    }

    static int endChecksum(int keyGroup, int blocks) {
        return checksum(keyGroup, blocks, new byte[0], 0);
    }

    static HoldfastException foreign(String operator, StreamHandle stream, String found) {
        return Problem.data(
                        "SNAPSHOT-4023",
                        "Raw keyed state of '%s' is not of a known format.".formatted(operator))
                .with("stream", stream)
                .with("expected", NAME)
                .with("found", found)
                .advise("restore with the version of Holdfast that wrote it")
                .exception();
    }

    static HoldfastException damaged(
            String operator, int keyGroup, StreamHandle stream, long position, String what) {
        return Problem.data(
                        "SNAPSHOT-4024",
                        "Raw keyed state of '%s' is damaged in key group %d."
                                .formatted(operator, keyGroup))
                .with("stream", stream)
                .with("at byte", position)
                .with("found", what)
                .advise("restore from another checkpoint or savepoint")
                .exception();
    }
}
