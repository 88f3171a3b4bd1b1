package io.holdfast.cli.output;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import java.util.Optional;

/** What the process returns to the shell. */
public final class ExitCode {
    /** All was done. */
    public static final int DONE = 0;

    /** The job failed, or there is a bug. */
    public static final int JOB_FAILED = 1;

    /** What was compared does not go together. */
    public static final int DIFFERENT = 1;

    /** Wrong usage or configuration. */
    public static final int USAGE = 2;

    /** Disk, permission, version. */
    public static final int ENVIRONMENT = 3;

    /** Stored data are damaged or foreign. */
    public static final int DATA = 4;

    /** Ended by Ctrl-C. */
    public static final int INTERRUPTED = 130;

    private static final String FAILED_FUNCTION = "JOB-6020";

    private ExitCode() {}

    /** The code for a problem; a function that fails on a record is no wrong usage. */
    public static int of(Problem problem) {
        return switch (problem.category()) {
            case USER -> problem.code().equals(FAILED_FUNCTION) ? JOB_FAILED : USAGE;
            case ENVIRONMENT -> ENVIRONMENT;
            case DATA -> DATA;
            case BUG -> JOB_FAILED;
        };
    }

    /** The outermost problem among a failure and its causes. */
    public static Optional<Problem> problemIn(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof HoldfastException explained) {
                return Optional.of(explained.problem());
            }
        }
        return Optional.empty();
    }
}
