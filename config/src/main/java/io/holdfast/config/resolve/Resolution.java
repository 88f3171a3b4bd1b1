package io.holdfast.config.resolve;

import io.holdfast.api.error.Problem;
import io.holdfast.api.error.Problems;
import java.util.List;
import java.util.Objects;

/** The outcome of resolving: what holds or what is wrong, and in both cases why. Immutable. */
public final class Resolution {
    private final ResolvedState state;
    private final Explanation explanation;
    private final List<Finding> findings;
    private final List<Problem> problems;
    private final List<Problem> warnings;

    Resolution(
            ResolvedState state,
            Explanation explanation,
            List<Finding> findings,
            List<Problem> problems,
            List<Problem> warnings) {
        this.state = Objects.requireNonNull(state, "state");
        this.explanation = Objects.requireNonNull(explanation, "explanation");
        this.findings = List.copyOf(findings);
        this.problems = List.copyOf(problems);
        this.warnings = List.copyOf(warnings);
    }

    /**
     * What holds.
     *
     * @return the resolved state
     * @throws io.holdfast.api.error.HoldfastException if there are {@link #problems}: the only one,
     *     or {@code CONFIG-1000} with all of them
     */
    public ResolvedState orThrow() {
        if (!problems.isEmpty()) {
            throw Problems.together("CONFIG-1000", "The configuration", problems);
        }
        return state;
    }

    /**
     * What was decided, also where there are problems; then it may not be usable.
     *
     * @return the state
     */
    public ResolvedState decided() {
        return state;
    }

    /**
     * The problems that Flink would have as well, in the order in which it would meet them.
     *
     * @return the first one is what Flink reports; empty if it accepts the configuration, as far as
     *     that can be told without making anything
     */
    public List<Finding> findings() {
        return findings;
    }

    /**
     * Why it holds, also where there are problems.
     *
     * @return the explanation
     */
    public Explanation explanation() {
        return explanation;
    }

    /**
     * What keeps the job from starting.
     *
     * @return all of it, or an empty list
     */
    public List<Problem> problems() {
        return problems;
    }

    /**
     * What is suspicious: unknown keys, former keys, unreadable values of modules that are not in
     * use.
     *
     * @return all of it, or an empty list
     */
    public List<Problem> warnings() {
        return warnings;
    }
}
