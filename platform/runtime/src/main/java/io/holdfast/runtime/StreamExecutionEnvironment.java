package io.holdfast.runtime;

import io.holdfast.api.config.CheckpointingMode;
import io.holdfast.api.config.CheckpointingOptions;
import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.Configuration;
import io.holdfast.api.config.CoreOptions;
import io.holdfast.api.config.PipelineOptions;
import io.holdfast.api.config.ReadableConfig;
import io.holdfast.api.config.StateBackendOptions;
import io.holdfast.api.config.StateChangelogOptions;
import io.holdfast.api.config.StateRecoveryOptions;
import io.holdfast.api.config.TernaryBoolean;
import io.holdfast.api.connector.Source;
import io.holdfast.api.time.WatermarkStrategy;
import io.holdfast.config.file.SecretReferences;
import io.holdfast.config.layer.Layer;
import io.holdfast.config.layer.Level;
import io.holdfast.config.layer.Origin;
import io.holdfast.config.profile.CompatibilityProfile;
import io.holdfast.config.resolve.Resolution;
import io.holdfast.config.resolve.ResolveRequest;
import io.holdfast.config.resolve.ResolvedState;
import io.holdfast.config.resolve.Resolver;
import io.holdfast.config.resolve.SetInCode;
import io.holdfast.runtime.connector.CollectionSource;
import io.holdfast.runtime.graph.Body;
import io.holdfast.runtime.graph.JobGraph;
import io.holdfast.runtime.graph.Node;
import io.holdfast.runtime.inspect.CheckpointInspector;
import io.holdfast.runtime.job.JobConfiguration;
import io.holdfast.runtime.job.JobMaster;
import io.holdfast.runtime.verdict.JobCheck;
import io.holdfast.runtime.verdict.JobVerdict;
import io.holdfast.spi.filesystem.Path;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.toolkit.checkpoint.CheckpointLocation;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a program describes a job and runs it. Settings made in code win over those of files. Used
 * by one thread; each {@code execute} runs what was described so far.
 */
public final class StreamExecutionEnvironment {
    private static final Logger LOG = LoggerFactory.getLogger(StreamExecutionEnvironment.class);

    private final LocalPlatform platform;
    private final Configuration configuration = new Configuration();
    private final CodeSettings code = new CodeSettings();
    private final CheckpointConfig checkpointConfig =
            new CheckpointConfig(code, configuration, this::profile);
    private final List<Node> nodes = new ArrayList<>();
    private Optional<StateBackend> stateBackend = Optional.empty();
    private Optional<Path> savepointDirectory = Optional.empty();
    private TernaryBoolean changelog = TernaryBoolean.UNDEFINED;

    private StreamExecutionEnvironment(LocalPlatform platform) {
        this.platform = platform;
    }

    /**
     * An environment without settings of its own, on {@link LocalPlatform#ofThisProcess()}.
     *
     * @return a new environment
     */
    public static StreamExecutionEnvironment getExecutionEnvironment() {
        return getExecutionEnvironment(DryRun.platform().orElseGet(LocalPlatform::ofThisProcess));
    }

    /**
     * An environment without settings of its own.
     *
     * @param platform the modules and the settings around it; not closed
     * @return a new environment
     */
    public static StreamExecutionEnvironment getExecutionEnvironment(LocalPlatform platform) {
        return new StreamExecutionEnvironment(platform);
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
     * Adds settings to those of the job; of two for the same key the later one wins. Those made by
     * other methods of this class win over them.
     *
     * <p>Under the profile of Flink 1.20, a checkpoint directory among them is a storage set in
     * code, as it is there, and a backend among them takes the place of one set before.
     *
     * @param settings the settings; copied
     * @return this environment
     */
    public StreamExecutionEnvironment configure(Configuration settings) {
        configuration.addAll(settings);
        CompatibilityProfile profile = profile();
        if (profile.directoryRenamed()) {
            settings.getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY)
                    .ifPresent(
                            directory ->
                                    configuration.set(
                                            CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory));
        }
        if (profile.directorySetsStorage()) {
            if (settings.contains(StateBackendOptions.STATE_BACKEND)) {
                stateBackend = Optional.empty();
            }
            checkpointConfig.apply(settings);
        }
        return this;
    }

    /**
     * Sets the number of subtasks of operators that say nothing else.
     *
     * @param parallelism 1 or more
     * @return this environment
     */
    public StreamExecutionEnvironment setParallelism(int parallelism) {
        code.set("env.setParallelism", CoreOptions.DEFAULT_PARALLELISM, parallelism);
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
        code.set("env.setMaxParallelism", PipelineOptions.MAX_PARALLELISM, maxParallelism);
        return this;
    }

