package io.holdfast.api.error;

import java.io.Serial;

/** A failure that carries a {@link Problem}: its message is the problem's text. */
public final class HoldfastException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /**
     * A failure without a cause.
     *
     * @param problem what is wrong
     */
    public HoldfastException(Problem problem) {
        super(problem.toString());
        this.problem = problem;
    }

    /**
     * A failure that was caught and explained once, at a boundary.
     *
     * @param problem what is wrong
     * @param cause what was caught
     */
    public HoldfastException(Problem problem, Throwable cause) {
        super(problem.toString(), cause);
        this.problem = problem;
    }

    /**
     * What is wrong.
     *
     * @return the problem
     */
    public Problem problem() {
        return problem;
    }
}
