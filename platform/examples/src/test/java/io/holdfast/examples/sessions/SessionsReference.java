package io.holdfast.examples.sessions;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the sessions example must find, computed with plain collections over the whole log at once.
 * The lines are those of {@code access-log-totals.sh}, which says what they mean and computes them
 * without Java.
 */
public final class SessionsReference {
    private static final long GAP = 30 * 60 * 1000;
    private static final long MINUTE = 60 * 1000;
    private static final int TOP = 3;

    /** The order of {@code LC_ALL=C sort}. */
    static final Comparator<String> BY_BYTES =
            Comparator.comparing(
                    line -> line.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    private SessionsReference() {}

    /** Counts lines, dirty lines and bytes, then per visitor, then per minute. */
    public static List<String> totals(Collection<? extends ParsedLine> lines) {
        List<AccessLogLine> clean = new ArrayList<>();
        for (ParsedLine line : lines) {
            if (line instanceof AccessLogLine request) {
                clean.add(request);
            }
        }
        List<String> totals = new ArrayList<>();
        totals.add("lines\t" + lines.size());
        totals.add("dirty\t" + (lines.size() - clean.size()));
        totals.add("bytes\t" + clean.stream().mapToLong(AccessLogLine::bytes).sum());
        totals.addAll(visitors(clean));
        totals.addAll(topPages(clean));
        return totals;
    }

    private static List<String> visitors(List<AccessLogLine> clean) {
        Map<String, List<AccessLogLine>> requestsByVisitor = new HashMap<>();
        for (AccessLogLine line : clean) {
            requestsByVisitor
                    .computeIfAbsent(line.visitor(), visitor -> new ArrayList<>())
                    .add(line);
        }
        List<String> lines = new ArrayList<>();
        requestsByVisitor.forEach(
                (visitor, requests) -> {
                    long[] times =
                            requests.stream()
                                    .mapToLong(AccessLogLine::timestamp)
                                    .sorted()
                                    .toArray();
                    int sessions = 1;
                    for (int i = 1; i < times.length; i++) {
                        sessions += times[i] - times[i - 1] >= GAP ? 1 : 0;
                    }
                    long bytes = requests.stream().mapToLong(AccessLogLine::bytes).sum();
                    lines.add(
                            String.join(
                                    "\t",
                                    "visitor",
                                    visitor,
                                    Integer.toString(requests.size()),
                                    Integer.toString(sessions),
                                    Long.toString(bytes)));
                });
        lines.sort(BY_BYTES);
        return lines;
    }

    private static List<String> topPages(List<AccessLogLine> clean) {
        Map<Long, Map<String, Integer>> requestsByMinute = new TreeMap<>();
        for (AccessLogLine line : clean) {
            line.page()
                    .ifPresent(
                            page ->
                                    requestsByMinute
                                            .computeIfAbsent(
                                                    line.timestamp() / MINUTE,
                                                    minute -> new HashMap<>())
                                            .merge(page, 1, Integer::sum));
        }
        List<String> lines = new ArrayList<>();
        requestsByMinute.forEach(
                (minute, requests) -> {
                    List<String> pages = new ArrayList<>(requests.keySet());
                    pages.sort(
                            Comparator.<String, Integer>comparing(
                                            requests::get, Collections.reverseOrder())
                                    .thenComparing(BY_BYTES));
                    for (int rank = 1; rank <= Math.min(TOP, pages.size()); rank++) {
                        String page = pages.get(rank - 1);
                        lines.add(
                                String.join(
                                        "\t",
                                        "page",
                                        minute.toString(),
                                        Integer.toString(rank),
                                        page,
                                        requests.get(page).toString()));
                    }
                });
        lines.sort(BY_BYTES);
        return lines;
    }
}
