package io.holdfast.backend.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.config.Configuration;
import io.holdfast.api.config.MemorySize;
import io.holdfast.api.config.TernaryBoolean;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.backend.rocksdb.EmbeddedRocksDBStateBackend.PriorityQueueStateType;
import io.holdfast.backend.rocksdb.store.MemoryPlan;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is set in code wins, what is not is filled, and both are checked. */
class SettingsTest {
    private static final String PREFIX = "state.backend.rocksdb.";

    private final EmbeddedRocksDBStateBackend backend = new EmbeddedRocksDBStateBackend();
    private final Configuration config = new Configuration();

    private EmbeddedRocksDBStateBackend configured() {
        return backend.configure(config);
    }

    private SettingsTest set(String key, String value) {
        config.setString(PREFIX + key, value);
        return this;
    }

    private static void refused(String code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(HoldfastException.class).hasMessageStartingWith(code);
    }

    @Test
    void nothingSetAndNothingConfiguredGivesTheDefaults() {
        EmbeddedRocksDBStateBackend filled = configured();

        assertThat(filled.isIncrementalCheckpointsEnabled()).isFalse();
        assertThat(filled.getPriorityQueueStateType()).isEqualTo(PriorityQueueStateType.ROCKSDB);
        assertThat(filled.getTimerCacheSize()).isEqualTo(128);
        assertThat(filled.getPredefinedOptions()).isEqualTo(PredefinedOptions.DEFAULT);
        assertThat(filled.getRocksDBOptions()).isNull();
        assertThat(filled.getNumberOfTransferThreads()).isEqualTo(4);
        assertThat(filled.getWriteBatchSize()).isEqualTo(2 << 20);
        assertThat(filled.getDbStoragePaths()).isNull();
        assertThat(filled.getOverlapFractionThreshold()).isZero();
        assertThat(filled.getConfiguredOptions()).isEmpty();
        assertThat(filled.getMemoryConfiguration().isUsingManagedMemory()).isTrue();
        assertThat(filled.getMemoryConfiguration().getWriteBufferRatio()).isEqualTo(0.5);
        assertThat(filled.getMemoryConfiguration().getHighPriorityPoolRatio()).isEqualTo(0.1);
    }

    @Test
    void whatIsNotSetInCodeIsFilled() {
        config.setString("state.backend.incremental", "TRUE");
        set("timer-service.factory", "Heap").set("timer-service.cache-size", "7");
        set("predefined-options", "FLASH_SSD_OPTIMIZED").set("checkpoint.transfer.thread.num", "9");
        set("write-batch-size", "10gb").set("localdir", "/a,/b:/c").set("writebuffer.count", "4");
        set("restore-overlap-fraction-threshold", "0.5").set("memory.managed", "false");
        set("use-ingest-db-restore-mode", "true");

        EmbeddedRocksDBStateBackend filled = configured();

        assertThat(filled.isIncrementalCheckpointsEnabled()).isTrue();
        assertThat(filled.getPriorityQueueStateType()).isEqualTo(PriorityQueueStateType.HEAP);
        assertThat(filled.getTimerCacheSize()).isEqualTo(7);
        assertThat(filled.getPredefinedOptions()).isEqualTo(PredefinedOptions.FLASH_SSD_OPTIMIZED);
        assertThat(filled.getNumberOfTransferThreads()).isEqualTo(9);
        assertThat(filled.getWriteBatchSize()).isEqualTo(10L << 30);
        assertThat(filled.getDbStoragePaths()).containsExactly("/a", "/b", "/c");
        assertThat(filled.getOverlapFractionThreshold()).isEqualTo(0.5);
        assertThat(filled.getUseIngestDbRestoreMode()).isTrue();
        assertThat(filled.getConfiguredOptions())
                .containsAllEntriesOf(
                        Map.of(RocksDBConfigurableOptions.MAX_WRITE_BUFFER_NUMBER, 4));
        assertThat(filled.getMemoryConfiguration().isUsingManagedMemory()).isFalse();
    }

