package io.holdfast.runtime.checkpoint;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.regex.Pattern;

/** Says why a checkpoint of one job was given up, or why none can be taken. Immutable. */
final class CheckpointProblems {

    /** How a known problem begins when it comes as the message of another exception. */
    private static final Pattern KNOWN = Pattern.compile("[A-Z]+-\\d{4} .*");

    private final String jobName;
    private final Duration timeout;

    /**
     * @param jobName for people
     * @param timeout how long a checkpoint may take, and a call of the storage after that
     */
    CheckpointProblems(String jobName, Duration timeout) {
        this.jobName = jobName;
        this.timeout = timeout;
    }

    Problem coordinatorFailed(Throwable cause) {
        return Problem.bug("JOB-6100", "The checkpoint coordinator failed: " + cause)
                .with("job", jobName)
                .build();
    }

    Problem declined(PendingCheckpoint checkpoint, CheckpointTask task, Throwable cause) {
        return withCause(
                        Problem.environment(
                                        "JOB-6101",
                                        "%s was declined by %s (subtask %d): %s"
                                                .formatted(
                                                        checkpoint.describe(),
                                                        task.name(),
                                                        task.subtask(),
                                                        describe(cause)))
                                .with("job", jobName),
                        cause)
                .build();
    }

    Problem timedOut(PendingCheckpoint checkpoint) {
        String waiting =
                switch (checkpoint.state()) {
                    case TRIGGERED -> "the storage to begin it";
                    case ACKING -> "tasks: " + checkpoint.missing();
                    default -> "the storage to store its metadata";
                };
        return Problem.environment(
                        "JOB-6102",
                        "%s was not complete after %s.".formatted(checkpoint.describe(), timeout))
                .with("job", jobName)
                .with("waited for", waiting)
                .advise(
                        "raise execution.checkpointing.timeout if the state is large;"
                                + " look for slow tasks or a slow storage if not")
                .build();
    }

    /**
     * @param step what the storage was asked to do with it: "begun", "stored"
     */
    Problem storageFailed(PendingCheckpoint checkpoint, String step, Throwable cause) {
        return withCause(
                        Problem.environment(
                                        "JOB-6103",
                                        "%s could not be %s: %s"
                                                .formatted(
                                                        checkpoint.describe(),
                                                        step,
                                                        describe(cause)))
                                .with("job", jobName),
                        cause)
                .advise("see that the storage can be reached and has room")
                .build();
    }

    /** A checkpoint was given up long ago, and the storage is still at work on it. */
    Problem storageHangs(PendingCheckpoint checkpoint) {
        return Problem.environment(
                        "JOB-6103",
                        "The storage has not answered for another %s since %s was given up."
                                .formatted(timeout, checkpoint.describe().toLowerCase(Locale.ROOT)))
                .with("job", jobName)
                .with("no checkpoints", "until it does, if this uses up the slots")
                .advise("see that the storage can be reached")
                .build();
    }

    Problem removalsHang(int waiting) {
        return Problem.environment(
                        "JOB-6103",
                        "The storage has removed nothing for %s, and %d removals wait."
                                .formatted(timeout, waiting))
                .with("job", jobName)
                .with("no checkpoints", "until it does")
                .advise("see that the storage can be reached")
                .build();
    }

    Problem unexpectedOperators(CheckpointTask task, Collection<String> delivered) {
        return Problem.bug(
                        "JOB-6104",
                        "Task %s delivered state of operators it does not have."
                                .formatted(task.name()))
                .with("delivered", delivered)
                .with("expected", task.operatorIds())
                .build();
    }

    Problem givenUp(PendingCheckpoint checkpoint, String why) {
        return Problem.environment(
                        "JOB-6105",
                        "%s was given up because %s.".formatted(checkpoint.describe(), why))
                .build();
    }

    Problem fileNotOfTheJob(PendingCheckpoint checkpoint, URI file) {
        return Problem.bug(
                        "JOB-6106",
                        checkpoint.describe()
                                + " refers to a file that does not belong to the job any more.")
                .with("file", file)
                .advise(
                        "report it to the author of the state backend: a backend may refer only to"
                                + " files of completed checkpoints, and not to any after a full"
                                + " snapshot")
                .build();
    }

    Problem noneNow(String why) {
        return Problem.environment("JOB-6109", "No checkpoint can be taken: " + why + ".")
                .advise("try again when the job runs")
                .build();
    }

    /** The cause in one line. */
    private static String describe(Throwable cause) {
        if (cause instanceof HoldfastException known) {
            return known.problem().summary();
        }
        if (cause.getMessage() == null) {
            return cause.getClass().getName();
        }
        String first = cause.getMessage().lines().findFirst().orElse("");
        return KNOWN.matcher(first).matches()
                ? first
                : cause.getClass().getSimpleName() + ": " + first;
    }

    /** The cause in full, if it has more to say than {@link #describe}. */
    private static Problem.Builder withCause(Problem.Builder problem, Throwable cause) {
        String message = cause.getMessage();
        return message == null || message.lines().count() < 2
                ? problem
                : problem.with("cause", message);
    }
}
