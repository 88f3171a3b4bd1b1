package io.holdfast.backend.rocksdb;

import io.holdfast.api.config.CheckpointingOptions;
import io.holdfast.api.config.Configuration;
import io.holdfast.backend.rocksdb.EmbeddedRocksDBStateBackend.PriorityQueueStateType;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.testkit.state.CanonicalContract;
import io.holdfast.testkit.state.ListStateContract;
import io.holdfast.testkit.state.SnapshotContract;
import io.holdfast.testkit.state.TimerContract;
import org.junit.jupiter.api.Nested;

/**
 * What settings could break, with all of them set otherwise: timers on the heap, nothing shared,
 * snapshots compressed.
 */
class TunedBackendContractsTest {
    private static StateBackend tuned() {
        EmbeddedRocksDBStateBackend backend = new EmbeddedRocksDBStateBackend();
        backend.setPriorityQueueStateType(PriorityQueueStateType.HEAP);
        backend.setPredefinedOptions(PredefinedOptions.SPINNING_DISK_OPTIMIZED_HIGH_MEM);
        backend.setRocksDBOptions(new MyOptionsFactory());
        backend.setWriteBatchSize(512);
        backend.getMemoryConfiguration().setUseManagedMemory(false);
        return backend.configure(
                new Configuration().set(CheckpointingOptions.SNAPSHOT_COMPRESSION, true));
    }

    @Nested
    class Timers extends TimerContract {
        @Override
        protected StateBackend backend() {
            return tuned();
        }
    }

    @Nested
    class Lists extends ListStateContract {
        @Override
        protected StateBackend backend() {
            return tuned();
        }
    }

    @Nested
    class Canonical extends CanonicalContract {
        @Override
        protected StateBackend backend() {
            return tuned();
        }

        @Override
        protected boolean isCompressed() {
            return true;
        }
    }

    @Nested
    class Snapshots extends SnapshotContract {
        @Override
        protected StateBackend backend() {
            return tuned();
        }
    }
}
