package io.holdfast.itests.conformance;

import fixture.ConfigurableOptionsFactory;
import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.MemorySize;
import io.holdfast.backend.rocksdb.EmbeddedRocksDBStateBackend;
import io.holdfast.backend.rocksdb.RocksDBMemoryConfiguration;
import io.holdfast.backend.rocksdb.RocksDBOptionsFactory;
import io.holdfast.spi.state.StateBackend;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a RocksDB backend was configured to. */
final class RocksDbSettings {
    private RocksDbSettings() {}

    /**
     * A value that the cases have as it was written.
     *
     * @param option reads it
     * @param value what it was read as
     */
    record Written(ConfigOption<?> option, Object value) {
        boolean is(Object written) {
            return option.type().read(written).equals(value);
        }
    }

    static Optional<Map<String, Object>> of(StateBackend backend) {
        return backend instanceof EmbeddedRocksDBStateBackend rocksdb
                ? Optional.of(settings(rocksdb))
                : Optional.empty();
    }

    private static Map<String, Object> settings(EmbeddedRocksDBStateBackend backend) {
        Map<String, Object> settings = new TreeMap<>();
        settings.put("incremental", backend.isIncrementalCheckpointsEnabled());
        settings.put("timers", backend.getPriorityQueueStateType().name().toLowerCase(Locale.ROOT));
        settings.put("timerCacheSize", backend.getTimerCacheSize());
        settings.put("predefinedOptions", backend.getPredefinedOptions().name());
        RocksDBOptionsFactory factory = backend.getRocksDBOptions();
        settings.put("optionsFactory", factory == null ? null : factory.getClass().getName());
        if (factory instanceof ConfigurableOptionsFactory configured) {
            settings.put("optionsFactorySawMarker", configured.marker().orElse(null));
        }
        settings.put("transferThreads", backend.getNumberOfTransferThreads());
        settings.put("writeBatchSize", backend.getWriteBatchSize());
        String[] directories = backend.getDbStoragePaths();
        settings.put("localDirs", directories == null ? null : List.of(directories));
        settings.put("memory", memory(backend.getMemoryConfiguration()));
        settings.put("restoreOverlapFraction", backend.getOverlapFractionThreshold());
        settings.put("useIngestDb", backend.getUseIngestDbRestoreMode());
        settings.put(
                "asyncCompactAfterRescale",
                backend.getIncrementalRestoreAsyncCompactAfterRescale());
        settings.put("deleteFilesInRange", backend.getUseDeleteFilesInRangeDuringRescaling());
        Map<String, Object> written = new TreeMap<>();
        backend.getConfiguredOptions()
                .forEach((option, value) -> written.put(option.key(), new Written(option, value)));
        settings.put("configurableOptions", written);
        return settings;
    }

    private static Map<String, Object> memory(RocksDBMemoryConfiguration memory) {
        Map<String, Object> settings = new TreeMap<>();
        settings.put("managed", memory.isUsingManagedMemory());
        MemorySize fixed = memory.getFixedMemoryPerSlot();
        settings.put("fixedPerSlot", fixed == null ? null : fixed.bytes());
        settings.put("writeBufferRatio", memory.getWriteBufferRatio());
        settings.put("highPrioPoolRatio", memory.getHighPriorityPoolRatio());
        settings.put("partitionedIndexFilters", memory.isUsingPartitionedIndexFilters());
        return settings;
    }
}
