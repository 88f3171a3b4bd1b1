package io.holdfast.config.file;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import io.holdfast.api.error.Problem;
import io.holdfast.config.layer.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Finds what HOCON silently loses: a key cannot have both a value and keys below it, so of {@code
 * state.backend = rocksdb} and {@code state.backend.incremental = true} only the later one is left.
 * Older Flink files have such pairs.
 *
 * <p>The parser does not tell what it dropped, so the text is parsed again up to each of its lines:
 * what was there then and is in the way of what is there in the end was lost. That is done only
 * where a name occurs in the text both with a value and with names below it, which is rare, and
 * only up to the lines that have such a name, {@value #MOST} of them at most. Not searched is what
 * the file includes, and what is lost within one line.
 */
final class HoconConflicts {
    private static final int MOST = 300;

    private final String file;
    private final String text;

    HoconConflicts(String file, String text) {
        this.file = file;
        this.text = text;
    }

    /**
     * One problem for each key that is in the file and not in {@code root}, which was read from it.
     */
    List<Problem> find(ConfigObject root) {
        Map<List<String>, ConfigOrigin> kept = leaves(root);
        Set<String> names = namesOfBoth(kept.keySet());
        if (names.isEmpty()) {
            return List.of();
        }
        Map<String, List<String>> keptByLost = new TreeMap<>();
        StringBuilder before = new StringBuilder();
        boolean asked = false;
        int times = 0;
        for (String line : text.split("\n")) {
            before.append(line.stripLeading().startsWith("include") ? "" : line).append('\n');
            asked |= names.stream().anyMatch(line::contains);
            if (!asked || times == MOST) {
                continue;
            }
            times++;
            Optional<Map<List<String>, ConfigOrigin>> there = leaves(before.toString());
            // In the middle of a value nothing can be told: the next line is asked.
            asked = there.isEmpty();
            for (List<String> path : there.orElse(Map.of()).keySet()) {
                inTheWay(path, kept.keySet())
                        .ifPresent(winner -> keptByLost.put(String.join(".", path), winner));
            }
        }
        List<Problem> problems = new ArrayList<>();
        keptByLost.forEach((lost, path) -> problems.add(problem(lost, path, kept.get(path))));
        return problems;
    }

    private Set<String> namesOfBoth(Set<List<String>> kept) {
        Set<String> names = new HashSet<>();
        kept.forEach(names::addAll);
        names.removeIf(name -> !hasValueAndNamesBelow(name));
        return names;
    }

    private boolean hasValueAndNamesBelow(String name) {
        String key = "(?m)(^|[\\s.{,\"])" + Pattern.quote(name) + "\"?\\s*";
        return Pattern.compile(key + "[:=]\\s*[^\\s{]").matcher(text).find()
                && Pattern.compile(key + "(\\.|\\{|[:=]\\s*\\{)").matcher(text).find();
    }

    /** The kept path that is above or below a path, if there is one. */
    private static Optional<List<String>> inTheWay(List<String> path, Set<List<String>> kept) {
        return kept.contains(path)
                ? Optional.empty()
                : kept.stream()
                        .filter(other -> startsWith(other, path) || startsWith(path, other))
                        .findFirst();
    }

    private static boolean startsWith(List<String> path, List<String> parent) {
        return path.size() > parent.size() && path.subList(0, parent.size()).equals(parent);
    }

    /** What the beginning of a file sets; empty if it ends in the middle of a value. */
    private static Optional<Map<List<String>, ConfigOrigin>> leaves(String beginning) {
        long open = beginning.chars().filter(c -> c == '{').count();
        long closed = beginning.chars().filter(c -> c == '}').count();
        String braces = "}".repeat((int) Math.max(0, open - closed));
        try {
            return Optional.of(leaves(ConfigFactory.parseString(beginning + braces).root()));
        } catch (ConfigException e) {
            return Optional.empty();
        }
    }

    private static Map<List<String>, ConfigOrigin> leaves(ConfigObject root) {
        Map<List<String>, ConfigOrigin> leaves = new HashMap<>();
        collect(List.of(), root, leaves);
        return leaves;
    }

    private static void collect(
            List<String> prefix, ConfigValue value, Map<List<String>, ConfigOrigin> leaves) {
        try {
            if (value instanceof ConfigObject object) {
                object.forEach((name, child) -> collect(append(prefix, name), child, leaves));
            } else if (value.valueType() != null) {
                leaves.put(prefix, value.origin());
            }
        } catch (ConfigException.NotResolved e) {
            // What a substitution stands for may well be an object that the other keys extend.
            return;
        }
    }

    private static List<String> append(List<String> path, String name) {
        List<String> longer = new ArrayList<>(path);
        longer.add(name);
        return longer;
    }

    private Problem problem(String lost, List<String> winner, ConfigOrigin origin) {
        String kept = String.join(".", winner);
        String shorter = lost.length() < kept.length() ? lost : kept;
        Origin place = Origin.ofFile(file, Math.max(0, origin.lineNumber()));
        return Problem.user(
                        "CONFIG-1026",
                        "'" + shorter + "' has a value and keys below it; HOCON keeps one of them.")
                .with("kept", kept + "   (" + place + ")")
                .with("lost", lost)
                .advise(
                        "use the present key of the value, such as state.backend.type, or write the"
                                + " longer key in double quotes")
                .build();
    }
}
