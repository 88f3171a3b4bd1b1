package io.holdfast.cli;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.cli.output.Console;
import io.holdfast.cli.output.ExitCode;
import io.holdfast.cli.output.Words;
import io.holdfast.cli.settings.ModulesFlag;
import io.holdfast.examples.Example;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast run}: the words; {@link ExampleRun} does the work. */
@Command(
        name = "run",
        description = "Runs an example job to its end.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Without --output, result lines are kept beside the checkpoints until the",
            "job is done, and only their digest is printed. Checkpoints go to",
            "$XDG_STATE_HOME/holdfast, usually ~/.local/state/holdfast, unless",
            "execution.checkpointing.dir says otherwise; those of a run that is done",
            "are removed. Modules are looked for in $XDG_DATA_HOME/holdfast/modules, usually",
            "~/.local/share/holdfast/modules, if that exists; './holdfast module --help' and",
            "'./holdfast job --help' tell what can be done while the job runs.",
            "",
            "Examples:",
            "  ./holdfast run nexmark-q5",
            "  ./holdfast run nexmark-q5 --conf platform/examples/conf/rocksdb.conf",
            "  ./holdfast run nexmark-q5 --set state.backend.type=rocksdb --rate 100000",
            "  ./holdfast run nexmark-q5 --restore latest --parallelism 4",
            "  ./holdfast run sessions --input access.log --output results",
            "  zcat access.log.*.gz | ./holdfast run sessions --input -"
        })
final class RunCommand implements Callable<Integer> {
    private final Console console;

    @Spec private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "EXAMPLE",
            completionCandidates = ExampleNames.class,
            description = "One of: ${COMPLETION-CANDIDATES}.")
    private String example;

    @Option(
            names = "--conf",
            paramLabel = "FILE",
            description = "Configuration: HOCON (.conf, .json), YAML or .properties.")
    private Path conf;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "One setting; beats the file. May be repeated.")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "Parallel subtasks; short for --set parallelism.default=N.")
    private Optional<String> parallelism = Optional.empty();

    @Option(
            names = "--restore",
            paramLabel = "latest|PATH",
            completionCandidates = Latest.class,
            description =
                    "Go on from the last checkpoint of this example, or from the one in a"
                            + " directory.")
    private Optional<String> restore = Optional.empty();

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "Keep the lines as files below this directory.")
    private Optional<Path> output = Optional.empty();

    @Mixin private ModulesFlag modules = new ModulesFlag();

    @Option(
            names = "--json",
            description =
                    "Print the summary as one JSON document on standard output; progress goes to"
                            + " standard error.")
    private boolean json;

    RunCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        try {
            ExampleRun.Request request = request();
            RunSummary summary =
                    new ExampleRun(json ? console.forMachines() : console, request).run();
            console.out().print(json ? summary.json() + "\n" : summary.text());
            return ExitCode.DONE;
        } catch (CancellationException e) {
            return ExitCode.INTERRUPTED;
        } catch (HoldfastException e) {
            if (!json) {
                throw e;
            }
            int exitCode = ExitCode.of(e.problem());
            console.out().println(RunSummary.json(example, exitCode, e.problem()));
            return exitCode;
        }
    }

    private ExampleRun.Request request() {
        Example chosen = ExampleOptions.named(example);
        ExampleOptions.refuseAsSettings(settings);
        return new ExampleRun.Request(
                chosen,
                ExampleOptions.choices(chosen, spec),
                Optional.ofNullable(conf),
                settings,
                parallelism,
                restore,
                output,
                modules.layer(),
                Words.again(spec.root().commandLine().getParseResult().originalArgs()));
    }

    /** For completion. */
    static final class ExampleNames extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        ExampleNames() {
            super(ExampleOptions.names());
        }
    }

    /** For completion. */
    static final class Latest extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Latest() {
            super(List.of("latest"));
        }
    }
}
