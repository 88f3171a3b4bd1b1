package io.holdfast.cli;

import static io.holdfast.api.config.CheckpointingOptions.CHECKPOINTING_INTERVAL;
import static io.holdfast.api.config.CheckpointingOptions.CHECKPOINTS_DIRECTORY;
import static io.holdfast.api.config.CoreOptions.DEFAULT_PARALLELISM;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.error.Problem;
import io.holdfast.config.resolve.Explanation;
import io.holdfast.config.resolve.Resolution;

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
            line(console, decision.subject(), decision.choice(), decision.because());
        }
        setting(console, "directory", CHECKPOINTS_DIRECTORY, explanation);
        setting(console, "interval", CHECKPOINTING_INTERVAL, explanation);
        setting(console, "parallelism", DEFAULT_PARALLELISM, explanation);
    }

    private static void setting(
            Console console, String label, ConfigOption<?> option, Explanation explanation) {
        explanation
                .setting(option.key())
                .ifPresent(
                        setting ->
                                line(
                                        console,
                                        label,
                                        setting.value(),
                                        setting.origin().toString()));
    }

    static void line(Console console, String label, String value, String because) {
        console.out().printf("%-19s %s   (%s)%n", label, value, because);
    }
}
