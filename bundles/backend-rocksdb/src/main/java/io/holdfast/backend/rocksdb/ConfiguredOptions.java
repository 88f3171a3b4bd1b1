package io.holdfast.backend.rocksdb;

import static io.holdfast.backend.rocksdb.RocksDBConfigurableOptions.BLOCK_CACHE_SIZE;
import static io.holdfast.backend.rocksdb.RocksDBConfigurableOptions.BLOCK_SIZE;
import static io.holdfast.backend.rocksdb.RocksDBConfigurableOptions.BLOOM_FILTER_BITS_PER_KEY;
import static io.holdfast.backend.rocksdb.RocksDBConfigurableOptions.COMPACTION_STYLE;
import static io.holdfast.backend.rocksdb.RocksDBConfigurableOptions.COMPRESSION_PER_LEVEL;
import static io.holdfast.backend.rocksdb.RocksDBConfigurableOptions.LOG_DIR;
import static io.holdfast.backend.rocksdb.RocksDBConfigurableOptions.LOG_FILE_NUM;
import static io.holdfast.backend.rocksdb.RocksDBConfigurableOptions.LOG_LEVEL;
import static io.holdfast.backend.rocksdb.RocksDBConfigurableOptions.LOG_MAX_FILE_SIZE;
import static io.holdfast.backend.rocksdb.RocksDBConfigurableOptions.MAX_BACKGROUND_THREADS;
import static io.holdfast.backend.rocksdb.RocksDBConfigurableOptions.MAX_OPEN_FILES;
import static io.holdfast.backend.rocksdb.RocksDBConfigurableOptions.MAX_SIZE_LEVEL_BASE;
import static io.holdfast.backend.rocksdb.RocksDBConfigurableOptions.MAX_WRITE_BUFFER_NUMBER;
import static io.holdfast.backend.rocksdb.RocksDBConfigurableOptions.METADATA_BLOCK_SIZE;
import static io.holdfast.backend.rocksdb.RocksDBConfigurableOptions.MIN_WRITE_BUFFER_NUMBER_TO_MERGE;
import static io.holdfast.backend.rocksdb.RocksDBConfigurableOptions.TARGET_FILE_SIZE_BASE;
import static io.holdfast.backend.rocksdb.RocksDBConfigurableOptions.USE_BLOOM_FILTER;
import static io.holdfast.backend.rocksdb.RocksDBConfigurableOptions.USE_DYNAMIC_LEVEL_SIZE;
import static io.holdfast.backend.rocksdb.RocksDBConfigurableOptions.WRITE_BUFFER_SIZE;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.ReadableConfig;
import io.holdfast.backend.rocksdb.store.NativeOptions;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.ReadOptions;
import org.rocksdb.WriteOptions;

/**
 * The values of options of database and columns, and how they get into RocksDB: what is configured,
 * else what the predefined set says, else the option's default; then the options factory. Immutable
 * and thread-safe.
 */
final class ConfiguredOptions implements NativeOptions {
    private final Map<ConfigOption<?>, Object> configured;
    private final PredefinedOptions predefined;
    private final Optional<RocksDBOptionsFactory> factory;
    private final boolean ownCaches;

    /** With a cache for each column where columns share none. */
    ConfiguredOptions(
            Map<ConfigOption<?>, Object> configured,
            PredefinedOptions predefined,
            Optional<RocksDBOptionsFactory> factory,
            boolean ownCaches) {
        this.configured = Map.copyOf(configured);
        this.predefined = predefined;
        this.factory = factory;
        this.ownCaches = ownCaches;
    }

    /** The options of database and columns that are configured, over those that were before. */
    static Map<ConfigOption<?>, Object> read(
            Map<ConfigOption<?>, Object> before, ReadableConfig config) {
        Map<ConfigOption<?>, Object> values = new HashMap<>(before);
        for (ConfigOption<?> option : RocksDBConfigurableOptions.ofDatabaseAndColumns()) {
            config.getOptional(option).ifPresent(value -> values.put(option, value));
        }
        return values;
    }

    @SuppressWarnings("unchecked") // read() stores an option's own values only
    private <T> T value(ConfigOption<T> option) {
        T own = (T) configured.get(option);
        if (own != null) {
            return own;
        }
        T set = predefined.getValue(option);
        return set != null ? set : option.defaultValue();
    }

    @Override
    public DBOptions database(DBOptions base, Collection<AutoCloseable> handlesToClose) {
        base.setMaxBackgroundJobs(value(MAX_BACKGROUND_THREADS))
                .setMaxOpenFiles(value(MAX_OPEN_FILES))
                .setInfoLogLevel(value(LOG_LEVEL))
                .setMaxLogFileSize(value(LOG_MAX_FILE_SIZE).bytes())
                .setKeepLogFileNum(value(LOG_FILE_NUM));
        String logDirectory = value(LOG_DIR);
        if (logDirectory != null) {
            base.setDbLogDir(logDirectory);
        }
        return factory.map(own -> own.createDBOptions(base, handlesToClose)).orElse(base);
    }

    @Override
    public ColumnFamilyOptions column(
            ColumnFamilyOptions base, Collection<AutoCloseable> handlesToClose) {
        base.setCompactionStyle(value(COMPACTION_STYLE))
                .setLevelCompactionDynamicLevelBytes(value(USE_DYNAMIC_LEVEL_SIZE))
                .setTargetFileSizeBase(value(TARGET_FILE_SIZE_BASE).bytes())
                .setMaxBytesForLevelBase(value(MAX_SIZE_LEVEL_BASE).bytes())
                .setWriteBufferSize(value(WRITE_BUFFER_SIZE).bytes())
                .setMaxWriteBufferNumber(value(MAX_WRITE_BUFFER_NUMBER))
                .setMinWriteBufferNumberToMerge(value(MIN_WRITE_BUFFER_NUMBER_TO_MERGE));
        List<CompressionType> compression = value(COMPRESSION_PER_LEVEL);
        if (compression.size() == 1) {
            base.setCompressionType(compression.get(0));
        } else if (compression.size() > 1) {
            base.setCompressionPerLevel(compression);
        }
        BlockBasedTableConfig table =
                new BlockBasedTableConfig()
                        .setBlockSize(value(BLOCK_SIZE).bytes())
                        .setMetadataBlockSize(value(METADATA_BLOCK_SIZE).bytes());
        if (ownCaches) {
            table.setBlockCache(own(new LRUCache(value(BLOCK_CACHE_SIZE).bytes()), handlesToClose));
        }
        if (value(USE_BLOOM_FILTER)) {
            table.setFilterPolicy(
                    own(new BloomFilter(value(BLOOM_FILTER_BITS_PER_KEY)), handlesToClose));
        }
        base.setTableFormatConfig(table);
        return factory.map(own -> own.createColumnOptions(base, handlesToClose)).orElse(base);
    }

    @Override
    public ReadOptions reads(ReadOptions base, Collection<AutoCloseable> handlesToClose) {
        return factory.map(own -> own.createReadOptions(base, handlesToClose)).orElse(base);
    }

    @Override
    public WriteOptions writes(WriteOptions base, Collection<AutoCloseable> handlesToClose) {
        return factory.map(own -> own.createWriteOptions(base, handlesToClose)).orElse(base);
    }

    private static <T extends AutoCloseable> T own(T handle, Collection<AutoCloseable> owner) {
        owner.add(handle);
        return handle;
    }
}
