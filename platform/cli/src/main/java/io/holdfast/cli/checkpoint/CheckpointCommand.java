package io.holdfast.cli.checkpoint;

import io.holdfast.cli.output.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code holdfast checkpoint}: the parent of what can be done with checkpoints. */
@Command(
        name = "checkpoint",
        description =
                "Tells what checkpoints and savepoints hold, and whether a job can go on from them.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "A checkpoint is a directory with a file _metadata: DIRECTORY/JOB-ID/chk-N, or the",
            "directory of a savepoint. It is only read, and no file outside of it is.",
            "",
            "Examples:",
            "  ./holdfast checkpoint show /data/checkpoints/4f1c/chk-17",
            "  ./holdfast checkpoint show /data/savepoints/friday --verify",
            "  ./holdfast checkpoint check --job shop-2.0.jar /data/savepoints/friday"
        })
public final class CheckpointCommand implements Runnable {
    private final Console console;

    @Spec private CommandSpec spec;

    private CheckpointCommand(Console console) {
        this.console = console;
    }

    /**
     * The command with all below it.
     *
     * @param console where it writes
     * @param named jobs that need no jar
     * @return for the command line
     */
    public static CommandLine with(Console console, NamedJobs named) {
        return new CommandLine(new CheckpointCommand(console))
                .addSubcommand(new CheckpointShowCommand(console))
                .addSubcommand(new CheckpointCheckCommand(console, named));
    }

    @Override
    public void run() {
        spec.commandLine().usage(console.out());
    }
}
