package io.holdfast.host.folder;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes ZIP files byte by byte, with whatever lies a test wants in them. */
final class RawZip {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<Entry> entries = new ArrayList<>();
    private int endCount = -1;

    /** An entry whose fields may be changed before the file is finished. */
    static final class Entry {
        String centralName;
        int at;
        int flags;
        int method;
        int attributes;
        long crc;
        int packed;
        int size;
    }

    /** Bytes that belong to nothing. */
    RawZip junk(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** An entry, packed; the result's fields are what the directory will say. */
    Entry add(String name, byte[] content) {
        return add(name, content, 8);
    }

    /** An entry by a method: 0 stores, everything else deflates and says that method. */
    Entry add(String name, byte[] content, int method) {
        byte[] packed = method == 0 ? content : deflate(content);
        CRC32 crc = new CRC32();
        crc.update(content);
        Entry entry = new Entry();
        entry.centralName = name;
        entry.at = out.size();
        entry.method = method;
        entry.crc = crc.getValue();
        entry.packed = packed.length;
        entry.size = content.length;
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer header = little(30);
        header.putInt(0x04034b50).putShort((short) 20).putShort((short) 0);
        header.putShort((short) method).putInt(0).putInt((int) entry.crc);
        header.putInt(packed.length).putInt(content.length);
        header.putShort((short) bytes.length).putShort((short) 0);
        out.writeBytes(header.array());
        out.writeBytes(bytes);
        out.writeBytes(packed);
        entries.add(entry);
        return entry;
    }

    /** The directory names it once more. */
    RawZip again(Entry entry) {
        entries.add(entry);
        return this;
    }

    /** An entry of the directory without content of its own. */
    Entry pointer(String name, int at, byte[] stored) {
        CRC32 crc = new CRC32();
        crc.update(stored);
        Entry entry = new Entry();
        entry.centralName = name;
        entry.at = at;
        entry.crc = crc.getValue();
        entry.packed = stored.length;
        entry.size = stored.length;
        entries.add(entry);
        return entry;
    }

    /** The end record says another number of entries. */
    RawZip claim(int count) {
        endCount = count;
        return this;
    }

    byte[] finish() {
        int from = out.size();
        for (Entry entry : entries) {
            byte[] bytes = entry.centralName.getBytes(StandardCharsets.UTF_8);
            ByteBuffer header = little(46);
            header.putInt(0x02014b50).putShort((short) (3 << 8 | 20)).putShort((short) 20);
            header.putShort((short) entry.flags).putShort((short) entry.method).putInt(0);
            header.putInt((int) entry.crc).putInt(entry.packed).putInt(entry.size);
            header.putShort((short) bytes.length).putShort((short) 0).putShort((short) 0);
            header.putShort((short) 0).putShort((short) 0);
            header.putInt(entry.attributes).putInt(entry.at);
            out.writeBytes(header.array());
            out.writeBytes(bytes);
        }
        int size = out.size() - from;
        int count = endCount < 0 ? entries.size() : endCount;
        ByteBuffer end = little(22);
        end.putInt(0x06054b50).putShort((short) 0).putShort((short) 0);
        end.putShort((short) count).putShort((short) count).putInt(size).putInt(from);
        end.putShort((short) 0);
        out.writeBytes(end.array());
        return out.toByteArray();
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] deflate(byte[] content) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(content);
        deflater.finish();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        while (!deflater.finished()) {
            packed.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return packed.toByteArray();
    }
}