    /**
     * Takes checkpoints regularly.
     *
     * @param intervalMillis from the start of one to the start of the next
     * @return this environment
     */
    public StreamExecutionEnvironment enableCheckpointing(long intervalMillis) {
        code.set(
                "env.enableCheckpointing",
                CheckpointingOptions.CHECKPOINTING_INTERVAL,
                Duration.ofMillis(intervalMillis));
        return this;
    }

    /**
     * Takes checkpoints regularly.
     *
     * @param intervalMillis from the start of one to the start of the next
     * @param mode what a checkpoint promises
     * @return this environment
     */
    public StreamExecutionEnvironment enableCheckpointing(
            long intervalMillis, CheckpointingMode mode) {
        checkpointConfig.setCheckpointingMode(mode);
        return enableCheckpointing(intervalMillis);
    }

    /**
     * Logs every change of state at once, so that checkpoints are small and regular. A job that
     * asks for it where no module offers it is refused when it is started.
     *
     * @param enabled whether to; false also where the configuration says otherwise
     * @return this environment
     */
    public StreamExecutionEnvironment enableChangelogStateBackend(boolean enabled) {
        changelog = TernaryBoolean.fromBoolean(enabled);
        set(
                "env.enableChangelogStateBackend",
                StateChangelogOptions.ENABLE_STATE_CHANGE_LOG,
                enabled);
        return this;
    }

    /**
     * Whether the program asked for a changelog or refused it.
     *
     * @return {@link TernaryBoolean#UNDEFINED} if it is left to the configuration
     */
    public TernaryBoolean isChangelogStateBackendEnabled() {
        return changelog;
    }

    /**
     * Sets where savepoints go that are requested without a directory.
     *
     * @param directory a URI such as {@code file:///data/savepoints}
     * @return this environment
     * @throws io.holdfast.api.error.HoldfastException STORAGE-5003 if it has no scheme, has no path
     *     or is a root directory
     */
    public StreamExecutionEnvironment setDefaultSavepointDirectory(String directory) {
        if (profile().corrected()) {
            CheckpointLocation.parse(directory, "setDefaultSavepointDirectory");
        }
        set(
                "env.setDefaultSavepointDirectory",
                CheckpointingOptions.SAVEPOINT_DIRECTORY,
                directory);
        savepointDirectory = Optional.of(new Path(directory));
        return this;
    }

    /**
     * Sets where savepoints go that are requested without a directory.
     *
     * @param directory the directory
     * @return this environment
     * @throws io.holdfast.api.error.HoldfastException STORAGE-5003 if it cannot be one
     */
    public StreamExecutionEnvironment setDefaultSavepointDirectory(Path directory) {
        return setDefaultSavepointDirectory(directory.toString());
    }

    /**
     * Sets where savepoints go that are requested without a directory.
     *
     * @param directory its URI
     * @return this environment
     * @throws io.holdfast.api.error.HoldfastException STORAGE-5003 if it cannot be one
     */
    public StreamExecutionEnvironment setDefaultSavepointDirectory(URI directory) {
        return setDefaultSavepointDirectory(new Path(directory));
    }

