package io.holdfast.host.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The directory of a ZIP file, read strictly: two readers cannot see different things in an archive
 * that passes.
 */
final class ZipDirectory {
    /*
     * By PKWARE's APPNOTE.TXT: local header and content of each entry, then the central directory, then its end record with a comment. Readers
     * that go by the directory (ZipFile) and readers that go from the front (ZipInputStream) agree only if the two describe the same entries, one
     * behind the other, with nothing between. That is what is checked here, with what a module never needs: more than 4 GiB, encryption, links.
     */
    private static final int END = 0x06054b50;
    private static final int END_SIZE = 22;
    private static final int CENTRAL = 0x02014b50;
    private static final int CENTRAL_SIZE = 46;
    private static final int LOCAL = 0x04034b50;
    private static final int LOCAL_SIZE = 30;
    private static final int MAX_COMMENT = 0xffff;
    private static final int MAX_DIRECTORY = 64 << 20;
    // Local headers lie one behind the other: a window over them spares a read for each.
    private static final int WINDOW = 1 << 16;
    private static final int ENCRYPTED = 1;
    private static final int DESCRIPTOR_FOLLOWS = 1 << 3;
    private static final int LONGEST_DESCRIPTOR = 24;
    private static final int UNIX = 3;
    private static final int FILE_TYPE = 0xf000;
    private static final int REGULAR = 0x8000;
    private static final int DIRECTORY = 0x4000;

    /** An archive that must not be used, whole as it may be. */
    static final class Hostile extends Exception {
        private static final long serialVersionUID = 1L;

        Hostile(String message) {
            super(message);
        }
    }

    /**
     * An entry.
     *
     * @param size bytes, unpacked
     * @param packed bytes in the archive
     * @param at where its local header begins
     * @param content where its packed bytes begin; 0 until its local header was read
     */
    record Entry(
            String name,
            int flags,
            int method,
            long crc,
            long packed,
            long size,
            long at,
            long content) {

        Entry withContent(long begin) {
            return new Entry(name, flags, method, crc, packed, size, at, begin);
        }
    }

    private final FileChannel file;
    private final long length;
    private final List<Entry> entries = new ArrayList<>();
    private ByteBuffer window = ByteBuffer.allocate(0);
    private long windowAt;

    private ZipDirectory(FileChannel file) throws IOException {
        this.file = file;
        this.length = file.size();
    }

    /**
     * Reads it.
     *
     * @return the entries in the order of the directory
     */
    static List<Entry> read(Path archive) throws IOException, Hostile {
        try (FileChannel file = FileChannel.open(archive, StandardOpenOption.READ)) {
            ZipDirectory directory = new ZipDirectory(file);
            long end = directory.readCentral(directory.readEnd());
            directory.checkNames();
            directory.checkLocal(end);
            return directory.entries;
        }
    }

    /**
     * Looks at the end alone: what is written from the front to the back has it last.
     *
     * @throws DamagedArchiveException if there is none
     */
    static void checkEnd(Path archive) throws IOException {
        try (FileChannel file = FileChannel.open(archive, StandardOpenOption.READ)) {
            new ZipDirectory(file).readEnd();
        }
    }

    /** The end record in its buffer, and where it lies in the file. */
    private record End(ByteBuffer bytes, int offset, long at) {}

    private End readEnd() throws IOException {
        int tail = (int) Math.min(length, END_SIZE + MAX_COMMENT);
        ByteBuffer bytes = read(length - tail, tail);
        int end = tail - END_SIZE;
        while (end >= 0
                && !(bytes.getInt(end) == END && end + END_SIZE + u16(bytes, end + 20) == tail)) {
            end--;
        }
        if (end < 0) {
            throw new DamagedArchiveException("it has no end of its directory");
        }
        return new End(bytes, end, length - tail + end);
    }

    private long readCentral(End record) throws IOException, Hostile {
        ByteBuffer bytes = record.bytes();
        int end = record.offset();
        long endAt = record.at();
        int count = u16(bytes, end + 10);
        long size = u32(bytes, end + 12);
        long at = u32(bytes, end + 16);
        if (count == 0xffff || size == 0xffffffffL || at == 0xffffffffL) {
            throw new Hostile("it is a ZIP64 archive, which no module needs to be");
        }
        if (u16(bytes, end + 4) != 0 || u16(bytes, end + 6) != 0 || count != u16(bytes, end + 8)) {
            throw new Hostile("it is split into several files");
        }
        if (at + size != endAt) {
            if (at + size > endAt) {
                throw new DamagedArchiveException("its directory lies outside of it");
            }
            throw new Hostile("there are bytes around its directory that belong to nothing");
        }
        if (size > MAX_DIRECTORY) {
            throw new Hostile("its directory has " + size + " bytes");
        }
        ByteBuffer central = read(at, (int) size);
        for (int i = 0; i < count; i++) {
            entries.add(entry(central));
        }
        if (central.hasRemaining()) {
            throw new Hostile("its directory has more entries than it says");
        }
        return at;
    }

