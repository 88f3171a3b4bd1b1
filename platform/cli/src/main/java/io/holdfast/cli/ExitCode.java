package io.holdfast.cli;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import java.util.Optional;

/** What the process returns to the shell. */
final class ExitCode {
    static final int DONE = 0;
    static final int JOB_FAILED = 1;
    static final int DIFFERENT = 1;
    static final int USAGE = 2;
    static final int ENVIRONMENT = 3;
    static final int DATA = 4;
    static final int INTERRUPTED = 130;

    private static final String FAILED_FUNCTION = "JOB-6020";

    private ExitCode() {}

    /** The code for a problem; a function that fails on a record is no wrong usage. */
    static int of(Problem problem) {
        return switch (problem.category()) {
            case USER -> problem.code().equals(FAILED_FUNCTION) ? JOB_FAILED : USAGE;
            case ENVIRONMENT -> ENVIRONMENT;
            case DATA -> DATA;
            case BUG -> JOB_FAILED;
        };
    }

    /** The outermost problem among a failure and its causes. */
    static Optional<Problem> problemIn(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof HoldfastException explained) {
                return Optional.of(explained.problem());
            }
        }
        return Optional.empty();
    }
}
