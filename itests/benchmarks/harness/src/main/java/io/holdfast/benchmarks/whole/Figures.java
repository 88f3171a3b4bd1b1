package io.holdfast.benchmarks.whole;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Figures by name, each measured several times. */
final class Figures {

    private final Map<String, List<Double>> measured = new LinkedHashMap<>();

    /** Adds one measurement of a figure, whose name ends with its unit. */
    void add(String name, double value) {
        measured.computeIfAbsent(name, each -> new ArrayList<>()).add(value);
    }

    /** The median of each figure, in the order in which they were first measured. */
    Map<String, Double> medians() {
        Map<String, Double> medians = new LinkedHashMap<>();
        measured.forEach((name, all) -> medians.put(name, median(all)));
        return medians;
    }

    private static double median(List<Double> all) {
        List<Double> sorted = all.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
