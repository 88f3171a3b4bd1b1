package io.holdfast.backend.rocksdb.keyed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.ListState;
import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.api.state.ValueState;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.backend.rocksdb.store.Column;
import io.holdfast.backend.rocksdb.store.LocalDirectories;
import io.holdfast.backend.rocksdb.store.MemoryPlan;
import io.holdfast.backend.rocksdb.store.NothingConfigured;
import io.holdfast.backend.rocksdb.store.Store;
import io.holdfast.rocksdb.RocksDbLibrary;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle.LocalFiles;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.state.KeyedBackendRequest;
import io.holdfast.spi.state.KeyedStateBackend;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.testkit.bench.StateBench;
import io.holdfast.testkit.bench.Subtask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a hand-over by files must mind in RocksDB. */
class LocalFilesTest {
    private static final ValueStateDescriptor<String> TEXT =
            new ValueStateDescriptor<>("text", String.class);

    @RegisterExtension
    final StateBench bench = new StateBench(() -> new SmallBackend(Limits.USUAL));

    @TempDir Path elsewhere;

    private static Store store(Subtask<String> subtask) {
        return ((RocksDbKeyedBackend<String>) subtask.backend()).store();
    }

    private static void fill(Subtask<String> subtask, int keys, String content) {
        ValueState<String> text = subtask.value(TEXT);
        for (int i = 0; i < keys; i++) {
            subtask.use("key" + i);
            text.update(content + i);
        }
    }

    private static void expect(Subtask<String> subtask, int keys, String content) {
        ValueState<String> text = subtask.value(TEXT);
        for (int i = 0; i < keys; i++) {
            subtask.use("key" + i);
            assertThat(text.value()).isEqualTo(content + i);
        }
    }

    private static List<Path> in(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    private static List<Path> tables(Path directory) throws IOException {
        return in(directory).stream().filter(file -> file.toString().endsWith(".sst")).toList();
    }

    @Test
    void tablesAreLinkedAndMovedNotCopied() throws IOException {
        Subtask<String> subtask = bench.open(Serializers.STRING);
        fill(subtask, 1_000, "text ");
        LocalFiles first = (LocalFiles) bench.handOver(subtask);
        Object file = Files.getAttribute(tables(first.directory()).get(0), "unix:ino");

        LocalFiles second = (LocalFiles) bench.handOver(subtask);

        assertThat(tables(second.directory()))
                .as("nothing new is written where nothing changed")
                .singleElement()
                .satisfies(
                        table -> assertThat(Files.getAttribute(table, "unix:ino")).isEqualTo(file));
        Subtask<String> successor = bench.restore(Serializers.STRING, second);
        expect(successor, 1_000, "text ");
        assertThat(in(second.directory())).as("all but the description").hasSize(1);
        assertThat(tables(first.directory())).as("the others are not touched").hasSize(1);
    }

    @Test
    void aDroppedColumnThatASnapshotStillReadsIsNotHandedOver() {
        Subtask<String> subtask = bench.open(Serializers.STRING);
        fill(subtask, 100, "text ");
        Column dropped = store(subtask).createColumn("dropped");
        store(subtask).put(dropped, new byte[] {1}, 1, new byte[] {2}, 1);
        var snapshot = bench.begin(subtask, SnapshotKind.FULL);
        store(subtask).dropColumn(dropped);

        Subtask<String> successor = bench.restore(Serializers.STRING, bench.handOver(subtask));

        assertThat(store(successor).inherited()).hasSize(1);
        expect(successor, 100, "text ");
        expect(bench.restore(Serializers.STRING, bench.write(snapshot)), 100, "text ");
    }

    @Test
    void aColumnThatBelongsToNoStateIsDropped() {
        Subtask<String> subtask = bench.open(Serializers.STRING);
        fill(subtask, 10, "text ");
        Column leftOver = store(subtask).createColumn("of a migration that failed");
        store(subtask).put(leftOver, new byte[] {1}, 1, new byte[] {2}, 1);

        Subtask<String> second = bench.restore(Serializers.STRING, bench.handOver(subtask));
        Subtask<String> third = bench.restore(Serializers.STRING, bench.handOver(second));

        assertThat(store(second).inherited()).containsKey(leftOver.number()).hasSize(2);
        assertThat(store(third).inherited()).doesNotContainKey(leftOver.number()).hasSize(1);
        expect(third, 10, "text ");
    }

    @Test
    void newColumnsGetNumbersThatNobodyHas() {
        Subtask<String> subtask = bench.open(Serializers.STRING);
        fill(subtask, 10, "text ");
        for (int generation = 1; generation <= 3; generation++) {
            Subtask<String> next = bench.restore(Serializers.STRING, bench.handOver(subtask));
            subtask.close();
            ListState<Integer> list =
                    next.list(new ListStateDescriptor<>("list " + generation, Integer.class));
            next.use("key");
            list.add(generation);
            list.add(-generation);
            subtask = next;
        }

        Subtask<String> last = bench.restore(Serializers.STRING, bench.handOver(subtask));
        Map<Integer, Column> columns = store(last).inherited();
        assertThat(columns).hasSize(4);
        last.use("key");
        assertThat(last.list(new ListStateDescriptor<>("list 1", Integer.class)).get())
                .containsExactly(1, -1);
        expect(last, 10, "text ");
        assertThat(store(last).createColumn("next").number()).isNotIn(columns.keySet());
    }

    @Test
    void preparingWritesWhatIsInMemoryAndFilesThenWriteLittle() throws IOException {
        Subtask<String> subtask = bench.open(Serializers.STRING);
        fill(subtask, 20_000, "x".repeat(200));
        assertThat(subtask.backend().prepareLocalFiles()).as("there is much to write").isFalse();
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> subtask.backend().prepareLocalFiles());
        subtask.use("key0");
        subtask.value(TEXT).update("late");

        LocalFiles files = (LocalFiles) bench.handOver(subtask);

        List<Path> tables = tables(files.directory());
        assertThat(tables).hasSizeGreaterThan(1);
        assertThat(tables.get(tables.size() - 1).toFile().length())
                .as("the last table has the last entry only")
                .isLessThan(10_000);
        Subtask<String> successor = bench.restore(Serializers.STRING, files);
        successor.use("key0");
        assertThat(successor.value(TEXT).value()).isEqualTo("late");
        successor.use("key19999");
        assertThat(successor.value(TEXT).value()).endsWith("x19999");
    }

