package io.holdfast.backend.rocksdb;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.MemorySize;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.rocksdb.CompactionStyle;

/**
 * Sets of values for options of database and columns. What is configured for an option itself wins
 * over them, and they win over the options' defaults.
 */
public enum PredefinedOptions {
    /** Every option has its default. */
    DEFAULT(Map.of()),

    /** For spinning disks: more threads, levels that follow the last one. */
    SPINNING_DISK_OPTIMIZED(
            Map.of(
                    RocksDBConfigurableOptions.COMPACTION_STYLE,
                    CompactionStyle.LEVEL,
                    RocksDBConfigurableOptions.USE_DYNAMIC_LEVEL_SIZE,
                    true,
                    RocksDBConfigurableOptions.MAX_BACKGROUND_THREADS,
                    4,
                    RocksDBConfigurableOptions.MAX_OPEN_FILES,
                    -1)),

    /** For spinning disks and much memory: larger files, blocks, caches and a filter as well. */
    SPINNING_DISK_OPTIMIZED_HIGH_MEM(
            Map.ofEntries(
                    Map.entry(RocksDBConfigurableOptions.COMPACTION_STYLE, CompactionStyle.LEVEL),
                    Map.entry(RocksDBConfigurableOptions.USE_DYNAMIC_LEVEL_SIZE, true),
                    Map.entry(RocksDBConfigurableOptions.MAX_BACKGROUND_THREADS, 4),
                    Map.entry(RocksDBConfigurableOptions.MAX_OPEN_FILES, -1),
                    Map.entry(RocksDBConfigurableOptions.BLOCK_CACHE_SIZE, MemorySize.ofMebi(256)),
                    Map.entry(RocksDBConfigurableOptions.BLOCK_SIZE, MemorySize.ofKibi(128)),
                    Map.entry(
                            RocksDBConfigurableOptions.MAX_SIZE_LEVEL_BASE,
                            MemorySize.ofMebi(1024)),
                    Map.entry(
                            RocksDBConfigurableOptions.TARGET_FILE_SIZE_BASE,
                            MemorySize.ofMebi(256)),
                    Map.entry(RocksDBConfigurableOptions.WRITE_BUFFER_SIZE, MemorySize.ofMebi(64)),
                    Map.entry(RocksDBConfigurableOptions.MAX_WRITE_BUFFER_NUMBER, 4),
                    Map.entry(RocksDBConfigurableOptions.MIN_WRITE_BUFFER_NUMBER_TO_MERGE, 3),
                    Map.entry(RocksDBConfigurableOptions.USE_BLOOM_FILTER, true))),

    /** For flash disks: more threads. */
    FLASH_SSD_OPTIMIZED(
            Map.of(
                    RocksDBConfigurableOptions.MAX_BACKGROUND_THREADS, 4,
                    RocksDBConfigurableOptions.MAX_OPEN_FILES, -1));

    private final Map<ConfigOption<?>, Object> values;

    PredefinedOptions(Map<ConfigOption<?>, Object> values) {
        this.values = values;
    }

    /**
     * What the set says of an option.
     *
     * @param option the option
     * @param <T> the class of its values
     * @return the value, or null if the set says nothing
     */
    @SuppressWarnings("unchecked") // the maps above are written with the options' own types
    public <T> T getValue(ConfigOption<T> option) {
        return (T) values.get(option);
    }

    static boolean isOne(String name) {
        return Arrays.stream(values()).anyMatch(set -> set.name().equals(name));
    }

    static String expected() {
        return Arrays.stream(values())
                .map(Enum::name)
                .collect(Collectors.joining(", ", "one of ", ""));
    }
}
