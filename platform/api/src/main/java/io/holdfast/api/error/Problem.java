package io.holdfast.api.error;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One thing that is wrong, told so that the reader can act: what happened, with which values, where
 * they come from, what is possible, what to do. Immutable; the same text appears in logs, on the
 * command line and in exceptions.
 *
 * @param code stable identifier, an upper-case area and a number such as {@code CONFIG-1042}
 * @param category who can mend it
 * @param summary one sentence with the values involved
 * @param details labelled facts, in the order they are printed
 * @param advice what to do next, or an empty string
 */
public record Problem(
        String code, Category category, String summary, List<Detail> details, String advice) {

    /** Who can mend a problem; retry policy follows the category. */
    public enum Category {
        /** The input is wrong: a name, a value, a file. Repeating without a change fails again. */
        USER,
        /** Disk, network, permission, version. May pass. */
        ENVIRONMENT,
        /** Stored bytes are damaged, foreign or too old. */
        DATA,
        /** A defect of this product or of a module. */
        BUG
    }

    /**
     * A labelled fact.
     *
     * @param label one or two lower-case words, such as {@code set by}
     * @param text the fact
     */
    public record Detail(String label, String text) {
        /** Refuses null parts. */
        public Detail {
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(text, "text");
        }
    }

    /** Refuses null parts and copies the details. */
    public Problem {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(category, "category");
        Objects.requireNonNull(summary, "summary");
        details = List.copyOf(details);
        Objects.requireNonNull(advice, "advice");
    }

    /**
     * Starts a problem of category {@link Category#USER}.
     *
     * @param code stable identifier
     * @param summary one sentence with the values involved
     * @return a builder
     */
    public static Builder user(String code, String summary) {
        return new Builder(code, Category.USER, summary);
    }

    /**
     * Starts a problem of category {@link Category#ENVIRONMENT}.
     *
     * @param code stable identifier
     * @param summary one sentence with the values involved
     * @return a builder
     */
    public static Builder environment(String code, String summary) {
        return new Builder(code, Category.ENVIRONMENT, summary);
    }

    /**
     * Starts a problem of category {@link Category#DATA}.
     *
     * @param code stable identifier
     * @param summary one sentence with the values involved
     * @return a builder
     */
    public static Builder data(String code, String summary) {
        return new Builder(code, Category.DATA, summary);
    }

    /**
     * Starts a problem of category {@link Category#BUG}.
     *
     * @param code stable identifier
     * @param summary one sentence with the values involved
     * @return a builder
     */
    public static Builder bug(String code, String summary) {
        return new Builder(code, Category.BUG, summary);
    }

    /**
     * The problem as people read it: the summary, then one indented line per detail, the advice
     * last.
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(code).append(' ').append(summary);
        List<Detail> lines = new ArrayList<>(details);
        if (!advice.isEmpty()) {
            lines.add(new Detail("do", advice));
        }
        int width = lines.stream().mapToInt(line -> line.label().length()).max().orElse(0);
        for (Detail line : lines) {
            text.append("\n  ")
                    .append(line.label())
                    .append(" ".repeat(width - line.label().length() + 2))
                    .append(line.text().replace("\n", "\n" + " ".repeat(width + 4)));
        }
        return text.toString();
    }

    /** Collects the parts of a problem. Not thread-safe. */
    public static final class Builder {
        private final String code;
        private final Category category;
        private final String summary;
        private final List<Detail> details = new ArrayList<>();
        private String advice = "";

        private Builder(String code, Category category, String summary) {
            this.code = code;
            this.category = category;
            this.summary = summary;
        }

        /**
         * Adds a labelled fact.
         *
         * @param label one or two lower-case words
         * @param text the fact; its string form is kept
         * @return this builder
         */
        public Builder with(String label, Object text) {
            details.add(new Detail(label, String.valueOf(text)));
            return this;
        }

        /**
         * Says what to do next.
         *
         * @param text an instruction
         * @return this builder
         */
        public Builder advise(String text) {
            advice = text;
            return this;
        }

        /**
         * Ends the problem.
         *
         * @return the problem
         */
        public Problem build() {
            return new Problem(code, category, summary, details, advice);
        }

        /**
         * Ends the problem as an exception to throw.
         *
         * @return the exception
         */
        public HoldfastException exception() {
            return new HoldfastException(build());
        }

        /**
         * Ends the problem as an exception to throw.
         *
         * @param cause what was caught
         * @return the exception
         */
        public HoldfastException exception(Throwable cause) {
            return new HoldfastException(build(), cause);
        }
    }
}
