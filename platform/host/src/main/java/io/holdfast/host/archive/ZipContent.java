package io.holdfast.host.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Unpacks every byte of an archive: the zip library itself compares neither lengths nor sums. */
final class ZipContent implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    // What is kept in memory are manifests and declarations of services.
    private static final int LONGEST_KEPT = 4 << 20;

    private final FileChannel file;
    private final Inflater inflater = new Inflater(true);
    private final ByteBuffer packed = ByteBuffer.allocate(BUFFER);
    private final byte[] unpacked = new byte[BUFFER];
    private final CRC32 crc = new CRC32();

    private ZipContent(FileChannel file) {
        this.file = file;
    }

    /**
     * Compares length and checksum of each entry with what the directory says of it.
     *
     * @param directory was read from the same file
     * @param kept names of entries whose content is wanted
     * @return the content of those
     */
    static Map<String, byte[]> check(
            Path archive, List<ZipDirectory.Entry> directory, Predicate<String> kept)
            throws IOException, ZipDirectory.Hostile {
        Map<String, byte[]> contents = new HashMap<>();
        try (FileChannel file = FileChannel.open(archive, StandardOpenOption.READ);
                ZipContent content = new ZipContent(file)) {
            for (ZipDirectory.Entry entry : directory) {
                ByteArrayOutputStream copy =
                        kept.test(entry.name()) ? new ByteArrayOutputStream() : null;
                content.check(entry, copy);
                if (copy != null) {
                    contents.put(entry.name(), copy.toByteArray());
                }
            }
        }
        return contents;
    }

    private void check(ZipDirectory.Entry entry, ByteArrayOutputStream copy)
            throws IOException, ZipDirectory.Hostile {
        if (copy != null && entry.size() > LONGEST_KEPT) {
            throw new ZipDirectory.Hostile(
                    "the entry '%s' has %d bytes".formatted(entry.name(), entry.size()));
        }
        crc.reset();
        long size = entry.method() == 0 ? copied(entry, copy) : inflated(entry, copy);
        if (size != entry.size() || crc.getValue() != entry.crc()) {
            throw new DamagedArchiveException(
                    "the content of the entry '" + entry.name() + "' is damaged");
        }
    }

    private long copied(ZipDirectory.Entry entry, ByteArrayOutputStream copy)
            throws IOException, ZipDirectory.Hostile {
        long size = 0;
        while (size < entry.packed()) {
            int n = fill(entry, size);
            size += n;
            take(entry, packed.array(), n, size, copy);
        }
        return size;
    }

    private long inflated(ZipDirectory.Entry entry, ByteArrayOutputStream copy)
            throws IOException, ZipDirectory.Hostile {
        inflater.reset();
        long read = 0;
        long size = 0;
        try {
            while (!inflater.finished()) {
                int n = inflater.inflate(unpacked);
                if (n > 0) {
                    size += n;
                    take(entry, unpacked, n, size, copy);
                } else if (inflater.needsInput() && read < entry.packed()) {
                    int more = fill(entry, read);
                    read += more;
                    inflater.setInput(packed.array(), 0, more);
                } else if (!inflater.finished()) {
                    throw new DamagedArchiveException(
                            "the content of the entry '" + entry.name() + "' is damaged");
                }
            }
        } catch (DataFormatException e) {
            throw new DamagedArchiveException("it cannot be unpacked: " + e.getMessage(), e);
        }
        if (inflater.getBytesRead() != entry.packed()) {
            throw new ZipDirectory.Hostile(
                    "there are bytes at the end of the entry '%s' that belong to nothing"
                            .formatted(entry.name()));
        }
        return size;
    }

    /** Reads what comes next of an entry's packed bytes, at least one. */
    private int fill(ZipDirectory.Entry entry, long done) throws IOException {
        packed.clear().limit((int) Math.min(BUFFER, entry.packed() - done));
        int n = file.read(packed, entry.content() + done);
        if (n <= 0) {
            throw new DamagedArchiveException("it ends too early");
        }
        return n;
    }

    private void take(
            ZipDirectory.Entry entry, byte[] bytes, int n, long size, ByteArrayOutputStream copy)
            throws ZipDirectory.Hostile {
        if (size > entry.size()) {
            throw new ZipDirectory.Hostile(
                    "the entry '%s' unpacks to more than the %d bytes it says"
                            .formatted(entry.name(), entry.size()));
        }
        crc.update(bytes, 0, n);
        if (copy != null) {
            copy.write(bytes, 0, n);
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
