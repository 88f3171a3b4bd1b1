package io.holdfast.itests.conformance;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.error.Problem;
import io.holdfast.backend.rocksdb.EmbeddedRocksDBStateBackendFactory;
import io.holdfast.backend.rocksdb.RocksDBOptions;
import io.holdfast.config.resolve.Finding;
import io.holdfast.runtime.Assembly;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Which of two failures of a backend comes first. The resolver finds some, the object itself
 * others; Flink has only the object, which reads one option after the other.
 */
final class ReadingOrder {
    private static final int FIRST = -1;

    static final String CHANGELOG = "state.changelog.enabled";

    private static final Map<String, ConfigOption<?>> READ_BEFORE =
            Map.of(
                    "STATE-3124", RocksDBOptions.USE_PARTITIONED_INDEX_FILTERS,
                    "STATE-3125", RocksDBOptions.LOCAL_DIRECTORIES,
                    "STATE-3126", RocksDBOptions.LOCAL_DIRECTORIES,
                    "STATE-3129", RocksDBOptions.LOCAL_DIRECTORIES,
                    "STATE-3130", RocksDBOptions.OPTIONS_FACTORY,
                    "STATE-3131", RocksDBOptions.OPTIONS_FACTORY,
                    "STATE-3132", RocksDBOptions.OPTIONS_FACTORY,
                    "STATE-3133", RocksDBOptions.OPTIONS_FACTORY);

    private static final List<String> ROCKSDB =
            new EmbeddedRocksDBStateBackendFactory()
                    .options().stream().map(ConfigOption::key).toList();

    private ReadingOrder() {}

    /** The place of what the resolver found. */
    static int of(Finding finding, boolean legacyAdapter) {
        // A legacy backend first configures the one that stores its checkpoints.
        return legacyAdapter && isTracking(finding.key()) ? FIRST : of(finding.key());
    }

    /** The place of what an object threw; before the engine's own options if it is unknown. */
    static int of(Assembly.Failure failure) {
        Problem problem = failure.exception().problem();
        ConfigOption<?> before = READ_BEFORE.get(problem.code());
        if (before != null) {
            return of(before.key());
        }
        return Kinds.key(problem).map(ReadingOrder::of).orElse(2 * ROCKSDB.size());
    }

    private static int of(String key) {
        if (key.equals(CHANGELOG)) {
            return Integer.MAX_VALUE;
        }
        if (isTracking(key)) {
            return 2 * ROCKSDB.indexOf(RocksDBOptions.OPTIONS_FACTORY.key()) + 1;
        }
        int place = ROCKSDB.indexOf(key);
        return place < 0 ? FIRST : 2 * place;
    }

    private static boolean isTracking(String key) {
        return key.startsWith("state.latency-track.") || key.startsWith("state.size-track.");
    }

    /** A failure and its place. */
    record Placed(int place, Map<String, Object> error) {}

    /** The failures of a list in Flink's order. */
    static List<Map<String, Object>> sorted(List<Placed> failures) {
        List<Placed> sorted = new ArrayList<>(failures);
        sorted.sort(Comparator.comparingInt(Placed::place));
        return sorted.stream().map(Placed::error).toList();
    }
}
