package io.holdfast.benchmarks.flink.state;

import io.holdfast.benchmarks.state.ValueStore;
import io.holdfast.benchmarks.state.ValueStorePeer;
import java.nio.file.Path;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;

/** Flink's {@code rocksdb}. */
public final class RocksDbPeer implements ValueStorePeer {

    @Override
    public String name() {
        return "flink-rocksdb";
    }

    @Override
    public ValueStore open(Path directory) throws Exception {
        EmbeddedRocksDBStateBackend backend = new EmbeddedRocksDBStateBackend();
        backend.setDbStoragePath(directory.toString());
        backend.getMemoryConfiguration()
                .setFixedMemoryPerSlot(new MemorySize(ROCKSDB_MEMORY_BYTES));
        return FlinkValueStore.open(backend);
    }
}
