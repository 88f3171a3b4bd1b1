package io.holdfast.rocksdb;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Changes a library in ELF, 64 bit, little endian, before it is loaded. Stateless. */
final class ElfLibrary {

    // Offsets and values by the System V ABI, "ELF-64 Object File Format": the file header names
    // the table of section headers; the section of type SHT_DYNSYM is an array of symbols; the
    // upper four bits of a symbol's info byte are its binding. The section of type SHT_DYNAMIC is
    // an
    // array of pairs, tag and value, that ends with the tag DT_NULL and usually has room behind it.
    private static final int HEADER_SIZE = 64;
    private static final int HEADER_SECTIONS = 0x28;
    private static final int HEADER_SECTION_SIZE = 0x3a;
    private static final int HEADER_SECTION_COUNT = 0x3c;
    private static final int SECTION_TYPE = 4;
    private static final int SECTION_OFFSET = 0x18;
    private static final int SECTION_LENGTH = 0x20;
    private static final int SHT_DYNAMIC = 6;
    private static final int SHT_DYNSYM = 11;
    private static final int PAIR_SIZE = 16;
    private static final int PAIR_VALUE = 8;
    private static final long DT_NULL = 0;
    private static final long DT_FLAGS_1 = 0x6ffffffbL;
    private static final long DF_1_NODELETE = 8;
    private static final int SYMBOL_SIZE = 24;
    private static final int SYMBOL_INFO = 4;
    private static final int STB_GLOBAL = 1;
    private static final int STB_GNU_UNIQUE = 10;

    private ElfLibrary() {}

    /**
     * Binds every symbol that is unique in the process (STB_GNU_UNIQUE) as an ordinary global one.
     * The dynamic linker never unmaps a library with unique symbols; that is kept up by a flag
     * (DF_1_NODELETE), since threads that used RocksDB run code of it when they end.
     *
     * @param file content of a library, changed in place; left alone if it is of another format or
     *     has no such symbols
     * @return how many symbols were changed
     * @throws IndexOutOfBoundsException if a table lies outside the file
     */
    static int makeUniqueGlobal(byte[] file) {
        if (!isElf64LittleEndian(file)) {
            return 0;
        }
        ByteBuffer elf = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int changed = 0;
        for (Section symbols : sections(elf, SHT_DYNSYM)) {
            changed += makeUniqueGlobal(elf, symbols);
        }
        if (changed > 0) {
            sections(elf, SHT_DYNAMIC).forEach(dynamic -> neverUnmap(elf, dynamic));
        }
        return changed;
    }

    private record Section(int from, int to) {}

    private static List<Section> sections(ByteBuffer elf, int type) {
        int header = Math.toIntExact(elf.getLong(HEADER_SECTIONS));
        int size = Short.toUnsignedInt(elf.getShort(HEADER_SECTION_SIZE));
        int count = Short.toUnsignedInt(elf.getShort(HEADER_SECTION_COUNT));
        List<Section> found = new ArrayList<>();
        for (int i = 0; i < count; i++, header += size) {
            if (elf.getInt(header + SECTION_TYPE) == type) {
                int from = Math.toIntExact(elf.getLong(header + SECTION_OFFSET));
                int length = Math.toIntExact(elf.getLong(header + SECTION_LENGTH));
                found.add(new Section(from, Math.addExact(from, length)));
            }
        }
        return found;
    }

    private static int makeUniqueGlobal(ByteBuffer elf, Section symbols) {
        int changed = 0;
        for (int symbol = symbols.from; symbol < symbols.to; symbol += SYMBOL_SIZE) {
            int info = elf.get(symbol + SYMBOL_INFO) & 0xff;
            if (info >>> 4 == STB_GNU_UNIQUE) {
                elf.put(symbol + SYMBOL_INFO, (byte) (STB_GLOBAL << 4 | info & 0xf));
                changed++;
            }
        }
        return changed;
    }

    private static void neverUnmap(ByteBuffer elf, Section dynamic) {
        for (int pair = dynamic.from; pair < dynamic.to; pair += PAIR_SIZE) {
            long tag = elf.getLong(pair);
            if (tag == DT_FLAGS_1) {
                elf.putLong(pair + PAIR_VALUE, elf.getLong(pair + PAIR_VALUE) | DF_1_NODELETE);
                return;
            }
            if (tag == DT_NULL) {
                boolean room = pair + 2 * PAIR_SIZE <= dynamic.to;
                if (room) {
                    elf.putLong(pair, DT_FLAGS_1).putLong(pair + PAIR_VALUE, DF_1_NODELETE);
                }
                return;
            }
        }
    }

    private static boolean isElf64LittleEndian(byte[] file) {
        return file.length >= HEADER_SIZE
                && file[0] == 0x7f
                && file[1] == 'E'
                && file[2] == 'L'
                && file[3] == 'F'
                && file[4] == 2
                && file[5] == 1;
    }
}
