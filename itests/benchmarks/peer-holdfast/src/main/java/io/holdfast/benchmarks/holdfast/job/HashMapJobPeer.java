package io.holdfast.benchmarks.holdfast.job;

import io.holdfast.benchmarks.job.JobPeer;
import io.holdfast.benchmarks.job.JobSettings;
import java.util.List;

/** Holdfast with {@code hashmap}. */
public final class HashMapJobPeer implements JobPeer {

    @Override
    public String name() {
        return "holdfast-hashmap";
    }

    @Override
    public List<String> run(JobSettings settings) {
        return HotItemsJob.run("hashmap", settings);
    }
}
