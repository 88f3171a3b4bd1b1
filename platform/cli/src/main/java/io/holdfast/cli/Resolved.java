package io.holdfast.cli;

import static io.holdfast.api.config.CheckpointingOptions.CHECKPOINTING_INTERVAL;
import static io.holdfast.api.config.CheckpointingOptions.CHECKPOINTS_DIRECTORY;
import static io.holdfast.api.config.CoreOptions.DEFAULT_PARALLELISM;
import static io.holdfast.api.config.StateRecoveryOptions.SAVEPOINT_PATH;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.error.Problem;
import io.holdfast.cli.output.Console;
import io.holdfast.config.resolve.Explanation;
import io.holdfast.config.resolve.Resolution;
import io.holdfast.host.folder.FolderOptions;
import java.io.PrintStream;

/** What holds for a run and where each value came from, in a few lines. */
final class Resolved {
    private Resolved() {}

    /** The lines that come before a job. */
    static void print(Console console, Resolution resolution) {
        Explanation explanation = resolution.explanation();
        for (Problem warning : resolution.warnings()) {
            console.err().println("warning: " + warning);
        }
        for (Explanation.Decision decision : explanation.decisions()) {
            line(console.out(), decision.subject(), decision.choice(), decision.because());
        }
        setting(console.out(), "directory", CHECKPOINTS_DIRECTORY, explanation);
        setting(console.out(), "interval", CHECKPOINTING_INTERVAL, explanation);
        setting(console.out(), "parallelism", DEFAULT_PARALLELISM, explanation);
        setting(console.out(), "modules", FolderOptions.DIRECTORY, explanation);
        setting(console.out(), "restore", SAVEPOINT_PATH, explanation);
    }

    private static void setting(
            PrintStream out, String label, ConfigOption<?> option, Explanation explanation) {
        explanation
                .setting(option.key())
                .ifPresent(
                        setting -> line(out, label, setting.value(), setting.origin().toString()));
    }

    private static void line(PrintStream out, String label, String value, String because) {
        out.printf("%-19s %s   (%s)%n", label, value, because);
    }
}
