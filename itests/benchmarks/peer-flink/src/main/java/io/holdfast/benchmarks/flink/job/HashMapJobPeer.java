package io.holdfast.benchmarks.flink.job;

import io.holdfast.benchmarks.job.JobPeer;
import io.holdfast.benchmarks.job.JobSettings;
import java.util.List;

/** Flink with {@code hashmap}. */
public final class HashMapJobPeer implements JobPeer {

    @Override
    public String name() {
        return "flink-hashmap";
    }

    @Override
    public List<String> run(JobSettings settings) throws Exception {
        return HotItemsJob.run("hashmap", settings);
    }
}
