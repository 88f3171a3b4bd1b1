package io.holdfast.benchmarks.flink.job;

import io.holdfast.benchmarks.job.JobPeer;
import io.holdfast.benchmarks.job.JobSettings;
import java.util.List;

/** Flink with {@code rocksdb}. */
public final class RocksDbJobPeer implements JobPeer {

    @Override
    public String name() {
        return "flink-rocksdb";
    }

    @Override
    public List<String> run(JobSettings settings) throws Exception {
        return HotItemsJob.run("rocksdb", settings);
    }
}
