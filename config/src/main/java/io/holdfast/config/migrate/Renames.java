package io.holdfast.config.migrate;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.config.migrate.Draft.Pair;
import io.holdfast.config.migrate.Migration.Change;
import io.holdfast.config.migrate.Migration.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Former keys and what they are called now. Knows the options of what is installed and, beyond
 * them, {@link #ELSEWHERE}. Immutable.
 */
final class Renames {
    /**
     * Keys of Flink that no module here reads but that stand in the same files; of an option that
     * had several, the newest first.
     */
    private static final Map<String, List<String>> ELSEWHERE =
            Map.of(
                    "high-availability.type", List.of("high-availability", "recovery.mode"),
                    "high-availability.storageDir",
                            List.of(
                                    "high-availability.zookeeper.storageDir",
                                    "recovery.zookeeper.storageDir"),
                    "high-availability.cluster-id",
                            List.of(
                                    "high-availability.zookeeper.path.namespace",
                                    "recovery.zookeeper.path.namespace"),
                    "high-availability.zookeeper.quorum", List.of("recovery.zookeeper.quorum"),
                    "high-availability.zookeeper.path.root",
                            List.of("recovery.zookeeper.path.root"),
                    "io.tmp.dirs", List.of("taskmanager.tmp.dirs"),
                    "taskmanager.memory.managed.size", List.of("taskmanager.memory.size"),
                    "taskmanager.memory.managed.fraction", List.of("taskmanager.memory.fraction"),
                    "web.checkpoints.history", List.of("jobmanager.web.checkpoints.history"));

    /** A former key of one option: which key it is to become, and its place in the lookup. */
    private record Target(String key, int place) {}

    private final Map<String, Target> targets = new LinkedHashMap<>();

    Renames(Collection<ConfigOption<?>> options) {
        ELSEWHERE.forEach(this::add);
        for (ConfigOption<?> option : options) {
            List<String> former =
                    option.formerKeys().stream()
                            .filter(key -> everyoneSees(option.key(), key, options))
                            .toList();
            add(option.key(), former);
        }
    }

    private void add(String key, List<String> former) {
        for (int i = 0; i < former.size(); i++) {
            targets.putIfAbsent(former.get(i), new Target(key, i));
        }
    }

    /** Several options may have had the same key: all of them must look at its successor. */
    private static boolean everyoneSees(
            String successor, String former, Collection<ConfigOption<?>> options) {
        return options.stream()
                .map(ConfigOption::allKeys)
                .filter(keys -> keys.contains(former))
                .allMatch(keys -> keys.contains(successor));
    }

    /** Gives every former key that is in force its present name. */
    void apply(Draft draft, List<Change> changes) {
        Map<String, List<Pair>> former = new LinkedHashMap<>();
        for (Pair pair : draft.pairs()) {
            Target target = targets.get(pair.key());
            if (target != null) {
                former.computeIfAbsent(target.key(), key -> new ArrayList<>()).add(pair);
            }
        }
        former.forEach((present, pairs) -> rename(draft, present, pairs, changes));
    }

    private void rename(Draft draft, String present, List<Pair> pairs, List<Change> changes) {
        List<Pair> newestFirst =
                pairs.stream()
                        .sorted(Comparator.comparing(pair -> targets.get(pair.key()).place()))
                        .toList();
        boolean renamed = draft.has(present);
        String inForce = present;
        for (Pair pair : newestFirst) {
            if (renamed) {
                changes.add(
                        new Change(
                                pair.line(),
                                Kind.STAYS,
                                "'%s' is a former key of '%s' and stays, but '%s' is in force"
                                        .formatted(pair.key(), present, inForce)));
            } else {
                renamed = true;
                draft.change(pair::equals, old -> old.withKey(present));
                changes.add(
                        new Change(
                                pair.line(),
                                Kind.RENAMED,
                                "'%s' is now '%s'".formatted(pair.key(), present)));
            }
        }
    }

    /** All former keys with what they are called now. */
    Map<String, String> presentKeys() {
        Map<String, String> keys = new LinkedHashMap<>();
        targets.forEach((former, target) -> keys.put(former, target.key()));
        return keys;
    }
}
