package io.holdfast.config.resolve;

import io.holdfast.api.config.CheckpointingOptions;
import io.holdfast.api.config.StateBackendOptions;
import io.holdfast.api.error.Problem;
import io.holdfast.config.resolve.Explanation.Decision;
import io.holdfast.config.resolve.Explanation.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** Lays two resolutions side by side. Stateless. */
public final class Comparison {
    private static final String NOT_SET = "(not set)";

    /** What these decide is compared, not how they are written. */
    private static final Set<String> DECIDING =
            Set.of(
                    StateBackendOptions.STATE_BACKEND.key(),
                    CheckpointingOptions.CHECKPOINT_STORAGE.key());

    private Comparison() {}

    /**
     * What two resolutions do not agree about.
     *
     * @param before the first
     * @param after the second
     * @param presentKey what a key of the first is called in the second; itself if nothing else
     * @return choices first, then settings by key, then problems; empty if there is nothing
     */
    public static List<Difference> of(
            Resolution before, Resolution after, UnaryOperator<String> presentKey) {
        List<Difference> differences = new ArrayList<>();
        compare(choices(before), choices(after), differences);
        Map<String, String> old = settings(before, presentKey);
        Map<String, String> fresh = settings(after, UnaryOperator.identity());
        compare(old, fresh, differences);
        compare(
                Map.of("problems", problems(before)),
                Map.of("problems", problems(after)),
                differences);
        return differences;
    }

    private static void compare(
            Map<String, String> before, Map<String, String> after, List<Difference> differences) {
        Set<String> subjects = new TreeSet<>(before.keySet());
        subjects.addAll(after.keySet());
        for (String subject : subjects) {
            String old = before.getOrDefault(subject, NOT_SET);
            String fresh = after.getOrDefault(subject, NOT_SET);
            if (!old.equals(fresh)) {
                differences.add(new Difference(subject, old, fresh));
            }
        }
    }

    private static Map<String, String> choices(Resolution resolution) {
        Map<String, String> choices = new LinkedHashMap<>();
        for (Decision decision : resolution.explanation().decisions()) {
            choices.put(decision.subject(), decision.choice());
        }
        return choices;
    }

    private static Map<String, String> settings(
            Resolution resolution, UnaryOperator<String> presentKey) {
        Map<String, String> values = new TreeMap<>();
        for (Setting setting : resolution.explanation().settings()) {
            String key = presentKey.apply(setting.key());
            if (!DECIDING.contains(key)) {
                values.putIfAbsent(key, setting.value());
            }
        }
        return values;
    }

    private static String problems(Resolution resolution) {
        List<String> told = resolution.problems().stream().map(Problem::summary).sorted().toList();
        return told.isEmpty() ? "none" : String.join(" ", told);
    }
}
