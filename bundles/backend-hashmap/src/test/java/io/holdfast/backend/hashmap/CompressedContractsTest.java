package io.holdfast.backend.hashmap;

import io.holdfast.api.config.CheckpointingOptions;
import io.holdfast.api.config.Configuration;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.testkit.state.CanonicalContract;
import io.holdfast.testkit.state.SnapshotContract;
import org.junit.jupiter.api.Nested;

/** What compression could break, with snapshots compressed. */
class CompressedContractsTest {
    private static StateBackend compressing() {
        return new HashMapStateBackendFactory()
                .create(new Configuration().set(CheckpointingOptions.SNAPSHOT_COMPRESSION, true));
    }

    @Nested
    class Canonical extends CanonicalContract {
        @Override
        protected StateBackend backend() {
            return compressing();
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
            return compressing();
        }
    }
}
