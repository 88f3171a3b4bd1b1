package io.holdfast.runtime.job;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import java.time.Duration;
import java.util.stream.Stream;

/** Says why a job failed, or why it cannot do what it is asked for. Immutable. */
final class JobProblems {
    private final String jobName;

    JobProblems(String jobName) {
        this.jobName = jobName;
    }

    /** The cause itself, if it is explained already. */
    Throwable explained(Throwable cause) {
        return cause instanceof HoldfastException
                ? cause
                : Problem.environment(
                                "JOB-6021",
                                "Job '%s' could not be started: %s".formatted(jobName, cause))
                        .exception(cause);
    }

    /**
     * @param attempt whose tasks are left
     */
    HoldfastException tasksHang(Attempt attempt, Duration waited) {
        HoldfastException hanging =
                Problem.bug("JOB-6022", "Tasks did not end after they were cancelled.")
                        .with("tasks", attempt.left())
                        .with("waited", waited)
                        .advise(
                                "see in a thread dump where they are; raise task.cancellation.timeout if that only takes long")
                        .exception();
        if (attempt.failure != null) {
            hanging.addSuppressed(attempt.failure);
        }
        return hanging;
    }

    HoldfastException failedAfterSavepoint(String pointer, Throwable cause) {
        return Problem.environment(
                        "JOB-6023",
                        "The job made its savepoint and then failed before its sinks had committed.")
                .with("savepoint", pointer)
                .with("cause", cause)
                .advise("start the job from the savepoint: what is missing is committed then")
                .exception(cause);
    }

    /**
     * @param status where the job is, for people
     */
    HoldfastException noSavepointNow(Object status) {
        return Problem.user("JOB-6051", "Job '%s' takes no savepoint now.".formatted(jobName))
                .with("status", status)
                .with("possible", "while the job is running and has input")
                .exception();
    }

    /**
     * @param status where the job is, for people
     */
    HoldfastException noHandOverNow(Object status) {
        return Problem.user(
                        "JOB-6057",
                        "Job '%s' cannot be handed over to another state backend now."
                                .formatted(jobName))
                .with("status", status)
                .with("possible", "while the job is running and has input, one at a time")
                .exception();
    }

    HoldfastException handOverTakesLong(Duration waited) {
        return Problem.environment(
                        "JOB-6058", "Not all subtasks could take over within " + waited + ".")
                .advise("raise " + JobOptions.HAND_OVER_TIMEOUT.key())
                .exception();
    }

    /**
     * @param from what the job keeps
     * @param to what it was to be handed over to; empty if that could not even be made
     */
    HoldfastException notHandedOver(String from, String to, Throwable cause) {
        Problem why =
                cause instanceof HoldfastException known
                        ? known.problem()
                        : Problem.bug("JOB-6060", "The state backend failed: " + cause).build();
        if (to.isEmpty()) {
            return new HoldfastException(why, cause);
        }
        return new HoldfastException(
                new Problem(
                        "JOB-6059",
                        why.category(),
                        "Job '%s' was not handed over: it goes on with %s, and lost nothing."
                                .formatted(jobName, from),
                        Stream.concat(
                                        Stream.of(
                                                new Problem.Detail("to", to),
                                                new Problem.Detail(
                                                        "because",
                                                        why.code() + " " + why.summary())),
                                        why.details().stream())
                                .toList(),
                        why.advice()),
                cause);
    }

    HoldfastException failedAfterHandOver(String to, Throwable cause) {
        return Problem.environment(
                        "JOB-6064",
                        "Job '%s' was handed over to %s and failed before all subtasks went on."
                                .formatted(jobName, to))
                .with("cause", cause)
                .advise("nothing: if the job restarts, it does so with its new state backend")
                .exception(cause);
    }
}
