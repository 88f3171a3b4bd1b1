package io.holdfast.config.migrate;

import io.holdfast.api.config.CheckpointingOptions;
import io.holdfast.api.config.StateBackendOptions;
import io.holdfast.api.error.Problem;
import io.holdfast.config.migrate.Migration.Difference;
import io.holdfast.config.resolve.Explanation.Setting;
import io.holdfast.config.resolve.Resolution;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What two files come to, side by side. */
final class Comparison {
    /** What these decide is compared, not how they are written. */
    private static final Set<String> DECIDING =
            Set.of(
                    StateBackendOptions.STATE_BACKEND.key(),
                    CheckpointingOptions.CHECKPOINT_STORAGE.key());

    private final List<Difference> differences = new ArrayList<>();

    Comparison(Resolution before, Resolution after, Renames renames) {
        for (String subject : List.of(Split.BACKEND, Split.STORAGE)) {
            add(subject, Split.choice(before, subject), Split.choice(after, subject));
        }
        Map<String, String> old = settings(before, renames);
        Map<String, String> fresh = settings(after, renames);
        Set<String> keys = new TreeSet<>(old.keySet());
        keys.addAll(fresh.keySet());
        keys.removeAll(DECIDING);
        for (String key : keys) {
            add(key, old.getOrDefault(key, "not read"), fresh.getOrDefault(key, "not read"));
        }
        add("problems", problems(before), problems(after));
    }

    private void add(String subject, String before, String after) {
        if (!before.equals(after)) {
            differences.add(new Difference(subject, before, after));
        }
    }

    private static Map<String, String> settings(Resolution resolution, Renames renames) {
        Map<String, String> values = new TreeMap<>();
        for (Setting setting : resolution.explanation().settings()) {
            String key = renames.successor(setting.key()).orElse(setting.key());
            values.putIfAbsent(key, setting.value());
        }
        return values;
    }

    private static String problems(Resolution resolution) {
        List<String> told = resolution.problems().stream().map(Problem::summary).sorted().toList();
        return told.isEmpty() ? "none" : String.join(" ", told);
    }

    List<Difference> differences() {
        return differences;
    }
}
