package io.holdfast.backend.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.config.Configuration;
import io.holdfast.api.config.MemorySize;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.testkit.fixture.FixedMemoryBudget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.PlainTableConfig;

/** What is set in code or configured is what RocksDB says that its database has. */
class OptionsReachTheDatabaseTest {
    private static final String PREFIX = "state.backend.rocksdb.";

    @TempDir Path directory;
    private final FixedMemoryBudget memory = new FixedMemoryBudget(32 << 20);
    private final Configuration config = new Configuration();

    @AfterEach
    void nothingIsLeft() {
        assertThat(memory.openShares()).isEmpty();
    }

    private OptionsReachTheDatabaseTest set(String key, String value) {
        config.setString(PREFIX + key, value);
        return this;
    }

    private Map<String, String> opened(EmbeddedRocksDBStateBackend backend) throws IOException {
        try (OpenDatabase database =
                new OpenDatabase(backend.configure(config), directory, memory)) {
            return database.options();
        }
    }

    private Map<String, String> opened() throws IOException {
        return opened(new EmbeddedRocksDBStateBackend());
    }

    private static Map<String, String> predefined(PredefinedOptions set) {
        return switch (set) {
            case DEFAULT ->
                    Map.of(
                            "db.max_background_jobs", "2",
                            "column.level_compaction_dynamic_level_bytes", "false",
                            "column.write_buffer_size", "67108864",
                            "column.max_write_buffer_number", "2",
                            "column.target_file_size_base", "67108864",
                            "column.max_bytes_for_level_base", "268435456",
                            "table.block_size", "4096",
                            "table.filter_policy", "nullptr");
            case SPINNING_DISK_OPTIMIZED ->
                    Map.of(
                            "db.max_background_jobs", "4",
                            "db.max_open_files", "-1",
                            "column.compaction_style", "kCompactionStyleLevel",
                            "column.level_compaction_dynamic_level_bytes", "true");
            case SPINNING_DISK_OPTIMIZED_HIGH_MEM ->
                    Map.of(
                            "db.max_background_jobs", "4",
                            "column.level_compaction_dynamic_level_bytes", "true",
                            "column.target_file_size_base", "268435456",
                            "column.max_bytes_for_level_base", "1073741824",
                            "column.write_buffer_size", "67108864",
                            "column.max_write_buffer_number", "4",
                            "column.min_write_buffer_number_to_merge", "3",
                            "table.block_size", "131072");
            case FLASH_SSD_OPTIMIZED ->
                    Map.of("db.max_background_jobs", "4", "db.max_open_files", "-1");
        };
    }

    @ParameterizedTest
    @EnumSource
    void everyPredefinedSetHasItsValues(PredefinedOptions set) throws IOException {
        set("predefined-options", set.name());

        Map<String, String> options = opened();

        assertThat(options).containsAllEntriesOf(predefined(set));
        assertThat(options.get("table.filter_policy").contains("bloom"))
                .isEqualTo(set == PredefinedOptions.SPINNING_DISK_OPTIMIZED_HIGH_MEM);
    }

