package io.holdfast.itests.worlds;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** How fast what a process holds grows from cycle to cycle: straight lines through samples. */
final class Growth {
    /*
     * What is judged must not depend on how fast or how busy a machine is. A class that stays is one more after each cycle, and a module's class loader
     * that stays is hundreds of kilobytes: both are seen at once. What the host itself still loads for the first time is there once, however many
     * cycles follow; so that much is let pass, which counts for nothing in a long run. What the JVM notes of methods that become hot lies in the
     * metaspace, too, some megabytes in the end: the metaspace is judged only where the compiler takes no such notes (-XX:TieredStopAtLevel=1).
     * Resident memory is the allocator's to keep or to give back, and is judged only where the line is long.
     */
    private static final int ONCE_CLASSES = 50;
    private static final double ONCE_BYTES = 256 << 10;
    private static final double MOST_METASPACE = 1 << 10;
    private static final double MOST_RESIDENT = 50 << 10;
    private static final int LONG_RUN = 500;

    private record Sample(int cycle, Resources resources) {}

    private final List<Sample> samples = new ArrayList<>();

    /** Takes what was held after that many cycles, collections included. */
    void add(int cycle, Resources resources) {
        samples.add(new Sample(cycle, resources));
    }

    private double slope(ToDoubleFunction<Resources> quantity) {
        double meanCycle = samples.stream().mapToInt(Sample::cycle).average().orElseThrow();
        double mean =
                samples.stream()
                        .mapToDouble(each -> quantity.applyAsDouble(each.resources()))
                        .average()
                        .orElseThrow();
        double above = 0;
        double below = 0;
        for (Sample each : samples) {
            double x = each.cycle() - meanCycle;
            above += x * (quantity.applyAsDouble(each.resources()) - mean);
            below += x * x;
        }
        return below == 0 ? 0 : above / below;
    }

    private int cycles() {
        return samples.get(samples.size() - 1).cycle();
    }

    private int newClasses() {
        return samples.get(samples.size() - 1).resources().classes()
                - samples.get(0).resources().classes();
    }

    /** Throws if something grows that should not. */
    void require() {
        double metaspace = slope(Resources::metaspace);
        double resident = slope(Resources::resident);
        boolean noted =
                !ManagementFactory.getRuntimeMXBean()
                        .getInputArguments()
                        .contains("-XX:TieredStopAtLevel=1");
        if (newClasses() > ONCE_CLASSES + cycles() / 2
                || !noted && metaspace > MOST_METASPACE + ONCE_BYTES / cycles()
                || cycles() >= LONG_RUN && resident > MOST_RESIDENT) {
            throw new AssertionError("something stays in memory: " + this + details());
        }
    }

    private String details() {
        StringBuilder text = new StringBuilder();
        for (Sample each : samples) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%n  after %4d: %d classes, metaspace %d, resident %d",
                            each.cycle(),
                            each.resources().classes(),
                            each.resources().metaspace(),
                            each.resources().resident()));
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "growth per cycle, by %d samples over %d cycles: metaspace %.0f B, resident %.0f B;"
                        + " classes %+d in all",
                samples.size(),
                cycles(),
                slope(Resources::metaspace),
                slope(Resources::resident),
                newClasses());
    }
}
