package io.holdfast.benchmarks.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A state that is filled, checkpointed and restored as a whole, in a JVM of the peer.
 *
 * @param name on the command line
 * @param values {@code long} or {@code string}
 * @param entries number of entries
 * @param parts what is measured, in the words of {@code WholeStateRun.Part}
 * @param repetitions of each part
 */
record WholeStateBenchmark(
        String name, String values, int entries, List<String> parts, int repetitions) {

    private static final int QUICK_PART = 50;
    private static final List<String> EVERYTHING =
            List.of("memory", "checkpoint", "update", "access", "restore", "incremental");
    private static final List<String> DURABILITY = List.of("checkpoint", "restore");

    /** All of them. */
    static List<WholeStateBenchmark> all() {
        return List.of(
                new WholeStateBenchmark(
                        "whole-state-long-1m", "long", 1_000_000, List.of("memory"), 1),
                new WholeStateBenchmark(
                        "whole-state-string-1m", "string", 1_000_000, List.of("memory"), 1),
                new WholeStateBenchmark("whole-state-long-5m", "long", 5_000_000, EVERYTHING, 3),
                new WholeStateBenchmark(
                        "whole-state-string-5m", "string", 5_000_000, EVERYTHING, 3),
                new WholeStateBenchmark(
                        "whole-state-long-20m",
                        "long",
                        20_000_000,
                        List.of("memory", "checkpoint", "restore"),
                        1));
    }

    String question() {
        return String.format(
                Locale.ROOT,
                "A whole state of %,d entries, Long to %s",
                entries,
                values.equals("long") ? "Long" : "String of 100 characters");
    }

    /** Whether a peer is measured: one that only differs in its files, if files are written. */
    boolean concerns(Peer peer) {
        return peer.abilities().contains(Peer.Ability.WHOLE_STATE)
                && (parts.equals(EVERYTHING) || !isVariant(peer));
    }

    private static boolean isVariant(Peer peer) {
        return peer.abilities().size() == 1;
    }

    /** Names of the figures, in the order of the table. */
    List<String> figures() {
        List<String> figures = new ArrayList<>(List.of("fill ms"));
        for (String part : parts) {
            figures.addAll(
                    switch (part) {
                        case "memory" -> List.of("heap bytes per entry");
                        case "checkpoint" ->
                                List.of(
                                        "checkpoint sync ms",
                                        "checkpoint async ms",
                                        "checkpoint process cpu ms",
                                        "checkpoint bytes");
                        case "update" ->
                                List.of(
                                        "500k updates thread cpu ms",
                                        "500k updates under snapshot thread cpu ms",
                                        "500k updates process cpu ms",
                                        "500k updates under snapshot process cpu ms");
                        case "access" ->
                                List.of(
                                        "access p99 us",
                                        "access during checkpoint p99 us",
                                        "access p99.9 us",
                                        "access during checkpoint p99.9 us",
                                        "access longest us",
                                        "access during checkpoint longest us");
                        case "restore" -> List.of("restore ms", "restore process cpu ms");
                        default ->
                                List.of(
                                        "incremental checkpoint after 1 % sync ms",
                                        "incremental checkpoint after 1 % async ms",
                                        "incremental checkpoint after 1 % process cpu ms",
                                        "incremental checkpoint after 1 % bytes",
                                        "restore of incremental checkpoint ms");
                    });
        }
        return figures;
    }

    /** Measures in a JVM of the peer and reads what it wrote. */
    WholeStateMeasurement measure(Peer peer, PeerJvm jvm, boolean quick)
            throws IOException, InterruptedException, MeasurementFailure {
        String file = name + "-" + peer.name();
        Path result = jvm.results().resolve(file + ".json");
        Path work = Files.createDirectories(jvm.results().resolve("scratch").resolve(file));
        jvm.run(
                peer,
                file,
                "io.holdfast.benchmarks.whole.WholeStateMain",
                List.of(
                        peer.name(),
                        values,
                        Integer.toString(quick ? entries / QUICK_PART : entries),
                        String.join(",", isVariant(peer) ? DURABILITY : parts),
                        Integer.toString(repetitions),
                        work.toString(),
                        result.toString()));
        return WholeStateMeasurement.read(result);
    }
}