    @Test
    void everyOptionOfDatabaseAndColumnsReachesIt() throws IOException {
        Path logs = directory.resolve("logs");
        set("thread.num", "6").set("files.open", "500").set("log.level", "error_level");
        set("log.max-file-size", "3mb").set("log.file-num", "7").set("log.dir", logs.toString());
        set("compaction.style", "universal");
        set("compaction.level.target-file-size-base", "5mb");
        set("compaction.level.max-size-level-base", "50mb").set("writebuffer.size", "6mb");
        set("writebuffer.count", "5").set("writebuffer.number-to-merge", "2");
        set("block.blocksize", "16kb").set("block.metadata-blocksize", "8kb");
        set("use-bloom-filter", "true").set("bloom-filter.bits-per-key", "12.5");
        set("compression.per.level", "NO_COMPRESSION;LZ4_COMPRESSION");

        Map<String, String> options = opened();

        assertThat(options)
                .containsEntry("db.max_background_jobs", "6")
                .containsEntry("db.max_open_files", "500")
                .containsEntry("db.info_log_level", "ERROR_LEVEL")
                .containsEntry("db.max_log_file_size", "3145728")
                .containsEntry("db.keep_log_file_num", "7")
                .containsEntry("db.db_log_dir", logs.toString())
                .containsEntry("column.compaction_style", "kCompactionStyleUniversal")
                .containsEntry("column.target_file_size_base", "5242880")
                .containsEntry("column.max_bytes_for_level_base", "52428800")
                .containsEntry("column.write_buffer_size", "6291456")
                .containsEntry("column.max_write_buffer_number", "5")
                .containsEntry("column.min_write_buffer_number_to_merge", "2")
                .containsEntry("column.compression_per_level", "kNoCompression:kLZ4Compression")
                .containsEntry("table.block_size", "16384")
                .containsEntry("table.metadata_block_size", "8192");
        assertThat(options.get("table.filter_policy")).contains("12.5");
    }

    @Test
    void aConfiguredOptionWinsOverThePredefinedSet() throws IOException {
        set("predefined-options", "SPINNING_DISK_OPTIMIZED_HIGH_MEM").set("writebuffer.count", "7");
        set("compaction.level.use-dynamic-size", "false");

        assertThat(opened())
                .containsEntry("column.level_compaction_dynamic_level_bytes", "false")
                .containsEntry("column.max_write_buffer_number", "7")
                .containsEntry("column.min_write_buffer_number_to_merge", "3");
    }

    @Test
    void predefinedOptionsOfCodeWinOverConfiguredOnes() throws IOException {
        set("predefined-options", "FLASH_SSD_OPTIMIZED");
        EmbeddedRocksDBStateBackend backend = new EmbeddedRocksDBStateBackend();
        backend.setPredefinedOptions(PredefinedOptions.SPINNING_DISK_OPTIMIZED);

        assertThat(opened(backend))
                .containsEntry("column.level_compaction_dynamic_level_bytes", "true");
    }

    @Test
    void theSampleOfAnOptionsFactoryDoesWhatItSays() throws IOException {
        set("options-factory", MyOptionsFactory.class.getName()).set("thread.num", "9");
        config.set(MyOptionsFactory.BLOCK_RESTART_INTERVAL, 5);

        assertThat(opened())
                .containsEntry("db.max_background_jobs", "4")
                .containsEntry("db.use_fsync", "false")
                .containsEntry("table.block_restart_interval", "5");
    }

    @Test
    void anOptionsFactoryOfCodeWinsOverTheConfiguredOneAndIsConfiguredToo() throws IOException {
        set("options-factory", "nobody.looks.for.This");
        config.set(MyOptionsFactory.BLOCK_RESTART_INTERVAL, 3);
        EmbeddedRocksDBStateBackend backend = new EmbeddedRocksDBStateBackend();
        backend.setRocksDBOptions(new MyOptionsFactory());

        assertThat(opened(backend)).containsEntry("table.block_restart_interval", "3");
    }

    /** Makes a filter for each column, and counts how often it is closed. */
    private static final class CountingFactory implements RocksDBOptionsFactory {
        private final List<AtomicInteger> closed = new ArrayList<>();

        @Override
        public DBOptions createDBOptions(
                DBOptions currentOptions, Collection<AutoCloseable> handlesToClose) {
            handlesToClose.add(counted(() -> {}));
            return currentOptions.setMaxOpenFiles(77);
        }

        @Override
        public ColumnFamilyOptions createColumnOptions(
                ColumnFamilyOptions currentOptions, Collection<AutoCloseable> handlesToClose) {
            BloomFilter filter = new BloomFilter(8);
            handlesToClose.add(counted(filter));
            return new ColumnFamilyOptions(currentOptions)
                    .setTableFormatConfig(new BlockBasedTableConfig().setFilterPolicy(filter));
        }

