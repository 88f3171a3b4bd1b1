package io.holdfast.benchmarks.runner;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * One figure of all operations: a row for each, a column for each peer, and beside the figure its
 * ratio to Flink's.
 *
 * @param family whose peers are compared
 * @param figure the figure
 * @param ratios whether the ratio means something
 */
record OperationTable(
        Peer.Family family, ToDoubleFunction<StateMeasurement> figure, boolean ratios) {

    /** The table; operations that nobody was measured with have no row. */
    Table of(List<StateBenchmark> benchmarks, List<Peer> peers, List<StateMeasurement> measured) {
        List<String> header = new ArrayList<>(List.of("operation"));
        peers.forEach(peer -> header.add(peer.name()));
        List<List<String>> rows = new ArrayList<>();
        for (StateBenchmark benchmark : benchmarks) {
            List<StateMeasurement> row =
                    measured.stream()
                            .filter(each -> each.benchmark().equals(benchmark.name()))
                            .toList();
            if (peers.stream().anyMatch(peer -> find(row, peer.name()).isPresent())) {
                List<String> cells = new ArrayList<>(List.of(benchmark.name()));
                peers.forEach(peer -> cells.add(cell(row, peer)));
                rows.add(cells);
            }
        }
        return new Table(header, rows);
    }

    private String cell(List<StateMeasurement> row, Peer peer) {
        Optional<StateMeasurement> own = find(row, peer.name());
        if (own.isEmpty()) {
            return "-";
        }
        double value = figure.applyAsDouble(own.get());
        Optional<StateMeasurement> flink = find(row, family.baseline());
        return ratios && flink.isPresent()
                ? String.format(
                        Locale.ROOT,
                        "%,.0f %6.2fx",
                        value,
                        value / figure.applyAsDouble(flink.get()))
                : Report.rounded(value);
    }

    private static Optional<StateMeasurement> find(List<StateMeasurement> row, String peer) {
        return row.stream().filter(each -> each.peer().equals(peer)).findAny();
    }
}
