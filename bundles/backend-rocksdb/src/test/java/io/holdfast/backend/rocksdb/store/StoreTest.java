package io.holdfast.backend.rocksdb.store;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.rocksdb.RocksDbLibrary;
import io.holdfast.testkit.fixture.FixedMemoryBudget;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.AbstractImmutableNativeReference;

class StoreTest {
    private static final MemoryPlan SHARED = new MemoryPlan.ShareOfSlot(MemoryPlan.Division.USUAL);

    @TempDir Path directory;

    private final FixedMemoryBudget budget = new FixedMemoryBudget(8 << 20);
    private SharedMemory memory;
    private Store store;

    @BeforeEach
    void open() {
        RocksDbLibrary.load();
        memory = SHARED.share(budget).orElseThrow();
        store = Store.open(new Place("test (1/1)", directory), setup());
    }

    private Store.Setup setup() {
        return new Store.Setup(new NothingConfigured(), Optional.of(memory), Batch.USUAL_BYTES);
    }

    @AfterEach
    void close() {
        store.close();
        memory.close();
        assertThat(budget.openShares()).isEmpty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void put(Column column, String key, String value) {
        store.put(column, bytes(key), bytes(key).length, bytes(value), bytes(value).length);
    }

    private String get(Column column, String key) {
        int length = store.get(column, bytes(key), bytes(key).length);
        return length == Store.ABSENT
                ? null
                : new String(store.value(), 0, length, StandardCharsets.UTF_8);
    }

    @Test
    void entriesAreStoredReplacedAppendedToAndRemoved() {
        Column column = store.createColumn("a");
        assertThat(get(column, "k")).isNull();

        put(column, "k", "1");
        put(column, "k", "2");
        store.append(column, bytes("k"), 1, bytes("3"), 1);
        store.append(column, bytes("k"), 1, bytes(""), 0);
        store.append(column, bytes("n"), 1, bytes("4"), 1);

        assertThat(get(column, "k")).isEqualTo("2,3,");
        assertThat(get(column, "n")).isEqualTo("4");
        assertThat(store.size(column, bytes("k"), 1)).isEqualTo(4);
        store.delete(column, bytes("k"), 1);
        assertThat(get(column, "k")).isNull();
        assertThat(store.size(column, bytes("k"), 1)).isEqualTo(Store.ABSENT);
    }

    @Test
    void columnsOfTheSameLabelAreDifferentColumns() {
        List<Column> columns = store.createColumns(List.of("same", "same"));
        put(columns.get(0), "k", "1");

        assertThat(get(columns.get(1), "k")).isNull();
        assertThat(get(columns.get(0), "k")).isEqualTo("1");
    }

    @Test
    void valuesOfEveryLengthAreReadWhole() {
        Column column = store.createColumn("a");
        for (int length : new int[] {0, 1, 4_095, 4_096, 4_097, 100_000, 3 << 20, 17}) {
            put(column, "k" + length, "x".repeat(length));
            assertThat(get(column, "k" + length)).hasSize(length);
        }
        assertThat(store.value().length).as("a large value is not kept").isLessThan(1 << 20);
    }

    @Test
    void aBatchDoesWhatSingleWritesDo() {
        Column one = store.createColumn("one");
        Column two = store.createColumn("two");
        long seed = Long.getLong("test.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, String> model = new TreeMap<>();
        Batch batch = store.batch();
        for (int i = 0; i < 20_000; i++) {
            byte[] key = bytes("key" + random.nextInt(2_000));
            byte[] value = bytes("v".repeat(random.nextInt(1_000) == 0 ? 300_000 : i % 50));
            switch (random.nextInt(4)) {
                case 0 -> {
                    batch.delete(one, key, 0, key.length);
                    store.delete(two, key, key.length);
                }
                case 1 -> {
                    batch.append(one, key, key.length, value, value.length);
                    store.append(two, key, key.length, value, value.length);
                }
                default -> {
                    batch.put(one, key, 0, key.length, value, 0, value.length);
                    store.put(two, key, key.length, value, value.length);
                }
            }
        }
        batch.flush();
        batch.flush();

        model.putAll(content(two));
        assertThat(content(one)).as("seed %d", seed).isEqualTo(model);
    }

    private Map<String, String> content(Column column) {
        Map<String, String> content = new TreeMap<>();
        try (Scan scan = store.scan(column)) {
            for (scan.seek(new byte[0]); scan.isValid(); scan.next()) {
                int length = scan.valueLength();
                content.put(
                        new String(scan.key(), 0, scan.keyLength(), StandardCharsets.UTF_8),
                        new String(scan.value(), 0, length, StandardCharsets.UTF_8));
            }
        }
        return content;
    }

    @Test
    void aBatchNotFlushedIsNotSeen() {
        Column column = store.createColumn("a");
        Batch batch = store.batch();
        batch.put(column, bytes("k"), 0, 1, bytes("1"), 0, 1);
        assertThat(get(column, "k")).isNull();

        batch.clear();
        batch.flush();
        assertThat(get(column, "k")).isNull();
    }

    @Test
    void aViewKeepsWhatWasThereEvenOfADroppedColumn() {
        Column kept = store.createColumn("kept");
        Column dropped = store.createColumn("dropped");
        put(kept, "k", "1");
        put(dropped, "d", "1");

        try (View view = store.freeze("the test")) {
            put(kept, "k", "2");
            put(kept, "l", "2");
            store.dropColumn(dropped);
            assertThat(keys(view.scan(kept))).containsExactly("k");
            assertThat(keys(view.scan(dropped))).containsExactly("d");
            assertThat(store.openViews()).isOne();
        }
        assertThat(store.openViews()).isZero();
        assertThat(get(kept, "k")).isEqualTo("2");
    }

    private static List<String> keys(Scan scan) {
        Stream.Builder<String> keys = Stream.builder();
        for (scan.seek(new byte[0]); scan.isValid(); scan.next()) {
            keys.add(new String(scan.key(), 0, scan.keyLength(), StandardCharsets.UTF_8));
        }
        return keys.build().toList();
    }

    @Test
    void moreThanFitsIntoTheBudgetIsReadBack() {
        Column column = store.createColumn("a");
        byte[] value = new byte[1_000];
        for (int i = 0; i < 30_000; i++) {
            Arrays.fill(value, (byte) i);
            byte[] key = bytes("key" + i);
            store.put(column, key, key.length, value, value.length);
        }
        for (int i = 0; i < 30_000; i += 7) {
            byte[] key = bytes("key" + i);
            assertThat(store.get(column, key, key.length)).isEqualTo(1_000);
            assertThat(store.value()[999]).isEqualTo((byte) i);
        }
    }

    @Test
    void tableFilesAreOfAFormatThatOlderVersionsRead() throws IOException {
        Column column = store.createColumn("a");
        byte[] value = new byte[1_000];
        for (int i = 0; i < 30_000; i++) {
            byte[] key = bytes("key" + i);
            store.put(column, key, key.length, value, value.length);
        }
        store.close();

        List<Integer> formats = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".sst")).toList()) {
                formats.addAll(formats(file));
            }
        }
        assertThat(formats).isNotEmpty().allSatisfy(format -> assertThat(format).isBetween(5, 6));
    }

    /** A whole table ends with its format version and a magic number, little-endian. */
    private static List<Integer> formats(Path table) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(table)).order(LITTLE_ENDIAN);
        int magic = bytes.capacity() - Long.BYTES;
        return magic >= 4 && bytes.getLong(magic) == 0x88e241b785f4cff7L
                ? List.of(bytes.getInt(magic - 4))
                : List.of();
    }

    @Test
    void nothingNativeIsLeftAfterwards() {
        Column column = store.createColumn("a");
        put(column, "k", "1");
        int before = store.live().size();
        for (int i = 0; i < 1_000; i++) {
            try (Scan scan = store.scan(column);
                    View view = store.freeze("the test")) {
                scan.seek(new byte[0]);
                view.scan(column).seek(new byte[0]);
            }
            get(column, "k");
            store.createColumns(List.of());
        }
        store.dropColumn(store.createColumn("dropped"));
        assertThat(store.live()).as("does not grow with use").hasSize(before);

        Scan abandoned = store.scan(column);
        abandoned.seek(new byte[0]);
        List<AutoCloseable> owned = store.live();
        store.close();

        assertThat(store.live()).isEmpty();
        assertThat(owned)
                .hasSizeGreaterThan(5)
                .allSatisfy(
                        object ->
                                assertThat(
                                                ((AbstractImmutableNativeReference) object)
                                                        .isOwningHandle())
                                        .as(object.getClass().getName())
                                        .isFalse());
        assertThatThrownBy(abandoned::next).hasMessageContaining("STATE-3016");
    }

    @Test
    void useAfterCloseIsRefused() {
        Column column = store.createColumn("a");
        Batch batch = store.batch();
        batch.put(column, bytes("k"), 0, 1, bytes("1"), 0, 1);
        store.close();
        store.close();

        assertThatThrownBy(() -> get(column, "k")).hasMessageContaining("STATE-3016");
        assertThatThrownBy(() -> put(column, "k", "1")).hasMessageContaining("STATE-3016");
        assertThatThrownBy(() -> store.scan(column)).hasMessageContaining("STATE-3016");
        assertThatThrownBy(() -> store.freeze("x")).hasMessageContaining("STATE-3016");
        assertThatThrownBy(batch::flush).hasMessageContaining("STATE-3016");
        assertThatThrownBy(() -> store.createColumn("b")).hasMessageContaining("STATE-3016");
    }

    @Test
    void databasesOfOneSlotShareTheirMemory() {
        try (SharedMemory second = SHARED.share(budget).orElseThrow()) {
            assertThat(second.cache()).isSameAs(memory.cache());
            assertThat(second.writeBuffers()).isSameAs(memory.writeBuffers());
            assertThat(second.writeBufferBytes()).isEqualTo((8 << 20) / 3);
        }
    }

    @Test
    void aDirectoryThatCannotBeUsedIsNamed() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> Store.open(new Place("test (1/1)", file), setup()))
                .hasMessageContainingAll("STATE-3112", "making the database", file.toString());
    }
}
