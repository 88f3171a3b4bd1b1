package io.holdfast.benchmarks.holdfast.job;

import io.holdfast.benchmarks.job.JobPeer;
import io.holdfast.benchmarks.job.JobSettings;
import java.util.List;

/** Holdfast with {@code rocksdb}. */
public final class RocksDbJobPeer implements JobPeer {

    @Override
    public String name() {
        return "holdfast-rocksdb";
    }

    @Override
    public List<String> run(JobSettings settings) {
        return HotItemsJob.run("rocksdb", settings);
    }
}
