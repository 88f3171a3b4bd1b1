package io.holdfast.config.resolve;

import java.util.Objects;

/**
 * Something that does not come out the same in two resolutions. Safe to print: secrets are hidden.
 *
 * @param subject a key, or what is chosen
 * @param before what the first says
 * @param after what the second says
 */
public record Difference(String subject, String before, String after) {
    /** Refuses null parts. */
    public Difference {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(after, "after");
    }

    /** The subject with both outcomes. */
    @Override
    public String toString() {
        return subject + ": " + before + " -> " + after;
    }
}
