package io.holdfast.benchmarks.flink.state;

import io.holdfast.benchmarks.state.StatePeer;
import io.holdfast.benchmarks.state.Store;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;

/** Flink's {@code rocksdb}. */
public final class RocksDbPeer implements StatePeer {

    @Override
    public String name() {
        return "flink-rocksdb";
    }

    @Override
    public Map<Class<? extends Store>, Opening> stores() {
        return FlinkStores.on(RocksDbPeer::backend);
    }

    private static EmbeddedRocksDBStateBackend backend(Path directory) {
        EmbeddedRocksDBStateBackend backend = new EmbeddedRocksDBStateBackend();
        backend.setDbStoragePath(directory.toString());
        backend.getMemoryConfiguration()
                .setFixedMemoryPerSlot(new MemorySize(ROCKSDB_MEMORY_BYTES));
        return backend;
    }
}
