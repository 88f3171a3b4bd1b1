package io.holdfast.cli;

import io.holdfast.cli.output.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code holdfast job}: the parent of what can be done with jobs that run. */
@Command(
        name = "job",
        description = "Looks at jobs of processes that run, and moves them to other backends.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Processes of this user are asked through a socket that nobody else can reach.",
            "",
            "Examples:",
            "  ./holdfast job list",
            "  ./holdfast job switch nexmark-q5 --backend rocksdb"
        })
final class JobCommand implements Runnable {
    private final Console console;

    @Spec private CommandSpec spec;

    JobCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        spec.commandLine().usage(console.out());
    }
}