    @Test
    void whatIsSetInCodeWins() {
        config.setString("execution.checkpointing.incremental", "false");
        set("timer-service.factory", "heap").set("predefined-options", "FLASH_SSD_OPTIMIZED");
        set("checkpoint.transfer.thread.num", "9").set("write-batch-size", "1kb");
        set("localdir", "/a").set("memory.fixed-per-slot", "9mb");
        EmbeddedRocksDBStateBackend inCode = new EmbeddedRocksDBStateBackend(true);
        inCode.setPriorityQueueStateType(PriorityQueueStateType.ROCKSDB);
        inCode.setPredefinedOptions(PredefinedOptions.DEFAULT);
        inCode.setNumberOfTransferThreads(2);
        inCode.setWriteBatchSize(0);
        inCode.setDbStoragePath("file:///app/x/");
        inCode.getMemoryConfiguration().setFixedMemoryPerSlot("3mb");

        EmbeddedRocksDBStateBackend filled = inCode.configure(config);

        assertThat(filled.isIncrementalCheckpointsEnabled()).isTrue();
        assertThat(filled.getPriorityQueueStateType()).isEqualTo(PriorityQueueStateType.ROCKSDB);
        assertThat(filled.getPredefinedOptions()).isEqualTo(PredefinedOptions.DEFAULT);
        assertThat(filled.getNumberOfTransferThreads()).isEqualTo(2);
        assertThat(filled.getWriteBatchSize()).isZero();
        assertThat(filled.getDbStoragePaths()).containsExactly("/app/x");
        assertThat(filled.getMemoryConfiguration().getFixedMemoryPerSlot())
                .isEqualTo(MemorySize.ofMebi(3));
        assertThat(inCode.incrementalCheckpoints()).isEqualTo(TernaryBoolean.TRUE);
        assertThat(backend.incrementalCheckpoints()).isEqualTo(TernaryBoolean.UNDEFINED);
    }

    @Test
    void configuringChangesNoObjectOfTheProgram() {
        set("predefined-options", "FLASH_SSD_OPTIMIZED").set("memory.write-buffer-ratio", "0.7");

        configured();

        assertThat(backend.getPredefinedOptions()).isEqualTo(PredefinedOptions.DEFAULT);
        assertThat(backend.getMemoryConfiguration().getWriteBufferRatio()).isEqualTo(0.5);
    }

    @Test
    void settersCheckAtOnce() {
        RocksDBMemoryConfiguration memory = backend.getMemoryConfiguration();

        refused("STATE-3121", () -> backend.setNumberOfTransferThreads(0));
        refused("STATE-3121", () -> backend.setWriteBatchSize(-1));
        refused("STATE-3122", () -> memory.setFixedMemoryPerSlot("0"));
        refused("STATE-3123", () -> memory.setWriteBufferRatio(0));
        refused("STATE-3123", () -> memory.setHighPriorityPoolRatio(1));
        refused("STATE-3123", () -> memory.setHighPriorityPoolRatio(Double.NaN));
        refused("STATE-3125", () -> backend.setDbStoragePath("relative"));
        refused("STATE-3126", () -> backend.setDbStoragePath("hdfs://nn/x"));
        refused("STATE-3129", () -> backend.setDbStoragePaths());
    }

    @ParameterizedTest
    @CsvSource({"0.5, 0.7", "1.5, 0.1", "0.99, 0.5"})
    void ratiosThatLeaveNoCacheAreRefusedTogether(String write, String kept) {
        config.setRaw(PREFIX + "memory.high-prio-pool-ratio", kept);
        // Only a reader that does not ask for each value alone gets this far.
        assertThat(2 * Double.parseDouble(write) / (3 - Double.parseDouble(write)))
                .isGreaterThanOrEqualTo(1 - Double.parseDouble(kept));
        config.setRaw(PREFIX + "memory.write-buffer-ratio", write);

        assertThatThrownBy(this::configured).isInstanceOf(HoldfastException.class);
    }

