package io.holdfast.cli.checkpoint;

import io.holdfast.api.error.DidYouMean;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.cli.output.Console;
import io.holdfast.cli.output.ExitCode;
import io.holdfast.cli.output.Json;
import io.holdfast.cli.output.Words;
import io.holdfast.cli.settings.HostSettings;
import io.holdfast.cli.settings.Modules;
import io.holdfast.host.folder.ModuleFolder;
import io.holdfast.runtime.LocalPlatform;
import io.holdfast.runtime.StreamExecutionEnvironment;
import io.holdfast.runtime.verdict.JobVerdict;
import io.holdfast.runtime.verdict.OperatorVerdict;
import io.holdfast.runtime.verdict.StateVerdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast checkpoint check}. */
@Command(
        name = "check",
        description = {
            "Tells whether a job can go on from a checkpoint or savepoint, state by state, before"
                    + " anything is stopped: as is, after migration, reconfigured, incompatible,"
                    + " new in the job, not asked for by the job at its start, or missing in it.",
            "The job is not started: no source reads, no sink is opened. The main method of its jar"
                    + " runs up to execute, without arguments, and its functions are opened."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:it can",
            "1:it cannot, or it could not be found out",
            "2:no such job or checkpoint, or wrong usage",
            "3:the checkpoint cannot be read just now",
            "4:the checkpoint is damaged or foreign"
        },
        footer = {
            "",
            "A state that a function asks for later than in open() or initializeState() is not seen",
            "and is told as 'not asked for'. Configuration of the job: --conf and --set.",
            "",
            "Examples:",
            "  ./holdfast checkpoint check --job shop-2.0.jar /data/savepoints/friday",
            "  ./holdfast checkpoint check --job nexmark-q5 /data/checkpoints/4f1c/chk-17",
            "  ./holdfast checkpoint check --job shop-2.0.jar friday --set state.backend.type=rocksdb"
        })
final class CheckpointCheckCommand implements Callable<Integer> {
    private static final int BEFORE_TEXT = 6;

    private final Console console;
    private final NamedJobs named;

    @Option(
            names = "--job",
            required = true,
            paramLabel = "JAR|EXAMPLE",
            description = "The jar of the job, whose manifest names the main class, or an example.")
    private String job;

    @Parameters(
            index = "0",
            paramLabel = "PATH",
            description = "Directory of a checkpoint or savepoint, its _metadata, or a URI.")
    private String pointer;

    @Mixin private HostSettings settings = new HostSettings();

    @Option(names = "--json", description = "Print one JSON document on standard output.")
    private boolean json;

    CheckpointCheckCommand(Console console, NamedJobs named) {
        this.console = console;
        this.named = named;
    }

    @Override
    public Integer call() throws Exception {
        return Json.orFailed(console, json, this::check);
    }

    private int check() throws IOException {
        JobVerdict verdict;
        try (LocalPlatform platform = Modules.open(settings.layers())) {
            platform.folder().ifPresent(ModuleFolder::settle);
            verdict = verdict(platform);
        }
        if (json) {
            console.out().println(Json.render(json(verdict)));
        } else {
            tell(verdict);
        }
        return exitCode(verdict);
    }

    private static int exitCode(JobVerdict verdict) {
        return verdict.isCompatible() ? ExitCode.DONE : ExitCode.DIFFERENT;
    }

    private JobVerdict verdict(LocalPlatform platform) throws IOException {
        if (named.names().contains(job)) {
            var environment = StreamExecutionEnvironment.getExecutionEnvironment(platform);
            named.describe(job, environment);
            return environment.check(pointer);
        }
        if (!job.endsWith(".jar")) {
            throw unknown();
        }
        List<JobVerdict> verdicts = new ArrayList<>();
        List<IOException> failures = new ArrayList<>();
        new JobJar(Path.of(job).toAbsolutePath())
                .describe(
                        platform,
                        (environment, name) -> {
                            try {
                                verdicts.add(environment.check(pointer));
                            } catch (IOException e) {
                                failures.add(e);
                            }
                        });
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
        return verdicts.get(0);
    }

    private HoldfastException unknown() {
        return Problem.user(
                        "CLI-7075",
                        "'%s' is neither a jar nor an example.%s"
                                .formatted(job, DidYouMean.question(job, named.names())))
                .with("examples", String.join(", ", named.names()))
                .advise("name a file that ends in .jar, or one of the examples")
                .exception();
    }

    private void tell(JobVerdict verdict) {
        line(
                0,
                "%s %s from %s"
                        .formatted(
                                job,
                                verdict.isCompatible() ? "can go on" : "CANNOT go on",
                                verdict.pointer()));
        verdict.problems()
                .forEach(problem -> problem.toString().lines().forEach(text -> line(2, text)));
        for (OperatorVerdict operator : verdict.operators()) {
            if (operator.states().isEmpty() && operator.notes().isEmpty()) {
                continue;
            }
            console.out().println();
            line(0, "%s (id %s)".formatted(operator.name(), operator.id()));
            operator.notes().forEach(note -> line(2, note));
            operator.states().forEach(this::tell);
        }
    }

    private void tell(StateVerdict state) {
        line(
                2,
                "%s (%s): %s"
                        .formatted(
                                state.state(),
                                state.kind(),
                                state.verdict().isCompatible()
                                        ? words(state)
                                        : words(state).toUpperCase(Locale.ROOT)));
        if (!state.reason().isEmpty()) {
            paragraph("because " + state.reason());
        }
        if (!state.advice().isEmpty()) {
            paragraph("do " + state.advice());
        }
    }

    private void paragraph(String text) {
        Words.wrapped(Words.visible(text), Math.max(40, console.columns() - BEFORE_TEXT))
                .forEach(each -> line(BEFORE_TEXT, each));
    }

    private void line(int indent, String text) {
        console.out().println(" ".repeat(indent) + Words.visible(text));
    }

    private static String words(StateVerdict state) {
        return state.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private Map<String, Object> json(JobVerdict verdict) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("status", verdict.isCompatible() ? "compatible" : "incompatible");
        fields.put("exitCode", exitCode(verdict));
        fields.put("job", job);
        fields.put("path", verdict.pointer());
        fields.put("problems", Json.of(verdict.problems()));
        List<Object> operators = new ArrayList<>();
        for (OperatorVerdict operator : verdict.operators()) {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("id", operator.id());
            each.put("name", operator.name());
            each.put("notes", operator.notes());
            each.put("states", operator.states().stream().map(this::json).toList());
            operators.add(each);
        }
        fields.put("operators", operators);
        return fields;
    }

    private Map<String, Object> json(StateVerdict state) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", state.state());
        fields.put("kind", state.kind());
        fields.put("verdict", words(state));
        fields.put("compatible", state.verdict().isCompatible());
        fields.put("reason", state.reason());
        fields.put("advice", state.advice());
        return fields;
    }
}
