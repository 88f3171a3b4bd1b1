package io.holdfast.cli;

import io.holdfast.api.config.CoreOptions;
import io.holdfast.api.config.ReadableConfig;
import io.holdfast.api.config.StateRecoveryOptions;
import io.holdfast.config.file.ConfigFile;
import io.holdfast.config.layer.Entry;
import io.holdfast.config.layer.Layer;
import io.holdfast.config.layer.Level;
import io.holdfast.config.layer.Origin;
import io.holdfast.config.layer.Overrides;
import io.holdfast.config.resolve.Resolution;
import io.holdfast.config.resolve.ResolvedState;
import io.holdfast.examples.Example;
import io.holdfast.examples.ExampleOutput;
import io.holdfast.host.ClassPathSource;
import io.holdfast.host.ModuleRegistry;
import io.holdfast.runtime.JobClient;
import io.holdfast.runtime.JobResult;
import io.holdfast.runtime.LocalPlatform;
import io.holdfast.runtime.StreamExecutionEnvironment;
import io.holdfast.runtime.connector.FileSink;
import io.holdfast.runtime.metrics.JobStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;

/** One run of an example, from settings to summary. */
final class ExampleRun {

    /**
     * What was asked for.
     *
     * @param example what to run
     * @param choices what the example was told
     * @param conf the configuration file
     * @param settings of {@code --set}
     * @param parallelism of {@code --parallelism}
     * @param restore {@code latest} or a directory
     * @param output where result files go
     * @param again the command without {@code --restore}
     */
    record Request(
            Example example,
            ReadableConfig choices,
            Optional<Path> conf,
            List<String> settings,
            Optional<String> parallelism,
            Optional<String> restore,
            Optional<Path> output,
            String again) {

        /** The command that goes on from a checkpoint. */
        String commandToGoOn(String pointer) {
            return again + " --restore " + Words.quoted(pointer);
        }
    }

    private final Console console;
    private final Request request;
    private final AtomicReference<Path> spool = new AtomicReference<>();

    ExampleRun(Console console, Request request) {
        this.console = console;
        this.request = request;
    }

    /** Runs to the end. */
    RunSummary run() throws IOException {
        ClassLoader loader = ExampleRun.class.getClassLoader();
        try (LocalPlatform platform =
                LocalPlatform.open(
                        ModuleRegistry.open(new ClassPathSource(loader)),
                        layers(System.getenv(), System.getProperties()))) {
            StreamExecutionEnvironment environment =
                    StreamExecutionEnvironment.getExecutionEnvironment(platform);
            Resolution resolution = environment.resolve();
            ResolvedState state = resolution.orThrow();
            console.out().println(request.example().name() + ": " + request.example().sentence());
            Resolved.print(console, resolution);
            List<ExampleOutput> outputs = request.example().build(environment, request.choices());
            outputs.forEach(output -> write(output, state));
            JobClient job = environment.executeAsync(request.example().name());
            JobResult result = new Watch(console, job, request.commandToGoOn("latest")).toTheEnd();
            if (result.status() != JobStatus.FINISHED) {
                throw new CancellationException("the job was cancelled");
            }
            return summary(state, job, result, outputs);
        }
    }

    /** From the weakest to the strongest. */
    private List<Layer> layers(Map<String, String> environment, Properties properties) {
        List<Layer> layers = new ArrayList<>();
        layers.add(
                LauncherDefaults.layer(environment, Path.of(properties.getProperty("user.home"))));
        request.conf().ifPresent(file -> layers.add(ConfigFile.read(file, Level.CLUSTER)));
        layers.addAll(Overrides.process(environment, properties));
        layers.add(Overrides.commandLine(request.settings()));
        List<Entry> flags = new ArrayList<>();
        request.parallelism()
                .ifPresent(
                        number ->
                                flags.add(
                                        new Entry(
                                                CoreOptions.DEFAULT_PARALLELISM.key(),
                                                number,
                                                Origin.ofCommandLine("--parallelism"))));
        request.restore()
                .ifPresent(
                        pointer ->
                                flags.add(
                                        new Entry(
                                                StateRecoveryOptions.SAVEPOINT_PATH.key(),
                                                pointer,
                                                Origin.ofCommandLine("--restore"))));
        layers.add(new Layer(Level.COMMAND_LINE, flags));
        return layers;
    }

    private void write(ExampleOutput output, ResolvedState state) {
        String name = output.name();
        if (request.output().isPresent()) {
            Path directory = directory(request.output().get(), name);
            output.lines()
                    .sinkTo(() -> new FileSink<>(directory, line -> line))
                    .name("write " + name)
                    .uid("write-" + name);
        } else if (output.result()) {
            Path fresh = Spool.fresh(state.checkpointDirectory(), request.example().name());
            output.lines()
                    .sinkTo(() -> new SpoolSink(fresh, spool))
                    .name("keep " + name)
                    .uid("write-" + name);
        }
    }

    private static Path directory(Path output, String name) {
        return output.toAbsolutePath().normalize().resolve(name);
    }

    private RunSummary summary(
            ResolvedState state, JobClient job, JobResult result, List<ExampleOutput> outputs)
            throws IOException {
        List<RunSummary.Output> written = new ArrayList<>();
        Path results = spool.get();
        for (ExampleOutput output : outputs) {
            if (request.output().isPresent()) {
                Path directory = directory(request.output().get(), output.name());
                long lines = new ResultFiles(directory).lines();
                written.add(new RunSummary.Output(output.name(), directory, lines));
                results = output.result() ? directory : results;
            }
        }
        return new RunSummary(
                request.example().name(),
                job.jobId(),
                state.backend().name(),
                state.storage().name(),
                state.checkpointDirectory(),
                state.configuration().get(CoreOptions.DEFAULT_PARALLELISM),
                job.restoredFrom(),
                Watch.status(
                        result.metrics(),
                        result.runtime(),
                        Amounts.rate(result.metrics().events(), result.runtime())),
                result.metrics().checkpoints().completed(),
                result.metrics().restarts(),
                written,
                new ResultFiles(results).digest());
    }
}
