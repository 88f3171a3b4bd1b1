package io.holdfast.toolkit.metadata;

import io.holdfast.api.error.Problem;
import io.holdfast.toolkit.io.BytesInput;
import io.holdfast.toolkit.io.BytesOutput;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The format {@code checkpoint-metadata/1} of the file {@code _metadata}. It is never changed; a
 * later one gets another version. Numbers are big-endian; {@code vint} is a number of 7 bits a
 * byte, lowest first, at most 5 bytes; {@code string} is vint length and UTF-8; {@code n * x} is
 * vint n and x n times.
 *
 * <pre>
 *   file       = i32 0x48464D44 ("HFMD"), string "checkpoint-metadata", i32 1
 *                i64 length of the whole file
 *                section 1 (job), section 2 (files), section 3 (operators)
 *                i32 0x454E4421 ("END!"), i32 CRC-32C of all bytes before it
 *   section    = u8 number, i32 length of the content, content
 *
 *   job        = i64 checkpoint id, u8 kind (0 checkpoint, 1 savepoint), u8 drained (0, 1)
 *                i64 triggered, i64 completed (milliseconds since 1970-01-01T00:00Z)
 *                string job id, string job name
 *   files      = n * (u8 where (0 absolute, 1 relative), string location
 *                     i64 length, i32 CRC-32C, u8 scope (0 exclusive, 1 shared))
 *   operators  = n * (string id, string name, i32 parallelism, i32 max parallelism
 *                     parallelism * subtask)
 *   subtask    = n * keyed, u8 0|1 [operator state]
 *   keyed      = u8 form, i32 first key group, i32 last key group, string format, then by form
 *     1 by key group   stream, i64 offset for each key group
 *     2 incremental    string backend id, i64 checkpoint id, stream (meta)
 *                      n * (string name, stream) shared, n * (string name, stream) exclusive
 *     3 changes        i64 materialization id, n * keyed, n * stream
 *   operator state = n * (string name, u8 distribution (0 split, 1 union, 2 broadcast)
 *                         n * serializer snapshot, n * i64 offset), stream
 *   stream     = vint 0, vint length, bytes  |  vint (number of the file, from 1)
 * </pre>
 *
 * <p>An absolute location is a URI. A relative one is seen from the directory of the metadata:
 * {@code a/b} lies below it, {@code ../a/b} below its parent; no other form exists. Files below the
 * directory are written relative, for checkpoints also those below its parent, which is the job's
 * directory: so a savepoint's directory or a job's directory can be moved or copied as a whole.
 *
 * <p>A keyed snapshot whose format begins with {@code raw-keyed/} is no backend's but what the
 * operator's function wrote for key groups. It is of form 1, the last of its subtask, and the only
 * one there.
 *
 * <p>Magic, the four bytes of "END!" and the checksum keep their places in every version, so that a
 * damaged file is told from one of a later version.
 *
 * <p>Why: the metadata name every file with its length and checksum, so that damage is found before
 * a backend opens anything (RocksDB opens a damaged manifest as an empty database). They name
 * formats and files, never classes. A file that several operators refer to stands in the table
 * once. No length is believed before as many bytes are known to be there, so memory is bounded by
 * the size of the file, apart from serializer snapshots, whose own limit is 16 MiB.
 */
public final class CheckpointMetadataFormat {

    /** Name and version. */
    public static final String NAME = "checkpoint-metadata/1";

    static final int MAGIC = 0x48464D44;
    static final String FORMAT = "checkpoint-metadata";
    static final int VERSION = 1;
    static final int END = 0x454E4421;
    static final int TRAILER = 8;
    static final int SECTION_JOB = 1;
    static final int SECTION_FILES = 2;
    static final int SECTION_OPERATORS = 3;
    static final int BY_KEY_GROUP = 1;
    static final int INCREMENTAL = 2;
    static final int CHANGES = 3;
    static final int MAX_DEPTH = 8;

    private CheckpointMetadataFormat() {}

