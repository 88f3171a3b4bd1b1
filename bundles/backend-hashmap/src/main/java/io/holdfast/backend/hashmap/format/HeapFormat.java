package io.holdfast.backend.hashmap.format;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.spi.snapshot.StreamHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The format {@code heap/1}: the entries of one keyed backend in several files, some of which other
 * checkpoints may share. It is never changed; a later one gets another name. Numbers are
 * big-endian; {@code vint} and {@code vlong} are numbers of 7 bits a byte, lowest first.
 *
 * <pre>
 *   meta    = i32 0x48464850 ("HFHP"), i32 1
 *             i32 length, contents, i32 CRC-32C of the contents
 *   contents= header of canonical/1 ({@link io.holdfast.toolkit.canonical.CanonicalHeader})
 *             vint number of files, i64 id of each, in the order of the handle: shared ones, then exclusive ones
 *             for each state, for each key group of the range: chain
 *   chain   = vint number of segments, segment*
 *   segment = vint (2 * number of the file + 1 if it is whole), vlong offset in the file, vlong length
 *   file    = block*
 * </pre>
 *
 * A segment is some neighbouring blocks of one file: entries of one state in one key group. The
 * first of a chain is whole and the only one that is; the others say in turn what has changed since
 * the one before. An empty chain stands for no entries.
 *
 * <pre>
 *    0               4               8               12   13   14   15   16              20
 *   +---------------+---------------+---------------+----+----+----+----+---------------+---
 *   | stored length | raw length    | entries       |what|key |val.|pack| CRC-32C       | payload
 *   +---------------+---------------+---------------+----+----+----+----+---------------+---
 * </pre>
 *
 * {@code stored} is the length of the payload in the file, {@code raw} its length once unpacked.
 * {@code pack} is 0 for as it is, 1 for DEFLATE (RFC 1951) without a header. The checksum covers
 * the id of the file, the position of the block in it, the key group, the 16 bytes before it, and
 * the stored payload.
 *
 * <p>{@code what} is 0 for entries and 1 for removals; removals stand at the beginning of a segment
 * that is not whole. If {@code key} is 0, keys and values bring their lengths:
 *
 * <pre>
 *   entry   = vint length of the key, key, vint length of the value, value
 *   removal = vint length of the key, key
 * </pre>
 *
 * where keys and values are those of {@code canonical/1}, with the key group. A removal takes out
 * the entries whose keys begin with its key: one, or for maps all of a map. Else all keys of the
 * block are {@code key} bytes long and all values {@code val.} bytes, and it holds those and
 * nothing else: what the serializers of key and value wrote, for states in the void namespace.
 * Entries come in no order; an entry of a later segment takes the place of an earlier one.
 *
 * <p>A block holds whole entries and at most 65,536 raw bytes, unless a single entry has more; then
 * it is as long as that and never packed.
 *
 * <p>Why: numbers move as such, 16 bytes for two longs, and blocks are taken over into memory as
 * they are, so that restoring reads at the speed of the disk and decodes when the job says how. A
 * checksum is compared before a payload is used, no length is believed that exceeds what is left of
 * the segment, and unpacking cannot give more than a block. Blocks know their place, so that one
 * that strayed is found too.
 */
public final class HeapFormat {

    /** Name and version, as in {@link io.holdfast.spi.snapshot.KeyedSnapshotHandle#format()}. */
    public static final String NAME = "heap/1";

    static final int MAGIC = 0x48464850;
    static final int VERSION = 1;
    static final int MAX_CONTENTS = 1 << 30;

    /** Most raw bytes of a block of several entries. */
    static final int BLOCK = 1 << 16;

    static final int HEAD = 20;
    static final int CHECKED_HEAD = 16;

    static final int ENTRIES = 0;
    static final int REMOVALS = 1;
    static final int AS_IS = 0;
    static final int DEFLATE = 1;

    /** Numbers in byte arrays. */
    static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private HeapFormat() {}

    /** Checksum of a block whose head stands at the beginning of {@code head}. */
    static int checksum(Place place, byte[] head, byte[] payload, int offset, int length) {
        byte[] where = new byte[20];
        LONG.set(where, 0, place.file());
        LONG.set(where, 8, place.position());
        INT.set(where, 16, place.keyGroup());
        CRC32C crc = new CRC32C();
        crc.update(where, 0, where.length);
        crc.update(head, 0, CHECKED_HEAD);
        crc.update(payload, offset, length);
        return (int) crc.getValue();
    }

    /**
     * Where a block belongs.
     *
     * @param file id of the file
     * @param position where the block begins in it
     * @param keyGroup the group of its entries
     */
    record Place(long file, long position, int keyGroup) {}

    static HoldfastException damaged(StreamHandle stream, long position, String what) {
        return Problem.data("SNAPSHOT-4001", "A snapshot of the heap is damaged.")
                .with("stream", stream)
                .with("at byte", position)
                .with("found", what)
                .advise("restore from another checkpoint or savepoint")
                .exception();
    }
}
