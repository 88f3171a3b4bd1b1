package io.holdfast.benchmarks.runner;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was measured of one whole state.
 *
 * @param peer name of the peer
 * @param figures by name, each the median of its repetitions; what the peer cannot do, or was not
 *     asked for, is missing
 */
record WholeStateMeasurement(String peer, Map<String, Double> figures) {

    private static final double SHOWN_WITHOUT_FRACTION = 100;

    /** Reads what {@code WholeStateMain} wrote. */
    static WholeStateMeasurement read(Path file) {
        Config result = ConfigFactory.parseFile(file.toFile());
        Map<String, Double> figures = new HashMap<>();
        for (Map.Entry<String, ConfigValue> figure : result.getObject("figures").entrySet()) {
            figures.put(figure.getKey(), ((Number) figure.getValue().unwrapped()).doubleValue());
        }
        return new WholeStateMeasurement(result.getString("peer"), figures);
    }

    /**
     * A row for each figure, a column for each peer, and beside each figure how many times it goes
     * into the baseline's.
     */
    static Table table(
            List<String> figures, List<WholeStateMeasurement> measured, String baseline) {
        List<String> header = new ArrayList<>(List.of("figure"));
        measured.forEach(each -> header.add(each.peer()));
        Map<String, Double> flink =
                measured.stream()
                        .filter(each -> each.peer().equals(baseline))
                        .findAny()
                        .map(WholeStateMeasurement::figures)
                        .orElse(Map.of());
        List<List<String>> rows = new ArrayList<>();
        for (String figure : figures) {
            List<String> cells = new ArrayList<>(List.of(figure));
            for (WholeStateMeasurement each : measured) {
                cells.add(cell(figure, each.figures().get(figure), flink.get(figure)));
            }
            rows.add(cells);
        }
        return new Table(header, rows);
    }

    private static String cell(String figure, Double own, Double flink) {
        if (own == null) {
            return figure.contains("incremental") ? "not supported" : "-";
        }
        String text =
                own < SHOWN_WITHOUT_FRACTION
                        ? String.format(Locale.ROOT, "%.1f", own)
                        : Report.rounded(own);
        return flink == null ? text : String.format(Locale.ROOT, "%s %7.2fx", text, flink / own);
    }

    Map<String, Object> asMap() {
        Map<String, Object> map = new TreeMap<>(figures);
        map.put("peer", peer);
        return map;
    }
}