    private static Entry entry(ByteBuffer central) throws IOException, Hostile {
        int at = central.position();
        if (central.remaining() < CENTRAL_SIZE || central.getInt(at) != CENTRAL) {
            throw new DamagedArchiveException("its directory is damaged");
        }
        int nameLength = u16(central, at + 28);
        int rest = nameLength + u16(central, at + 30) + u16(central, at + 32);
        if (central.remaining() < CENTRAL_SIZE + rest) {
            throw new DamagedArchiveException("its directory is damaged");
        }
        String name = name(central, at + CENTRAL_SIZE, nameLength);
        int flags = u16(central, at + 8);
        if ((flags & ENCRYPTED) != 0) {
            throw new Hostile("the entry '" + name + "' is encrypted");
        }
        int method = u16(central, at + 10);
        if (method != 0 && method != 8) {
            throw new Hostile("the entry '" + name + "' is packed by the unknown method " + method);
        }
        int type = u16(central, at + 40) & FILE_TYPE;
        if (central.get(at + 5) == UNIX && type != 0 && type != REGULAR && type != DIRECTORY) {
            throw new Hostile("the entry '" + name + "' is a link or a device");
        }
        central.position(at + CENTRAL_SIZE + rest);
        return new Entry(
                name,
                flags,
                method,
                u32(central, at + 16),
                u32(central, at + 20),
                u32(central, at + 24),
                u32(central, at + 42),
                0);
    }

    private void checkNames() throws Hostile {
        Set<String> names = new HashSet<>();
        for (Entry entry : entries) {
            String name = entry.name();
            if (!names.add(name)) {
                throw new Hostile("it has two entries named '" + name + "'");
            }
            if (name.equalsIgnoreCase("META-INF/MANIFEST.MF")
                    && !name.equals("META-INF/MANIFEST.MF")) {
                throw new Hostile("it has a manifest that some readers find: '" + name + "'");
            }
            checkName(name);
        }
    }

    private static void checkName(String name) throws Hostile {
        if (name.isEmpty() || hasOddCharacter(name)) {
            throw new Hostile("an entry has the impossible name '" + printable(name) + "'");
        }
        boolean drive = name.length() > 1 && name.charAt(1) == ':' && isLetter(name.charAt(0));
        if (name.charAt(0) == '/' || drive) {
            throw new Hostile("the entry '" + name + "' has an absolute path");
        }
        int end = name.endsWith("/") ? name.length() - 1 : name.length();
        for (int from = 0; from <= end; ) {
            int slash = name.indexOf('/', from);
            int to = slash < 0 || slash > end ? end : slash;
            int size = to - from;
            boolean dots =
                    size <= 2
                            && name.startsWith(".", from)
                            && (size == 1 || name.startsWith("..", from));
            if (size == 0 || dots) {
                throw new Hostile("the entry '" + name + "' leads out of the archive");
            }
            from = to + 1;
        }
    }

    private static boolean hasOddCharacter(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < ' ' || c == 0x7f || c == '\\') {
                return true;
            }
        }
        return false;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private void checkLocal(long end) throws IOException, Hostile {
        List<Integer> ordered = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            ordered.add(i);
        }
        ordered.sort(Comparator.comparingLong(i -> entries.get(i).at()));
        long expected = 0;
        int slack = 0;
        for (int i : ordered) {
            Entry entry = entries.get(i);
            checkNeighbours(expected, slack, entry.at(), entry.name());
            if (entry.at() + LOCAL_SIZE > end) {
                throw new DamagedArchiveException("the entry '" + entry.name() + "' is cut off");
            }
            ByteBuffer local = read(entry.at(), LOCAL_SIZE);
            if (local.getInt(0) != LOCAL) {
                throw new DamagedArchiveException("the entry '" + entry.name() + "' has no header");
            }
            int nameLength = u16(local, 26);
            String name = name(read(entry.at() + LOCAL_SIZE, nameLength), 0, nameLength);
            if (!name.equals(entry.name()) || u16(local, 8) != entry.method()) {
                throw new Hostile(
                        "the entry '%s' calls itself '%s' in its own header"
                                .formatted(entry.name(), printable(name)));
            }
            slack = (u16(local, 6) & DESCRIPTOR_FOLLOWS) != 0 ? LONGEST_DESCRIPTOR : 0;
            long content = entry.at() + LOCAL_SIZE + nameLength + u16(local, 28);
            entries.set(i, entry.withContent(content));
            expected = content + entry.packed();
        }
        checkNeighbours(expected, slack, end, "directory");
    }

    private static void checkNeighbours(long expected, int slack, long at, String name)
            throws Hostile {
        if (at < expected) {
            throw new Hostile("the entry '" + name + "' overlaps the one before it");
        }
        if (at > expected + slack) {
            throw new Hostile(
                    "there are %d bytes before the entry '%s' that belong to nothing"
                            .formatted(at - expected, name));
        }
    }

    private ByteBuffer read(long at, int size) throws IOException {
        if (at < 0 || at + size > length) {
            throw new DamagedArchiveException("it ends too early");
        }
        if (at < windowAt || at + size > windowAt + window.limit()) {
            // The new one may be given away as it is, so the old one is not filled again.
            window = ByteBuffer.allocate((int) Math.min(Math.max(size, WINDOW), length - at));
            windowAt = at;
            while (window.hasRemaining()) {
                if (file.read(window, at + window.position()) < 0) {
                    throw new DamagedArchiveException("it ends too early");
                }
            }
            window.flip();
        }
        return window.slice((int) (at - windowAt), size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static String name(ByteBuffer bytes, int at, int length) throws Hostile {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.slice(at, length)).toString();
        } catch (CharacterCodingException e) {
            throw new Hostile("an entry's name is no UTF-8");
        }
    }

    private static String printable(String name) {
        StringBuilder text = new StringBuilder();
        name.chars().limit(200).forEach(c -> text.append(c < ' ' || c == 0x7f ? '?' : (char) c));
        return text.toString();
    }

    private static int u16(ByteBuffer bytes, int at) {
        return Short.toUnsignedInt(bytes.getShort(at));
    }

    private static long u32(ByteBuffer bytes, int at) {
        return Integer.toUnsignedLong(bytes.getInt(at));
    }
}
