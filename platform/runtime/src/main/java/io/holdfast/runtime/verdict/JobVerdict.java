package io.holdfast.runtime.verdict;

import io.holdfast.api.error.Problem;
import io.holdfast.runtime.verdict.StateVerdict.Verdict;
import java.util.List;
import java.util.Objects;

/**
 * Whether a job can go on from a checkpoint.
 *
 * @param pointer where the checkpoint lies
 * @param problems what speaks against it as a whole, such as another max parallelism
 * @param operators those of the job and those that are stored
 * @param leavesUnclaimed whether the job leaves behind what is {@link Verdict#MISSING_IN_JOB}
 *     instead of refusing it
 */
public record JobVerdict(
        String pointer,
        List<Problem> problems,
        List<OperatorVerdict> operators,
        boolean leavesUnclaimed) {
    /** Refuses null, copies the lists. */
    public JobVerdict {
        Objects.requireNonNull(pointer, "pointer");
        problems = List.copyOf(problems);
        operators = List.copyOf(operators);
    }

    /**
     * The answer.
     *
     * @return true if nothing was found that speaks against it
     */
    public boolean isCompatible() {
        return problems.isEmpty()
                && operators.stream()
                        .flatMap(operator -> operator.states().stream())
                        .map(StateVerdict::verdict)
                        .allMatch(
                                verdict ->
                                        verdict.isCompatible()
                                                || leavesUnclaimed
                                                        && verdict == Verdict.MISSING_IN_JOB);
    }
}