    @Test
    void ratiosThatAreGoodAloneAndBadTogetherAreRefused() {
        set("memory.high-prio-pool-ratio", "0.7");

        assertThatThrownBy(this::configured)
                .hasMessageStartingWith("STATE-3124")
                .hasMessageContainingAll("0.5", "0.7", "1.1");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "none, none, none, ShareOfSlot",
                "true, none, 9mb, ShareOfSlot",
                "none, none, 9mb, FixedPerProcess",
                "false, none, 9mb, FixedPerProcess",
                "false, none, none, NothingShared",
                "false, 5mb, 9mb, FixedPerSlot",
                "none, 5mb, none, FixedPerSlot"
            })
    void memoryIsThatOfTheFirstSettingThatHolds(
            String managed, String perSlot, String perProcess, String plan) {
        config.addAll(new Configuration());
        if (managed != null) {
            set("memory.managed", managed);
        }
        if (perSlot != null) {
            set("memory.fixed-per-slot", perSlot);
        }
        if (perProcess != null) {
            set("memory.fixed-per-tm", perProcess);
        }

        MemoryPlan chosen = configured().getMemoryConfiguration().plan();

        assertThat(chosen.getClass().getSimpleName()).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/a,/b|/a /b",
                "/a:/b|/a /b",
                "/a,|/a",
                "/a//b/|/a/b",
                "/a/../b|/a/../b",
                "/|/",
                "file:/a|/a",
                "file:///a,file:/b:/c|/a /b /c",
                "/a:file:///b|/a /b"
            })
    void localDirectoriesAreReadAsTheyAreWritten(String text, String expected) {
        set("localdir", text);

        assertThat(String.join(" ", configured().getDbStoragePaths())).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a|STATE-3125",
                "./a|STATE-3125",
                "''|STATE-3125",
                "' /a'|STATE-3125",
                ",/a|STATE-3125",
                "/a,,/b|STATE-3125",
                "hdfs:/nn/a|STATE-3125",
                ",|STATE-3129"
            })
    void localDirectoriesThatCannotBeOnesAreRefused(String text, String code) {
        set("localdir", text);

        assertThatThrownBy(this::configured).hasMessageStartingWith(code);
    }

    @Test
    void anOptionsFactoryThatCannotBeMadeIsRefusedWithTheReason() {
        refused("STATE-3130", () -> set("options-factory", "nobody.Has").configured());
        refused("STATE-3131", () -> set("options-factory", "java.lang.String").configured());
        refused(
                "STATE-3132",
                () -> set("options-factory", HiddenFactory.class.getName()).configured());
        refused(
                "STATE-3133",
                () -> set("options-factory", FailingFactory.class.getName()).configured());
    }

    /** Has no constructor to use. */
    public static final class HiddenFactory extends MyOptionsFactory {
        private HiddenFactory() {}
    }

    /** Has a constructor that fails. */
    public static final class FailingFactory extends MyOptionsFactory {
        /** Fails. */
        public FailingFactory() {
            throw new IllegalStateException("no");
        }
    }

    @Test
    void flinksOwnOptionsFactoryMeansNone() {
        set(
                "options-factory",
                "org.apache.flink.contrib.streaming.state.DefaultConfigurableOptionsFactory");

        assertThat(configured().getRocksDBOptions()).isNull();
    }

    @Test
    void theNameOfAPredefinedSetIsTakenExactly() {
        set("predefined-options", "flash_ssd_optimized");

        assertThatThrownBy(this::configured)
                .hasMessageStartingWith("CONFIG-1002")
                .hasMessageContaining("SPINNING_DISK_OPTIMIZED_HIGH_MEM");
    }
}
