package io.holdfast.examples;

import io.holdfast.runtime.DataStream;
import java.util.Objects;

/**
 * Lines of text that leave an example.
 *
 * @param name one lower-case word, unique in the example; the directory of its files
 * @param lines the lines, without line feeds
 * @param result true for the result, which is digested; false for what was kept aside
 */
public record ExampleOutput(String name, DataStream<String> lines, boolean result) {
    /** Refuses null. */
    public ExampleOutput {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(lines, "lines");
    }

    /**
     * The result of an example.
     *
     * @param lines its lines
     * @return an output of the name {@code results}
     */
    public static ExampleOutput results(DataStream<String> lines) {
        return new ExampleOutput("results", lines, true);
    }

    /**
     * Lines that are no result but must not be lost.
     *
     * @param name one lower-case word
     * @param lines the lines
     * @return the output
     */
    public static ExampleOutput aside(String name, DataStream<String> lines) {
        return new ExampleOutput(name, lines, false);
    }
}
