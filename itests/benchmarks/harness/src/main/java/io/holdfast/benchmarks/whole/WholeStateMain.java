package io.holdfast.benchmarks.whole;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Measures the whole state of one peer and writes the figures as JSON.
 *
 * <p>Arguments: peer, values ({@code long} or {@code string}), number of entries, parts to measure
 * (joined by commas), repetitions, directory, file for the result.
 */
public final class WholeStateMain {

    private static final int UPDATES = 500_000;

    private WholeStateMain() {}

    /** Starts the measurement. */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[5]);
        Set<WholeStateRun.Part> parts =
                Stream.of(arguments[3].split(","))
                        .map(name -> WholeStateRun.Part.valueOf(name.toUpperCase(Locale.ROOT)))
                        .collect(
                                Collectors.toCollection(
                                        () -> EnumSet.noneOf(WholeStateRun.Part.class)));
        Map<String, Double> figures =
                new WholeStateRun<>(
                                WholeStatePeer.named(arguments[0]),
                                Values.named(arguments[1]),
                                Integer.parseInt(arguments[2]),
                                UPDATES,
                                parts,
                                Integer.parseInt(arguments[4]),
                                directory)
                        .measure();
        Files.writeString(Path.of(arguments[6]), json(arguments[0], figures));
        // A peer may leave threads behind; the measurement is over.
        System.exit(0);
    }

    private static String json(String peer, Map<String, Double> figures) {
        return figures.entrySet().stream()
                .map(
                        figure ->
                                String.format(
                                        Locale.ROOT,
                                        "\"%s\": %.3f",
                                        figure.getKey(),
                                        figure.getValue()))
                .collect(
                        Collectors.joining(
                                ", ", "{\"peer\": \"" + peer + "\", \"figures\": {", "}}\n"));
    }
}
