package io.holdfast.api.error;

import java.util.List;
import java.util.stream.IntStream;

/** Several problems told at once, so that nobody mends them one run at a time. Stateless. */
public final class Problems {
    private Problems() {}

    /**
     * One exception for all of them.
     *
     * @param code code of the whole where there is more than one
     * @param summary first half of a sentence, such as {@code The configuration}; completed by "has
     *     … problems."
     * @param problems one or more
     * @return the exception of the only problem, or one whose details are the problems in their
     *     order; its category is that of the first
     */
    public static HoldfastException together(String code, String summary, List<Problem> problems) {
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("there is no problem to tell");
        }
        if (problems.size() == 1) {
            return new HoldfastException(problems.get(0));
        }
        List<Problem.Detail> details =
                IntStream.range(0, problems.size())
                        .mapToObj(i -> detail(i + 1, problems.get(i)))
                        .toList();
        String sentence = summary + " has " + problems.size() + " problems.";
        return new HoldfastException(
                new Problem(code, problems.get(0).category(), sentence, details, ""));
    }

    private static Problem.Detail detail(int number, Problem problem) {
        return new Problem.Detail(String.valueOf(number), problem.toString());
    }
}
