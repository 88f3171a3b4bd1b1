package io.holdfast.backend.rocksdb.keyed;

import io.holdfast.toolkit.canonical.CanonicalHeader;
import io.holdfast.toolkit.io.BytesInput;
import io.holdfast.toolkit.io.BytesOutput;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The format {@code rocksdb-files/1}: a database that a successor goes on with. It is never
 * changed; a later one gets another name. Numbers are big-endian.
 *
 * <pre>
 *   CURRENT, MANIFEST-*, *.sst, …   what RocksDB's checkpoint makes; nothing is in memory only
 *   STATES = i32 0x48465246 ("HFRF"), i32 1
 *            i32 length of the body, body, i32 CRC-32C of the body
 *   body   = header of canonical/1, for each of its states: i32 number of its column
 * </pre>
 *
 * A column family is named by the number of its column, a colon, and the state's name. Its entries
 * are those of {@code canonical/1}, with elements of lists joined by RocksDB's merge operator
 * {@code stringappendtest}. Column families of other numbers belong to no state.
 *
 * <p>Why: the files live for as long as two backends of one process take to change places. So none
 * of them is copied or read, nor made durable beyond what RocksDB does anyway; RocksDB itself
 * notices files that are missing or have another length, and damaged blocks when it reads them.
 */
final class FilesFormat {
    static final String NAME = "rocksdb-files/1";

    private static final String STATES = "STATES";
    private static final int MAGIC = 0x48465246;
    private static final int VERSION = 1;
    private static final int HEAD = 3 * Integer.BYTES;
    private static final int FRAME = HEAD + Integer.BYTES;
    private static final long MAX_BYTES = 64 << 20;

    /**
     * What is in the columns of a database.
     *
     * @param header key groups, keys and states
     * @param columns the column of each state
     */
    record Description(CanonicalHeader header, List<Integer> columns) {}

    private FilesFormat() {}

    /** Where a directory has its description. */
    static Path states(Path directory) {
        return directory.resolve(STATES);
    }

    static void write(Path directory, Description description) throws IOException {
        BytesOutput body = new BytesOutput(1024);
        description.header().writeTo(body);
        description.columns().forEach(body::writeInt);
        BytesOutput file = new BytesOutput(body.length() + FRAME);
        file.writeInt(MAGIC);
        file.writeInt(VERSION);
        file.writeInt(body.length());
        file.write(body.array(), 0, body.length());
        file.writeInt(checksum(body.array(), 0, body.length()));
        Files.write(states(directory), file.toByteArray());
    }

    /**
     * Reads a description. Trusts nothing in it.
     *
     * @throws IOException says what is wrong with it, or that there is none
     */
    static Description read(Path directory) throws IOException {
        Path path = states(directory);
        long size = Files.size(path);
        if (size < FRAME || size > MAX_BYTES) {
            throw new IOException("a description of " + size + " bytes");
        }
        byte[] file = Files.readAllBytes(path);
        ByteBuffer frame = ByteBuffer.wrap(file);
        int magic = frame.getInt();
        int version = frame.getInt();
        int length = frame.getInt();
        if (magic != MAGIC || version != VERSION) {
            throw new IOException("magic %08x version %d".formatted(magic, version));
        }
        if (length != file.length - FRAME) {
            throw new IOException("%d bytes where there are %d".formatted(length, file.length));
        }
        int stored = frame.getInt(HEAD + length);
        int computed = checksum(file, HEAD, length);
        if (stored != computed) {
            throw new IOException("checksum %08x, expected %08x".formatted(computed, stored));
        }
        return parse(new BytesInput().wrap(file, HEAD, length));
    }

    private static Description parse(BytesInput body) throws IOException {
        CanonicalHeader header = CanonicalHeader.readFrom(body);
        Integer[] columns = new Integer[header.states().size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = body.readInt();
        }
        if (body.remaining() > 0) {
            throw new EOFException(body.remaining() + " bytes behind the last column");
        }
        return new Description(header, Arrays.asList(columns));
    }

    private static int checksum(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }
}
