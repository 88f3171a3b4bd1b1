package io.holdfast.backend.rocksdb.keyed;

import io.holdfast.toolkit.canonical.CanonicalHeader;
import io.holdfast.toolkit.io.BytesInput;
import io.holdfast.toolkit.io.BytesOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
 *            i32 n, n * part
 *   part   = UTF name of a file, i64 its length, u8 0|1 [i32 CRC-32C of the file]
 * </pre>
 *
 * A column family is named by the number of its column, a colon, and the state's name. Its entries
 * are those of {@code canonical/1}, with elements of lists joined by RocksDB's merge operator
 * {@code stringappendtest}. Column families of other numbers belong to no state.
 *
 * <p>Why: the files live for as long as two backends of one process take to change places, and the
 * tables among them, which are large, are links to those of the other database. So tables are
 * neither copied nor read, and have no checksum here: their blocks have some. RocksDB takes a
 * manifest that ends early for one that was not written to its end, and would forget tables without
 * a word; so every other file has a checksum, and every file its length.
 */
final class FilesFormat {
    static final String NAME = "rocksdb-files/1";

    private static final String STATES = "STATES";
    private static final String TABLE = ".sst";
    private static final int MAGIC = 0x48465246;
    private static final int VERSION = 1;
    private static final int HEAD = 3 * Integer.BYTES;
    private static final int FRAME = HEAD + Integer.BYTES;
    private static final long MAX_BYTES = 64 << 20;

    /**
     * What is in the columns of a database, and where.
     *
     * @param header key groups, keys and states
     * @param columns the column of each state
     * @param parts the files
     */
    record Description(CanonicalHeader header, List<Integer> columns, List<Part> parts) {}

    /**
     * A file.
     *
     * @param name its name in the directory
     * @param bytes its length
     * @param checksum of its content; empty for tables
     */
    record Part(String name, long bytes, Optional<Integer> checksum) {

        static Part of(Path file) throws IOException {
            String name = file.getFileName().toString();
            return new Part(
                    name,
                    Files.size(file),
                    name.endsWith(TABLE) ? Optional.empty() : Optional.of(checksumOf(file)));
        }

        void writeTo(BytesOutput out) throws IOException {
            out.writeUTF(name);
            out.writeLong(bytes);
            out.writeBoolean(checksum.isPresent());
            if (checksum.isPresent()) {
                out.writeInt(checksum.get());
            }
        }

        static Part readFrom(BytesInput in) throws IOException {
            return new Part(
                    in.readUTF(),
                    in.readLong(),
                    in.readBoolean() ? Optional.of(in.readInt()) : Optional.empty());
        }

        /** Where it is; says what is wrong with it. */
        Path in(Path directory) throws IOException {
            Path file = directory.resolve(name);
            if (!directory.equals(file.normalize().getParent())) {
                throw new IOException("a file outside of the directory: " + name);
            }
            long present = Files.size(file);
            if (present != bytes) {
                throw new IOException("%s has %d bytes, not %d".formatted(name, present, bytes));
            }
            if (checksum.isPresent() && checksumOf(file) != checksum.get()) {
                throw new IOException(name + " has another checksum");
            }
            return file;
        }
    }

    private FilesFormat() {}

    /** Describes the files that RocksDB put into a directory. */
    static void write(Path directory, CanonicalHeader header, List<Integer> columns)
            throws IOException {
        BytesOutput body = new BytesOutput(1024);
        header.writeTo(body);
        columns.forEach(body::writeInt);
        List<Path> files;
        try (Stream<Path> found = Files.list(directory)) {
            files = found.toList();
        }
        body.writeInt(files.size());
        for (Path file : files) {
            Part.of(file).writeTo(body);
        }
        BytesOutput all = new BytesOutput(body.length() + FRAME);
        all.writeInt(MAGIC);
        all.writeInt(VERSION);
        all.writeInt(body.length());
        all.write(body.array(), 0, body.length());
        all.writeInt(checksum(body.array(), 0, body.length()));
        Files.write(directory.resolve(STATES), all.toByteArray());
    }

    /**
     * Reads a description. Trusts nothing in it.
     *
     * @throws IOException says what is wrong with it, or that there is none
     */
    static Description read(Path directory) throws IOException {
        Path path = directory.resolve(STATES);
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
        int count = body.readInt();
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parts.add(Part.readFrom(body));
        }
        if (body.remaining() > 0) {
            throw new IOException(body.remaining() + " bytes behind the last file");
        }
        return new Description(header, Arrays.asList(columns), parts);
    }

    private static int checksumOf(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        return checksum(bytes, 0, bytes.length);
    }

    private static int checksum(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }
}