        private AutoCloseable counted(AutoCloseable handle) {
            AtomicInteger count = new AtomicInteger();
            closed.add(count);
            return () -> {
                count.incrementAndGet();
                handle.close();
            };
        }
    }

    @Test
    void everyHandleOfAnOptionsFactoryIsClosedOnce() throws IOException {
        CountingFactory factory = new CountingFactory();
        EmbeddedRocksDBStateBackend backend = new EmbeddedRocksDBStateBackend();
        backend.setRocksDBOptions(factory);

        assertThat(opened(backend)).containsEntry("db.max_open_files", "77");

        // One for the database, one for each of its two columns.
        assertThat(factory.closed).hasSize(3).allMatch(count -> count.get() == 1);
    }

    @Test
    void sharedMemoryWinsOverTheCacheAndTheFormatOfAnOptionsFactory() throws IOException {
        set("options-factory", MyOptionsFactory.class.getName());

        assertThat(opened())
                .containsEntry("table.cache_index_and_filter_blocks", "true")
                .containsEntry("table.cache_index_and_filter_blocks_with_high_priority", "true")
                .containsEntry("table.pin_l0_filter_and_index_blocks_in_cache", "true")
                .containsEntry("table.format_version", "5");
    }

    @Test
    void indexesAndFiltersAreCutIntoBlocksWhereAskedFor() throws IOException {
        set("memory.partitioned-index-filters", "true").set("use-bloom-filter", "true");

        assertThat(opened())
                .containsEntry("table.index_type", "kTwoLevelIndexSearch")
                .containsEntry("table.partition_filters", "true")
                .containsEntry("table.pin_top_level_index_and_filter", "true");
    }

    @Test
    void withoutSharedMemoryNothingIsTakenFromTheSlot() throws IOException {
        set("memory.managed", "false").set("block.cache-size", "16mb");
        try (OpenDatabase database =
                new OpenDatabase(
                        new EmbeddedRocksDBStateBackend().configure(config), directory, memory)) {
            assertThat(memory.openShares()).isEmpty();
            assertThat(database.option("table.cache_index_and_filter_blocks")).isEqualTo("false");
        }
    }

    @Test
    void aFactoryThatGivesAnotherTableFormatIsRefused() {
        EmbeddedRocksDBStateBackend backend = new EmbeddedRocksDBStateBackend();
        backend.setRocksDBOptions(
                new RocksDBOptionsFactory() {
                    @Override
                    public DBOptions createDBOptions(
                            DBOptions currentOptions, Collection<AutoCloseable> handlesToClose) {
                        return currentOptions;
                    }

                    @Override
                    public ColumnFamilyOptions createColumnOptions(
                            ColumnFamilyOptions currentOptions,
                            Collection<AutoCloseable> handlesToClose) {
                        return currentOptions.setTableFormatConfig(new PlainTableConfig());
                    }
                });

        assertThatThrownBy(() -> opened(backend))
                .isInstanceOf(HoldfastException.class)
                .hasMessageContainingAll("STATE-3127", "PlainTableConfig");
    }

    @Test
    void fixedMemoryOfASlotIsSharedByItsDatabases() throws IOException {
        set("memory.fixed-per-slot", "12mb");
        EmbeddedRocksDBStateBackend backend = new EmbeddedRocksDBStateBackend().configure(config);

        assertThat(backend.getMemoryConfiguration().getFixedMemoryPerSlot())
                .isEqualTo(MemorySize.ofMebi(12));
        try (OpenDatabase database = new OpenDatabase(backend, directory, memory)) {
            assertThat(memory.openShares())
                    .hasSize(2)
                    .allSatisfy(share -> assertThat(share).contains("rocksdb", "12582912"));
            assertThat(database.option("table.cache_index_and_filter_blocks")).isEqualTo("true");
        }
    }
}
