package io.holdfast.cli;

import io.holdfast.api.config.CheckpointingOptions;
import io.holdfast.api.config.CoreOptions;
import io.holdfast.api.config.ReadableConfig;
import io.holdfast.api.config.StateRecoveryOptions;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.cli.output.Amounts;
import io.holdfast.cli.output.Console;
import io.holdfast.cli.output.Words;
import io.holdfast.cli.settings.LauncherDefaults;
import io.holdfast.cli.settings.Modules;
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
import io.holdfast.examples.ResultDigest;
import io.holdfast.runtime.JobClient;
import io.holdfast.runtime.JobResult;
import io.holdfast.runtime.LocalPlatform;
import io.holdfast.runtime.StreamExecutionEnvironment;
import io.holdfast.runtime.metrics.JobMetrics;
import io.holdfast.runtime.metrics.JobStatus;
import io.holdfast.runtime.metrics.OperatorMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;

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
     * @param modules what {@code --modules} says
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
            Layer modules,
            String again) {

        /** The command that goes on from a checkpoint. */
        String commandToGoOn(String pointer) {
            return again + " --restore " + Words.quoted(pointer);
        }
    }

    private final Console console;
    private final Request request;

    ExampleRun(Console console, Request request) {
        this.console = console;
        this.request = request;
    }

    /**
     * Runs to the end.
     *
     * @throws HoldfastException if something is wrong or the job failed
     * @throws CancellationException if the job was stopped
     */
    RunSummary run() throws IOException {
        try (LocalPlatform platform =
                        Modules.open(layers(System.getenv(), System.getProperties()));
                Control control = Control.open(platform, console)) {
            return run(StreamExecutionEnvironment.getExecutionEnvironment(platform));
        } catch (HoldfastException e) {
            throw withCommand(e);
        }
    }

    private RunSummary run(StreamExecutionEnvironment environment) throws IOException {
        Resolution resolution = environment.resolve();
        ResolvedState state = resolution.orThrow();
        String name = request.example().name();
        console.out().println(name + ": " + request.example().sentence());
        Resolved.print(console, resolution);
        Optional<Path> checkpoints = Directories.local(state.checkpointDirectory());
        checkpoints.ifPresent(
                directory ->
                        Directories.require(
                                directory,
                                "checkpoint directory",
                                "--set execution.checkpointing.dir=file:///…"));
        request.output()
                .ifPresent(
                        directory ->
                                Directories.require(directory, "output directory", "--output"));
        ResultDirectories directories =
                new ResultDirectories(
                        request.output(),
                        checkpoints.orElse(Path.of(System.getProperty("java.io.tmpdir"))),
                        name);
        List<ExampleOutput> outputs = request.example().build(environment, request.choices());
        outputs.forEach(directories::write);

        JobClient job = environment.executeAsync(name);
        JobResult result = new Watch(console, job, request).toTheEnd();
        if (result.status() != JobStatus.FINISHED) {
            throw new CancellationException("the job was cancelled");
        }
        RunSummary summary = summary(state, job, result, outputs, directories);
        if (isRetainedByLauncher(resolution)) {
            // Nobody asked to keep them, and there is nothing left to go on with.
            directories.clear(outputs);
            if (checkpoints.isPresent()) {
                Directories.remove(checkpoints.get().resolve(job.jobId()));
            }
        }
        return summary;
    }

    private static boolean isRetainedByLauncher(Resolution resolution) {
        return resolution
                .explanation()
                .setting(CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION.key())
                .filter(setting -> setting.origin().equals(LauncherDefaults.LAUNCHER))
                .isPresent();
    }

    /** If an older checkpoint can be used in place of a damaged one: how. */
    private HoldfastException withCommand(HoldfastException failure) {
        Problem problem = failure.problem();
        Optional<String> whole =
                problem.details().stream()
                        .filter(detail -> detail.label().equals("whole"))
                        .map(detail -> detail.text().replaceFirst(" \\(id \\d+.*", ""))
                        .findFirst();
        if (whole.isEmpty()) {
            return failure;
        }
        List<Problem.Detail> details = new ArrayList<>(problem.details());
        details.add(new Problem.Detail("command", request.commandToGoOn(whole.get())));
        return new HoldfastException(
                new Problem(
                        problem.code(),
                        problem.category(),
                        problem.summary(),
                        details,
                        problem.advice()),
                failure);
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
        layers.add(request.modules());
        return layers;
    }

    private RunSummary summary(
            ResolvedState state,
            JobClient job,
            JobResult result,
            List<ExampleOutput> outputs,
            ResultDirectories directories)
            throws IOException {
        List<RunSummary.Output> lines = new ArrayList<>();
        ResultDigest digest = null;
        for (ExampleOutput output : outputs) {
            ResultFiles files = directories.files(output);
            lines.add(
                    new RunSummary.Output(
                            output.name(),
                            files.lines(),
                            directories.stays(output)
                                    ? Optional.of(files.directory())
                                    : Optional.empty()));
            digest = output.result() ? files.digest() : digest;
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
                result.metrics().checkpoints().lastFailure(),
                late(result.metrics()),
                result.metrics().restarts(),
                lines,
                digest);
    }

    private static Map<String, Long> late(JobMetrics metrics) {
        Map<String, Long> late = new TreeMap<>();
        for (OperatorMetrics operator : metrics.operators()) {
            if (operator.recordsLate() > 0) {
                late.merge(operator.name(), operator.recordsLate(), Long::sum);
            }
        }
        return late;
    }
}
