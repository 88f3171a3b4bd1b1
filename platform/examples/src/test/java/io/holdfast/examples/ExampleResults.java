package io.holdfast.examples;

import io.holdfast.api.config.CheckpointingOptions;
import io.holdfast.api.config.Configuration;
import io.holdfast.api.config.CoreOptions;
import io.holdfast.api.config.StateBackendOptions;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.runtime.StreamExecutionEnvironment;
import io.holdfast.runtime.connector.CollectSink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs an example on the engine, and collects what leaves it. */
public final class ExampleResults {
    private ExampleResults() {}

    /**
     * Runs a job to its end, with a checkpoint every 200 ms.
     *
     * @param checkpoints directory for them
     * @return the lines of each output by its name, in no order
     */
    public static Map<String, List<String>> of(
            Example example,
            Configuration choices,
            String backend,
            int parallelism,
            Path checkpoints)
            throws Exception {
        Configuration settings =
                new Configuration()
                        .set(StateBackendOptions.STATE_BACKEND, backend)
                        .set(CoreOptions.DEFAULT_PARALLELISM, parallelism)
                        .set(
                                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                                checkpoints.toUri().toString())
                        .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(settings);
        Map<String, CollectSink.Results<String>> results = new HashMap<>();
        for (ExampleOutput output : example.build(environment, choices)) {
            CollectSink.Results<String> lines = new CollectSink.Results<>();
            results.put(output.name(), lines);
            output.lines().sinkTo(lines.sink(Serializers.STRING));
        }
        environment.execute(example.name());
        Map<String, List<String>> lines = new HashMap<>();
        results.forEach((name, collected) -> lines.put(name, collected.records()));
        return lines;
    }
}