    /**
     * Where the program sends savepoints that are requested without a directory.
     *
     * @return the directory, or null if it is left to the configuration
     */
    public Path getDefaultSavepointDirectory() {
        return savepointDirectory.orElse(null);
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
     * The state backend object that was set.
     *
     * @return the object, or null if there is none
     */
    public StateBackend getStateBackend() {
        return stateBackend.orElse(null);
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
        return DataStream.of(
                this, add(new Node(name, new Body.Read<>(source, strategy), List.of())));
    }

    Node add(Node node) {
        nodes.add(node);
        return node;
    }

    /**
     * Runs the job to its end.
     *
     * @param jobName for people; the option {@code pipeline.name} wins over it
     * @return how it went
     * @throws io.holdfast.api.error.HoldfastException if the job cannot be run, or failed for good
     */
    public JobResult execute(String jobName) {
        return executeAsync(jobName).await();
    }

    /**
     * Starts the job.
     *
     * @param jobName for people; the option {@code pipeline.name} wins over it
     * @return follows and ends the job
     * @throws io.holdfast.api.error.HoldfastException if the job cannot be run
     */
    public JobClient executeAsync(String jobName) {
        DryRun.intercept(this, jobName);
        Resolution resolution = resolve();
        resolution.warnings().forEach(warning -> LOG.warn("{}", warning));
        ResolvedState resolved = resolution.orThrow();
        JobGraph graph =
                JobGraph.of(nodes, resolved.configuration().get(CoreOptions.DEFAULT_PARALLELISM));
        String name = resolved.configuration().getOptional(PipelineOptions.NAME).orElse(jobName);
        ResolvedJob resources =
                new ResolvedJob(platform.modules(), platform.factories().usedBy("job " + name));
        try {
            JobConfiguration job =
                    resources.configure(
                            name,
                            resolved,
                            anotherBackend(),
                            stateBackend,
                            checkpointConfig.storage());
            JobMaster master = new JobMaster(graph, job, resources);
            JobClient client = new JobClient(master, job);
            master.start();
            platform.follow(client);
            return client;
        } catch (RuntimeException e) {
            try {
                resources.close();
            } catch (Exception suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    /** What holds for the job as it is described so far, but with a backend that is named later. */
    private Function<String, ResolvedState> anotherBackend() {
        List<Layer> layers = List.copyOf(jobLayers());
        Optional<SetInCode> storage = checkpointConfig.setInCode();
        return name -> {
            CodeSettings choice = new CodeSettings();
            choice.set("job.switchBackend", StateBackendOptions.STATE_BACKEND, name);
            List<Layer> all = new ArrayList<>(layers);
            all.add(choice.layer());
            return resolve(all, Optional.empty(), storage).orThrow();
        };
    }

    /**
     * Finds out what holds for the job as it is described so far, and why.
     *
     * @return what holds or what is wrong; nothing is started
     */
    public Resolution resolve() {
        return resolve(
                jobLayers(), stateBackend.map(CodeObjects::of), checkpointConfig.setInCode());
    }

    private Resolution resolve(
            List<Layer> layers, Optional<SetInCode> backend, Optional<SetInCode> storage) {
        ResolveRequest request =
                ResolveRequest.of(new SecretReferences(System.getenv()).resolved(layers));
        if (backend.isPresent()) {
            request = request.withBackend(backend.get());
        }
        if (storage.isPresent()) {
            request = request.withStorage(storage.get());
        }
        return new Resolver(platform.catalog(), request.profile(), platform.classNames())
                .resolve(request);
    }

    /**
     * Makes the objects that were decided on; nothing is started.
     *
     * @param resolution of this environment
     * @return what could be made and what could not; the caller closes it
     */
    public Assembly assemble(Resolution resolution) {
        return Assembly.of(
                resolution.decided(),
                stateBackend,
                checkpointConfig.storage(),
                platform.factories());
    }

    /**
     * Tells whether the job as it is described so far can go on from a checkpoint or savepoint, of
     * whatever version of it. Nothing is started; {@link JobCheck} says what is done.
     *
     * @param pointer URI or local path of the checkpoint
     * @return the verdict on each state
     * @throws IOException if the checkpoint cannot be read
     * @throws io.holdfast.api.error.HoldfastException if there is no such checkpoint, if it is
     *     damaged, or if the job cannot be run whatever it starts from
     */
    public JobVerdict check(String pointer) throws IOException {
        ResolvedState resolved = resolve().orThrow();
        ReadableConfig settings = resolved.configuration();
        JobGraph graph = JobGraph.of(nodes, settings.get(CoreOptions.DEFAULT_PARALLELISM));
        Assembly assembly =
                Assembly.of(
                                resolved,
                                stateBackend,
                                checkpointConfig.storage(),
                                platform.factories().usedBy("check of a job"))
                        .orThrow();
        try (AutoCloseable leases = assembly.leases();
                CheckpointInspector checkpoint =
                        CheckpointInspector.open(platform.modules(), settings, pointer)) {
            int keyGroups = settings.get(PipelineOptions.MAX_PARALLELISM);
            return new JobCheck(
                            graph,
                            keyGroups == -1 ? OptionalInt.empty() : OptionalInt.of(keyGroups),
                            settings.get(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE),
                            assembly.backend().orElseThrow(),
                            checkpoint)
                    .verdict();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private CompatibilityProfile profile() {
        return ResolveRequest.profileOf(jobLayers());
    }

    /** In Flink such calls write into the job's configuration, so that the last one counts. */
    private <T> void set(String call, ConfigOption<T> option, T value) {
        if (profile().corrected()) {
            code.set(call, option, value);
        } else {
            configuration.set(option, value);
        }
    }

    private List<Layer> jobLayers() {
        List<Layer> layers = new ArrayList<>(platform.layers());
        layers.add(Layer.of(Level.JOB, configuration, Origin.ofConfiguration("job configuration")));
        layers.add(code.layer());
        return layers;
    }
}
