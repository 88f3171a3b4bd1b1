package io.holdfast.cli;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.cli.checkpoint.CheckpointCommand;
import io.holdfast.cli.output.Console;
import io.holdfast.cli.output.ExitCode;
import io.holdfast.config.layer.Overrides;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command {@code holdfast}: parses the words, runs a subcommand, prints what went wrong as a
 * problem and returns an exit code.
 */
@Command(
        name = "holdfast",
        description = "Keyed state that survives: runs jobs on a state backend chosen in a file.",
        mixinStandardHelpOptions = true,
        versionProvider = Holdfast.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the job or its hand-over failed; of migrate and checkpoint check: both sides do not fit",
            "2:wrong usage or configuration",
            "3:the environment: disk, permission, version",
            "4:stored data is damaged or foreign",
            "130:interrupted with Ctrl-C"
        },
        footer = {
            "",
            "Examples:",
            "  ./holdfast run nexmark-q5",
            "  ./holdfast run nexmark-q5 --set state.backend.type=rocksdb --parallelism 2",
            "  ./holdfast run sessions --input access.log --output results",
            "  ./holdfast explain conf/prod.yaml",
            "  ./holdfast migrate conf/flink-conf.yaml --dry-run",
            "  ./holdfast module list",
            "  ./holdfast job switch nexmark-q5 --backend rocksdb",
            "  ./holdfast checkpoint show /data/checkpoints/JOB/chk-17",
            "  ./holdfast run --help"
        })
public final class Holdfast implements Runnable {
    private final Console console;
    private final List<String> words;

    @Spec private CommandSpec spec;

    @Option(
            names = "--stacktrace",
            scope = ScopeType.INHERIT,
            description = "Show where in the program an error came from.")
    private boolean stacktrace;

    private Holdfast(Console console, List<String> words) {
        this.console = console;
        this.words = words;
    }

    /**
     * Runs the command and ends the process with its exit code.
     *
     * @param arguments the words behind {@code holdfast}
     */
    public static void main(String[] arguments) {
        System.exit(run(Console.ofProcess(), arguments));
    }

    /** Runs the command in this process. */
    static int run(Console console, String... arguments) {
        return new Holdfast(console, List.of(arguments)).commandLine().execute(arguments);
    }

    private CommandLine commandLine() {
        CommandLine run = new CommandLine(new RunCommand(console));
        ExampleOptions.addTo(run.getCommandSpec());
        CommandLine all =
                new CommandLine(this)
                        .addSubcommand(run)
                        .addSubcommand(new ExamplesCommand(console))
                        .addSubcommand(new ExplainCommand(console))
                        .addSubcommand(new OptionsCommand(console))
                        .addSubcommand(new MigrateCommand(console))
                        .addSubcommand(
                                new CommandLine(new ModuleCommand(console))
                                        .addSubcommand(new ModuleListCommand(console))
                                        .addSubcommand(new ModuleInfoCommand(console))
                                        .addSubcommand(new ModuleInstallCommand(console))
                                        .addSubcommand(new ModuleUpdateCommand(console))
                                        .addSubcommand(new ModuleRemoveCommand(console)))
                        .addSubcommand(
                                new CommandLine(new JobCommand(console))
                                        .addSubcommand(new JobListCommand(console))
                                        .addSubcommand(new JobSwitchCommand(console)))
                        .addSubcommand(CheckpointCommand.with(console, new ExampleJobs()))
                        .addSubcommand(new CompletionCommand(console));
        all.setOut(new java.io.PrintWriter(console.out(), true));
        all.setErr(new java.io.PrintWriter(console.err(), true));
        all.setUsageHelpAutoWidth(true);
        all.setExecutionExceptionHandler((failure, command, parsed) -> report(failure));
        all.setParameterExceptionHandler((failure, arguments) -> reportUsage(failure));
        return all;
    }

    @Override
    public void run() {
        spec.commandLine().usage(console.out());
    }

    private int report(Exception failure) {
        if (stacktrace) {
            failure.printStackTrace(console.err());
        } else if (failure instanceof HoldfastException explained) {
            console.err().println(explained.problem());
        } else {
            console.err()
                    .println(
                            Problem.bug("CLI-7099", "The command failed: " + failure)
                                    .advise("repeat it with --stacktrace, and report what it says")
                                    .build());
        }
        return ExitCode.problemIn(failure).map(ExitCode::of).orElse(ExitCode.JOB_FAILED);
    }

    private int reportUsage(ParameterException failure) {
        try {
            requireEqualsSigns();
        } catch (HoldfastException e) {
            console.err().println(e.problem());
            return ExitCode.USAGE;
        }
        CommandLine command = failure.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        Problem.Builder problem =
                Problem.user("CLI-7001", failure.getMessage().replaceAll("\\s*\\n\\s*", " "));
        if (failure instanceof UnmatchedArgumentException unmatched
                && !unmatched.getSuggestions().isEmpty()) {
            problem.with("possible", String.join(", ", unmatched.getSuggestions()));
        } else if (failure instanceof MissingParameterException) {
            problem.with("usage", command.getHelp().synopsis(0).strip());
        }
        console.err().println(problem.advise("'./" + name + " --help' explains").build());
        if (stacktrace) {
            failure.printStackTrace(console.err());
        }
        return ExitCode.USAGE;
    }

    /**
     * Where {@code --set} was given a key and a value as two words, the second one is what the
     * parser complains about; it may be secret and is not shown.
     */
    private void requireEqualsSigns() {
        for (int i = 0; i + 1 < words.size(); i++) {
            if (words.get(i).equals("--set")) {
                Overrides.commandLine(List.of(words.get(i + 1)));
            }
        }
    }

    /** From the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Holdfast.class.getPackage().getImplementationVersion();
            return new String[] {
                "holdfast " + (version == null ? "(not built as a jar)" : version),
                "Java "
                        + System.getProperty("java.version")
                        + ", "
                        + System.getProperty("java.vm.name")
                        + ", "
                        + System.getProperty("os.name")
                        + " "
                        + System.getProperty("os.arch")
            };
        }
    }
}
