package io.holdfast.testkit.model;

import io.holdfast.api.state.StateKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a job holds in all its subtasks together, in collections of the JDK. */
final class Model {

    /** Where an entry lies. */
    record Cell(int key, int space) {}

    /** A timer. */
    record Alarm(long time, Cell cell) {}

    final Map<Cell, List<Integer>> values = new HashMap<>();
    final Map<Cell, List<Short>> lists = new HashMap<>();
    final Map<Cell, Map<Integer, String>> maps = new HashMap<>();
    final Map<Cell, List<Float>> reducing = new HashMap<>();
    final Map<Cell, String> aggregating = new HashMap<>();
    final Set<Alarm> timers = new HashSet<>();

    Model copy() {
        Model copy = new Model();
        values.forEach((cell, value) -> copy.values.put(cell, new ArrayList<>(value)));
        lists.forEach((cell, list) -> copy.lists.put(cell, new ArrayList<>(list)));
        maps.forEach((cell, map) -> copy.maps.put(cell, new TreeMap<>(map)));
        reducing.forEach((cell, value) -> copy.reducing.put(cell, new ArrayList<>(value)));
        copy.aggregating.putAll(aggregating);
        copy.timers.addAll(timers);
        return copy;
    }

    List<Integer> value(Cell cell) {
        return values.computeIfAbsent(cell, any -> new ArrayList<>());
    }

    List<Short> list(Cell cell) {
        return lists.computeIfAbsent(cell, any -> new ArrayList<>());
    }

    Map<Integer, String> map(Cell cell) {
        return maps.computeIfAbsent(cell, any -> new TreeMap<>());
    }

    List<Float> reducing(Cell cell) {
        return reducing.computeIfAbsent(cell, any -> new ArrayList<>());
    }

    /** An entry as text, "nothing" where there is none. */
    String read(StateKind kind, Cell cell) {
        return Texts.of(
                switch (kind) {
                    case VALUE -> values.get(cell);
                    case LIST -> lists.get(cell);
                    case MAP -> maps.get(cell);
                    case REDUCING -> reducing.get(cell);
                    case AGGREGATING -> aggregating.get(cell);
                });
    }

    /** Numbers of the keys that have an entry. */
    Set<Integer> keys(StateKind kind, int space) {
        Map<Cell, ?> entries =
                switch (kind) {
                    case VALUE -> values;
                    case LIST -> lists;
                    case MAP -> maps;
                    case REDUCING -> reducing;
                    case AGGREGATING -> aggregating;
                };
        Set<Integer> keys = new HashSet<>();
        for (Cell cell : entries.keySet()) {
            if (cell.space == space && !read(kind, cell).equals(Texts.NOTHING)) {
                keys.add(cell.key);
            }
        }
        return keys;
    }
}
