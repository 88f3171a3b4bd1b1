package io.holdfast.runtime;

import io.holdfast.api.config.CheckpointingOptions;
import io.holdfast.api.config.Configuration;
import io.holdfast.api.config.CoreOptions;
import io.holdfast.api.config.PipelineOptions;
import io.holdfast.api.connector.Source;
import io.holdfast.api.time.WatermarkStrategy;
import io.holdfast.runtime.connector.CollectionSource;
import io.holdfast.runtime.graph.Body;
import io.holdfast.runtime.graph.JobGraph;
import io.holdfast.runtime.graph.Node;
import io.holdfast.runtime.job.JobConfiguration;
import io.holdfast.runtime.job.JobMaster;
import io.holdfast.spi.state.StateBackend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a program describes a job and runs it. Settings made in code win over those of files. Used
 * by one thread; each {@code execute} runs what was described so far.
 */
public final class StreamExecutionEnvironment {
    private final Configuration configuration = new Configuration();
    private final CheckpointConfig checkpointConfig = new CheckpointConfig(configuration);
    private final List<Node> nodes = new ArrayList<>();
    private final JobResolver resolver;
    private Optional<StateBackend> stateBackend = Optional.empty();

    StreamExecutionEnvironment(JobResolver resolver) {
        this.resolver = resolver;
    }

    /**
     * An environment without settings of its own.
     *
     * @return a new environment
     */
    public static StreamExecutionEnvironment getExecutionEnvironment() {
        return new StreamExecutionEnvironment(JobResolver.ofThisProcess());
    }

    /**
     * An environment with some settings.
     *
     * @param configuration the settings; copied
     * @return a new environment
     */
    public static StreamExecutionEnvironment getExecutionEnvironment(Configuration configuration) {
        return getExecutionEnvironment().configure(configuration);
    }

    /**
     * Adds settings; those given later win.
     *
     * @param settings the settings; copied
     * @return this environment
     */
    public StreamExecutionEnvironment configure(Configuration settings) {
        configuration.addAll(settings);
        return this;
    }

    /**
     * The settings made in code.
     *
     * @return a copy
     */
    public Configuration getConfiguration() {
        return new Configuration(configuration);
    }

    /**
     * Sets the number of subtasks of operators that say nothing else.
     *
     * @param parallelism 1 or more
     * @return this environment
     */
    public StreamExecutionEnvironment setParallelism(int parallelism) {
        configuration.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
        return this;
    }

    /**
     * Sets the number of key groups, which is the highest parallelism the job can ever have. It
     * cannot change while state is kept.
     *
     * @param maxParallelism 1 to 32,768
     * @return this environment
     */
    public StreamExecutionEnvironment setMaxParallelism(int maxParallelism) {
        configuration.set(PipelineOptions.MAX_PARALLELISM, maxParallelism);
        return this;
    }

    /**
     * Takes checkpoints regularly.
     *
     * @param intervalMillis from the start of one to the start of the next
     * @return this environment
     */
    public StreamExecutionEnvironment enableCheckpointing(long intervalMillis) {
        configuration.set(
                CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(intervalMillis));
        return this;
    }

    /**
     * The settings of checkpoints.
     *
     * @return writes through to this environment
     */
    public CheckpointConfig getCheckpointConfig() {
        return checkpointConfig;
    }

    /**
     * Chooses what holds working state; wins over the configuration.
     *
     * @param backend the backend
     * @return this environment
     */
    public StreamExecutionEnvironment setStateBackend(StateBackend backend) {
        stateBackend = Optional.of(backend);
        return this;
    }

    /**
     * Reads a source.
     *
     * @param source the source
     * @param strategy gives times and watermarks
     * @param name for people
     * @param <T> type of the records
     * @return its records
     */
    public <T> DataStream<T> fromSource(
            Source<T> source, WatermarkStrategy<T> strategy, String name) {
        return read(source, Optional.of(strategy), name);
    }

    /**
     * Reads a source whose records have no time.
     *
     * @param source the source
     * @param name for people
     * @param <T> type of the records
     * @return its records
     */
    public <T> DataStream<T> fromSource(Source<T> source, String name) {
        return read(source, Optional.empty(), name);
    }

    /**
     * Reads the elements of a list.
     *
     * @param elements no nulls; copied
     * @param <T> type of the records
     * @return its elements, without time
     */
    public <T> DataStream<T> fromCollection(List<T> elements) {
        return fromSource(new CollectionSource<>(elements), "collection");
    }

    /**
     * Reads the elements of a list.
     *
     * @param elements no nulls; copied
     * @param strategy gives times and watermarks
     * @param <T> type of the records
     * @return its elements
     */
    public <T> DataStream<T> fromCollection(List<T> elements, WatermarkStrategy<T> strategy) {
        return fromSource(new CollectionSource<>(elements), strategy, "collection");
    }

    private <T> DataStream<T> read(
            Source<T> source, Optional<WatermarkStrategy<T>> strategy, String name) {
        Objects.requireNonNull(source, "source");
        return DataStream.of(this, add(new Node(name, new Body.Read<>(source, strategy), List.of())));
    }

    Node add(Node node) {
        nodes.add(node);
        return node;
    }

    /**
     * Runs the job to its end.
     *
     * @param jobName for people
     * @return how it went
     * @throws io.holdfast.api.error.HoldfastException if the job cannot be run, or failed for good
     */
    public JobResult execute(String jobName) {
        return executeAsync(jobName).await();
    }

    /**
     * Starts the job.
     *
     * @param jobName for people
     * @return follows and ends the job
     * @throws io.holdfast.api.error.HoldfastException if the job cannot be run
     */
    public JobClient executeAsync(String jobName) {
        JobResolver.Resolved resolved =
                resolver.resolve(jobName, configuration, stateBackend, checkpointConfig.storage());
        JobConfiguration job = resolved.job();
        JobGraph graph =
                JobGraph.of(nodes, job.settings().get(CoreOptions.DEFAULT_PARALLELISM));
        JobMaster master = new JobMaster(graph, job, resolved.resources());
        JobClient client = new JobClient(master, job);
        master.start();
        return client;
    }
}
