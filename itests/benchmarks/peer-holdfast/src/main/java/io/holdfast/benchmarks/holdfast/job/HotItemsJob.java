package io.holdfast.benchmarks.holdfast.job;

import io.holdfast.api.config.Configuration;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.benchmarks.job.JobSettings;
import io.holdfast.examples.Example;
import io.holdfast.examples.nexmark.HotItems;
import io.holdfast.runtime.StreamExecutionEnvironment;
import io.holdfast.runtime.connector.CollectSink;
import java.util.List;

/** The example {@code nexmark-q5} as it is, with the settings of the measurement. */
final class HotItemsJob {

    private HotItemsJob() {}

    static List<String> run(String backend, JobSettings settings) {
        Configuration job = new Configuration();
        job.setString("state.backend.type", backend);
        job.setString(
                "execution.checkpointing.interval",
                settings.checkpointInterval().toMillis() + " ms");
        job.setString(
                "execution.checkpointing.dir",
                settings.directory().resolve("checkpoints").toUri().toString());
        job.setString("io.tmp.dirs", settings.directory().toString());
        job.setString(
                "taskmanager.memory.managed.size",
                settings.parallelism() * JobSettings.ROCKSDB_BYTES_PER_SLOT + " b");
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(job)
                        .setParallelism(settings.parallelism());
        Configuration choices = new Configuration();
        choices.setString("events", Long.toString(settings.events()));
        choices.setString("seed", Long.toString(settings.seed()));
        Example example = new HotItems();
        CollectSink.Results<String> results = new CollectSink.Results<>();
        example.build(environment, choices)
                .forEach(output -> output.lines().sinkTo(results.sink(Serializers.STRING)));
        environment.execute(example.name());
        return results.records();
    }
}
