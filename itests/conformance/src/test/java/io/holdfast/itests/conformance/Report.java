package io.holdfast.itests.conformance;

import io.holdfast.config.profile.CompatibilityProfile;
import io.holdfast.host.ModuleRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** How many cases of a file came out equal, and how the others differ. */
final class Report {
    /** Facts about Flink's classes, and what is compared elsewhere. */
    private static final List<String> NOT_COMPARED =
            List.of(
                    "access",
                    "init",
                    "usesManagedMemory",
                    "asyncSnapshots",
                    "jobAppBackend",
                    "jobAppStorage");

    private final String title;
    private final Map<String, List<String>> failed = new LinkedHashMap<>();
    private int passed;

    private Report(String title) {
        this.title = title;
    }

    static Report of(Path file, CompatibilityProfile profile) throws Exception {
        Report report = new Report(file.getFileName() + " under " + profile);
        try (ModuleRegistry modules = Run.modules()) {
            for (Case given : Case.read(file)) {
                report.add(given, profile, modules);
            }
        }
        return report;
    }

    private void add(Case given, CompatibilityProfile profile, ModuleRegistry modules) {
        List<String> differences;
        try {
            differences = differences("", given.outcome(), Run.of(given, profile, modules));
        } catch (Exception e) {
            differences = List.of("threw " + e);
        }
        if (differences.isEmpty()) {
            passed++;
        } else {
            failed.put(given.id() + " " + given.input(), differences);
        }
    }

    @SuppressWarnings("unchecked")
    static List<String> differences(
            String prefix, Map<String, Object> expected, Map<String, Object> found) {
        List<String> differences = new ArrayList<>();
        new TreeMap<>(expected)
                .forEach(
                        (name, expectedValue) -> {
                            Object wanted = expectedValue;
                            Object have = found.get(name);
                            if (prefix.isEmpty() && NOT_COMPARED.contains(name)
                                    || prefix.equals("error.")
                                            && (name.equals("chain") || name.equals("key"))) {
                                return;
                            }
                            if (isFlinksOwnFactory(name, wanted)) {
                                wanted = null;
                            }
                            if (wanted instanceof Map<?, ?> parts && have instanceof Map<?, ?>) {
                                differences.addAll(
                                        differences(
                                                prefix + name + ".",
                                                (Map<String, Object>) parts,
                                                (Map<String, Object>) have));
                            } else if (!same(wanted, have)) {
                                differences.add(
                                        prefix + name + ": Flink " + wanted + ", here " + have);
                            }
                        });
        if (prefix.endsWith("configurableOptions.")) {
            found.keySet().stream()
                    .filter(name -> !expected.containsKey(name))
                    .forEach(name -> differences.add(prefix + name + ": only here"));
        }
        return differences;
    }

    /** Flink 1.12 has a factory where later versions have none; both do what the options say. */
    private static boolean isFlinksOwnFactory(String name, Object wanted) {
        return name.equals("optionsFactory")
                && CompatibilityProfile.FLINK_1_12
                        .optionsFactories()
                        .words()
                        .containsKey(String.valueOf(wanted).toLowerCase(Locale.ROOT));
    }

    private static boolean same(Object wanted, Object have) {
        if (wanted instanceof Number one && have instanceof Number other) {
            return Double.compare(one.doubleValue(), other.doubleValue()) == 0;
        }
        if (wanted instanceof String text && have instanceof Double number) {
            return Double.valueOf(text).equals(number);
        }
        if (have instanceof RocksDbSettings.Written value) {
            return value.is(wanted);
        }
        return Objects.equals(wanted, have);
    }

    int failures() {
        return failed.size();
    }

    int passes() {
        return passed;
    }

    /** The counts, and the first differences. */
    String text(int first) {
        StringBuilder text =
                new StringBuilder(
                        "%s: %d passed, %d failed%n".formatted(title, passed, failed.size()));
        failed.entrySet().stream()
                .limit(first)
                .forEach(
                        entry -> {
                            text.append("  ").append(entry.getKey()).append('\n');
                            entry.getValue()
                                    .forEach(line -> text.append("    ").append(line).append('\n'));
                        });
        return text.toString();
    }
}
