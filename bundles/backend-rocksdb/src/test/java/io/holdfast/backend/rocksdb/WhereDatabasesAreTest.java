package io.holdfast.backend.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.config.Configuration;
import io.holdfast.testkit.fixture.FixedMemoryBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases in configured local directories, and the memory that all of a process share. */
class WhereDatabasesAreTest {
    @TempDir Path directory;
    private final FixedMemoryBudget slot = new FixedMemoryBudget(32 << 20);
    private final FixedMemoryBudget otherSlot = new FixedMemoryBudget(32 << 20);

    private static List<Path> in(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private OpenDatabase open(EmbeddedRocksDBStateBackend backend) throws IOException {
        return new OpenDatabase(backend, directory, slot);
    }

    @Test
    void databasesAreDealtOutToTheDirectoriesAndRemovedFromThem() throws IOException {
        Path first = directory.resolve("first");
        Path second = directory.resolve("second");
        EmbeddedRocksDBStateBackend backend = new EmbeddedRocksDBStateBackend();
        backend.setDbStoragePaths(first.toString(), second.toUri().toString());

        try (OpenDatabase one = open(backend);
                OpenDatabase two = open(backend)) {
            assertThat(one.options()).isNotEmpty();
            assertThat(two.options()).isNotEmpty();
            assertThat(in(first)).hasSize(1);
            assertThat(in(second)).hasSize(1);
        }
        assertThat(in(first)).isEmpty();
        assertThat(in(second)).isEmpty();
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsLeftOut() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        Path good = directory.resolve("good");
        EmbeddedRocksDBStateBackend backend = new EmbeddedRocksDBStateBackend();
        backend.setDbStoragePaths(file.toString(), good.toString());

        try (OpenDatabase one = open(backend);
                OpenDatabase two = open(backend)) {
            assertThat(one.options()).isNotEmpty();
            assertThat(two.options()).isNotEmpty();
            assertThat(in(good)).hasSize(2);
        }
    }

    @Test
    void withoutADirectoryThatCanBeWrittenNothingIsOpened() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        EmbeddedRocksDBStateBackend backend = new EmbeddedRocksDBStateBackend();
        backend.setDbStoragePath(file.toString());

        assertThatThrownBy(() -> open(backend))
                .hasMessageStartingWith("STATE-3128")
                .hasMessageContaining(file.toString());
        assertThat(slot.openShares()).isEmpty();
    }

    @Test
    void whatAKilledProcessLeftIsRemoved() throws IOException {
        Path left = Files.createDirectories(directory.resolve("holdfast-rocksdb-1.1-x"));
        Files.createFile(left.resolve("LOCK"));
        Files.createFile(left.resolve("000012.sst"));
        EmbeddedRocksDBStateBackend backend = new EmbeddedRocksDBStateBackend();
        backend.setDbStoragePath(directory.toString());

        try (OpenDatabase database = open(backend)) {
            assertThat(database.options()).isNotEmpty();
            assertThat(left).doesNotExist();
        }
    }

    @Test
    void fixedMemoryOfTheProcessIsSharedByItsSlots() throws IOException {
        Configuration config = new Configuration();
        config.setString("state.backend.rocksdb.memory.fixed-per-tm", "12mb");
        EmbeddedRocksDBStateBackend one = new EmbeddedRocksDBStateBackend().configure(config);
        EmbeddedRocksDBStateBackend two = new EmbeddedRocksDBStateBackend().configure(config);

        try (OpenDatabase first =
                        new OpenDatabase(one, Files.createDirectory(directory.resolve("1")), slot);
                OpenDatabase second =
                        new OpenDatabase(
                                two, Files.createDirectory(directory.resolve("2")), otherSlot)) {
            assertThat(slot.openShares()).isEmpty();
            assertThat(otherSlot.openShares()).isEmpty();
            assertThat(first.option("table.cache_index_and_filter_blocks")).isEqualTo("true");
            assertThat(second.option("table.cache_index_and_filter_blocks")).isEqualTo("true");
        }
    }
}
