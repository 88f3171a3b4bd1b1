package io.holdfast.itests.conformance;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.config.profile.Kind;
import io.holdfast.config.profile.Reader;
import io.holdfast.config.profile.Thrown;
import io.holdfast.config.resolve.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the cases call the failures of objects: their kinds follow from the codes of problems. The
 * codes of the resolver itself are classified by it.
 */
final class Kinds {
    private static final Pattern ABOUT = Pattern.compile("The value of (\\S+) is .*");

    private static final Map<String, String> OF_OBJECTS =
            Map.ofEntries(
                    Map.entry("STATE-3121", "setter-out-of-range"),
                    Map.entry("STATE-3122", "memory-size-out-of-range"),
                    Map.entry("STATE-3123", "memory-ratio-out-of-range"),
                    Map.entry("STATE-3124", Kind.MEMORY_RATIOS_INVALID.id()),
                    Map.entry("STATE-3125", Kind.LOCAL_DIR_RELATIVE.id()),
                    Map.entry("STATE-3126", "local-dir-not-local"),
                    Map.entry("STATE-3129", Kind.LOCAL_DIR_EMPTY.id()));

    private static final Map<String, Kind> OF_OPTIONS_FACTORIES =
            Map.of(
                    "STATE-3130", Kind.CLASS_NOT_FOUND,
                    "STATE-3131", Kind.NOT_A_FACTORY,
                    "STATE-3132", Kind.FACTORY_NOT_INSTANTIABLE);

    private Kinds() {}

    /** Phase, kind and category of what the resolver found. */
    static Map<String, Object> of(Finding finding) {
        return error(finding.reader(), finding.kind().id(), finding.thrown());
    }

    /** Phase, kind and category of what an object threw. */
    static Map<String, Object> of(Reader reader, HoldfastException failure) {
        Problem problem = failure.problem();
        Matcher about = ABOUT.matcher(problem.summary());
        Finding finding = Finding.of(reader, problem, about.matches() ? about.group(1) : "");
        if (finding.kind() != Kind.OTHER) {
            return of(finding);
        }
        Kind loading = OF_OPTIONS_FACTORIES.get(problem.code());
        if (loading != null) {
            Thrown thrown = Thrown.by(Reader.OPTIONS_FACTORY, loading, "");
            return error(Reader.OPTIONS_FACTORY, loading.id(), thrown);
        }
        String known = OF_OBJECTS.get(problem.code());
        if (known != null) {
            boolean configured = known.startsWith("local-dir") && reader != Reader.PROGRAM;
            return error(reader, known, configured ? Thrown.CONFIGURATION : Thrown.ARGUMENT);
        }
        if (problem.code().equals("STATE-3140")) {
            return error(reader, "stream-backend-not-a-storage", Thrown.STATE);
        }
        if (problem.code().equals("STORAGE-5008")) {
            return error(reader, size(problem.summary()), Thrown.ARGUMENT);
        }
        return error(reader, Kind.USER_CODE.id(), thrownByUser(failure));
    }

    private static String size(String summary) {
        if (summary.contains("inline threshold")) {
            return "threshold-out-of-range";
        }
        return summary.contains("write buffer")
                ? "write-buffer-out-of-range"
                : "max-state-size-out-of-range";
    }

    /** Flink lets a user's failure through as it is; here it is the innermost cause. */
    private static Thrown thrownByUser(HoldfastException failure) {
        Throwable cause = failure;
        while (cause.getCause() != null
                && !(cause instanceof LinkageError)
                && !(cause instanceof IllegalArgumentException)) {
            cause = cause.getCause();
        }
        if (cause instanceof HoldfastException) {
            return Thrown.CONFIGURATION;
        } else if (cause instanceof LinkageError) {
            return Thrown.LINKAGE;
        } else if (cause instanceof IOException || cause instanceof UncheckedIOException) {
            return Thrown.IO;
        } else if (cause instanceof IllegalStateException) {
            return Thrown.STATE;
        }
        return cause instanceof IllegalArgumentException ? Thrown.ARGUMENT : Thrown.OTHER;
    }

    private static Map<String, Object> error(Reader reader, String kind, Thrown thrown) {
        Map<String, Object> error = new TreeMap<>();
        error.put("phase", reader.phase().name().toLowerCase(Locale.ROOT));
        error.put("kind", kind);
        error.put("category", thrown.id());
        return error;
    }
}