    /** The backend with directories of its own for databases. */
    private static StateBackend in(LocalDirectories directories) {
        KeyedSettings settings =
                new KeyedSettings(
                        new NothingConfigured(),
                        new MemoryPlan.ShareOfSlot(MemoryPlan.Division.USUAL),
                        Optional.of(directories),
                        128,
                        false,
                        0,
                        false);
        return new StateBackend() {
            @Override
            public String name() {
                return "rocksdb";
            }

            @Override
            public Set<SnapshotKind> snapshotKinds() {
                return Set.of(SnapshotKind.FULL, SnapshotKind.CANONICAL);
            }

            @Override
            public <K> KeyedStateBackend<K> open(KeyedBackendRequest<K> request)
                    throws IOException {
                RocksDbLibrary.load();
                return RocksDbKeyedBackend.open(request, settings);
            }
        };
    }

    @Test
    void aDatabaseInAConfiguredDirectoryIsHandedOverThere() throws IOException {
        StateBackend backend = in(new LocalDirectories(List.of(elsewhere)));
        Subtask<String> subtask = bench.opening(Serializers.STRING).in(backend).open();
        fill(subtask, 100, "text ");

        Subtask<String> successor =
                bench.opening(Serializers.STRING).in(backend).from(bench.handOver(subtask)).open();
        assertThat(in(elsewhere)).hasSize(2);
        subtask.close();

        expect(successor, 100, "text ");
        successor.close();
        assertThat(in(elsewhere)).isEmpty();
    }

    @Test
    void aSuccessorThatCannotOpenLeavesNothing() throws IOException {
        StateBackend backend = in(new LocalDirectories(List.of(elsewhere)));
        Subtask<String> subtask = bench.open(Serializers.STRING);
        fill(subtask, 100, "text ");
        List<String> shares = bench.openShares();
        LocalFiles files = (LocalFiles) bench.handOver(subtask);
        Path table = tables(files.directory()).get(0);
        byte[] bytes = Files.readAllBytes(table);
        Files.delete(table);
        Files.write(table, new byte[bytes.length]);

        assertThatThrownBy(
                        () -> bench.opening(Serializers.STRING).in(backend).from(files).tryOpen())
                .hasMessageStartingWith("SNAPSHOT-4001")
                .hasMessageContaining(table.getFileName().toString());
        assertThat(in(elsewhere)).isEmpty();
        assertThat(bench.openShares()).isEqualTo(shares);
        expect(subtask, 100, "text ");
    }

    @Test
    void filesAreTakenAloneOrNotAtAll() {
        Subtask<String> subtask = bench.open(Serializers.STRING);
        fill(subtask, 10, "text ");
        KeyedSnapshotHandle snapshot = bench.snapshot(subtask, SnapshotKind.FULL);
        KeyedSnapshotHandle files = bench.handOver(subtask);

        assertThatThrownBy(() -> bench.opening(Serializers.STRING).from(files, snapshot).tryOpen())
                .hasMessageStartingWith("SNAPSHOT-4002")
                .hasMessageContaining("rocksdb-files/1");
    }
}
