package io.holdfast.host.world;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads headers of a bundle's manifest, such as {@code Import-Package}. Stateless. */
public final class ManifestHeader {

    /**
     * A clause of a header.
     *
     * @param path what stands before its parameters
     * @param parameters attributes by their names, directives by their names with a colon behind
     */
    public record Clause(String path, Map<String, String> parameters) {
        /** Copies the map. */
        public Clause {
            parameters = Map.copyOf(parameters);
        }

        /**
         * A parameter.
         *
         * @param name name of an attribute, or of a directive with a colon behind
         * @param otherwise the answer if there is none
         * @return its value, without quotes
         */
        public String parameter(String name, String otherwise) {
            return parameters.getOrDefault(name, otherwise);
        }
    }

    private ManifestHeader() {}

    /**
     * The clauses of a header.
     *
     * @param header its text, or null if the manifest has none
     * @return in the order of the text; a clause with several paths is one for each
     */
    public static List<Clause> parse(String header) {
        List<Clause> clauses = new ArrayList<>();
        for (String clause : split(header == null ? "" : header, ',')) {
            List<String> paths = new ArrayList<>();
            Map<String, String> parameters = new LinkedHashMap<>();
            for (String part : split(clause, ';')) {
                List<String> sides = split(part, '=');
                if (sides.size() == 1) {
                    paths.add(part);
                } else {
                    String name = sides.get(0).replaceFirst("\\s*:\\s*$", ":");
                    String value = part.substring(part.indexOf('=') + 1).strip();
                    // "name:Type=value" is an attribute of a type; which one, nobody here asks.
                    String key = name.endsWith(":") ? name : name.replaceFirst(":.*", "");
                    parameters.put(key, value.replaceAll("^\"|\"$", ""));
                }
            }
            paths.forEach(path -> clauses.add(new Clause(path, parameters)));
        }
        return clauses;
    }

    /** Splits outside of quotes; leaves out empty parts. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == separator && !quoted) {
                String part = text.substring(from, i).strip();
                if (!part.isEmpty()) {
                    parts.add(part);
                }
                from = i + 1;
            } else if (text.charAt(i) == '"') {
                quoted = !quoted;
            }
        }
        return parts;
    }

    /**
     * Tells whether a version lies in a range, by the rules of OSGi.
     *
     * @param version such as {@code 1.2.0}
     * @param range such as {@code [1.2,2)}, or {@code 1.2} for that and everything above
     * @return true if it does, or if one of the two cannot be read
     */
    static boolean inRange(String version, String range) {
        try {
            int[] actual = numbers(version);
            String inner = range.strip();
            if (!inner.matches("[\\[(].*,.*[\\])]")) {
                return compare(actual, numbers(inner)) >= 0;
            }
            String[] ends = inner.substring(1, inner.length() - 1).split(",");
            int low = compare(actual, numbers(ends[0]));
            int high = compare(actual, numbers(ends[1]));
            return (inner.startsWith("[") ? low >= 0 : low > 0)
                    && (inner.endsWith("]") ? high <= 0 : high < 0);
        } catch (NumberFormatException e) {
            return true;
        }
    }

    private static int[] numbers(String version) {
        String[] parts = version.strip().split("\\.");
        int[] numbers = new int[3];
        for (int i = 0; i < Math.min(3, parts.length); i++) {
            numbers[i] = Integer.parseInt(parts[i].strip());
        }
        return numbers;
    }

    private static int compare(int[] one, int[] other) {
        return java.util.Arrays.compare(one, other);
    }
}