    /**
     * Writes metadata.
     *
     * @param metadata the metadata
     * @param directory the directory they will lie in, or empty if they have none, in which case
     *     all locations are absolute
     * @return the bytes of the file
     * @throws io.holdfast.api.error.HoldfastException SNAPSHOT-4105 if they do not fit into one
     *     array
     */
    public static byte[] encode(CheckpointMetadata metadata, Optional<URI> directory) {
        try {
            return new MetadataEncoder(metadata, directory).encode();
        } catch (IOException e) {
            throw Problem.bug(
                            "SNAPSHOT-4105",
                            "The metadata of checkpoint %d cannot be written: %s"
                                    .formatted(metadata.checkpointId(), e.getMessage()))
                    .exception(e);
        } catch (IllegalStateException e) {
            throw Problem.user(
                            "SNAPSHOT-4105",
                            "The metadata of checkpoint %d are larger than 2 GiB."
                                    .formatted(metadata.checkpointId()))
                    .with("reason", e.getMessage())
                    .advise(
                            "store state in files: lower"
                                    + " execution.checkpointing.data-inline-threshold, or use the"
                                    + " 'filesystem' storage")
                    .exception(e);
        }
    }

    /**
     * Reads metadata; trusts nothing in them.
     *
     * @param bytes the bytes of the file
     * @param directory the directory they lie in, or empty if they have none
     * @param source names the file in messages
     * @return the metadata
     * @throws io.holdfast.api.error.HoldfastException SNAPSHOT-4101 if this is something else,
     *     SNAPSHOT-4102 if it is of a later version, SNAPSHOT-4103 if it is damaged, SNAPSHOT-4104
     *     if it is whole but says what cannot be
     */
    public static CheckpointMetadata decode(byte[] bytes, Optional<URI> directory, String source) {
        BytesInput in = new BytesInput().wrap(bytes, 0, bytes.length);
        if (bytes.length < 4) {
            throw foreign(source, bytes.length + " bytes");
        }
        try {
            int magic = in.readInt();
            if (magic != MAGIC) {
                throw foreign(source, "%08x".formatted(magic));
            }
            verifyTrailer(bytes, source);
            in.wrap(bytes, 4, bytes.length - 4 - TRAILER);
            return new MetadataDecoder(in, bytes.length, directory, source).decode();
        } catch (IOException e) {
            throw malformed(source, in.position(), e.getMessage(), e);
        }
    }

    private static void verifyTrailer(byte[] bytes, String source) throws IOException {
        if (bytes.length < 4 + TRAILER) {
            throw damaged(source, bytes.length + " bytes", "at least " + (4 + TRAILER) + " bytes");
        }
        BytesInput trailer = new BytesInput().wrap(bytes, bytes.length - TRAILER, TRAILER);
        int end = trailer.readInt();
        if (end != END) {
            throw damaged(
                    source,
                    "%08x at byte %d of %d".formatted(end, bytes.length - TRAILER, bytes.length),
                    "%08x, which ends every such file".formatted(END));
        }
        int stored = trailer.readInt();
        int computed = checksum(bytes, bytes.length - 4);
        if (stored != computed) {
            throw damaged(
                    source,
                    "CRC-32C %08x of %d bytes".formatted(computed, bytes.length - 4),
                    "CRC-32C %08x".formatted(stored));
        }
    }

    static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    static BytesOutput newOutput() {
        return new BytesOutput(4096);
    }

    private static RuntimeException foreign(String source, String found) {
        return Problem.data("SNAPSHOT-4101", source + " holds no metadata of Holdfast.")
                .with("expected", "%08x in the first 4 bytes".formatted(MAGIC))
                .with("found", found)
                .advise("name the directory of a checkpoint or savepoint, or its _metadata")
                .exception();
    }

    private static RuntimeException damaged(String source, String found, String expected) {
        return Problem.data("SNAPSHOT-4103", "The metadata " + source + " are damaged.")
                .with("expected", expected)
                .with("found", found)
                .advise("restore from another checkpoint or savepoint")
                .exception();
    }

    static RuntimeException otherVersion(String source, String format, int version) {
        return Problem.data(
                        "SNAPSHOT-4102",
                        "The metadata %s are of format '%s/%d'.".formatted(source, format, version))
                .with("readable", NAME)
                .advise("use the version of Holdfast that wrote them, or a later one")
                .exception();
    }

    static RuntimeException malformed(String source, int position, String what, Throwable cause) {
        return Problem.data(
                        "SNAPSHOT-4104",
                        "The metadata %s are whole, but not what this format allows."
                                .formatted(source))
                .with("found", what)
                .with("at byte", position)
                .advise("restore from another checkpoint or savepoint")
                .exception(cause);
    }
}
