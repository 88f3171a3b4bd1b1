package io.holdfast.testkit.model;

import io.holdfast.api.state.StateKind;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;

/**
 * What a job holds in all its subtasks together, in collections of the JDK.
 *
 * <p>A cell of any kind of state has places: those of a list are its positions, those of a map its
 * keys, others have one. A place holds items; none stand for a null in a map.
 */
final class Model {

    /** Where an entry lies. */
    record Cell(int key, int space) {}

    /** A timer. */
    record Alarm(long time, Cell cell) {}

    /** The place where there is one. */
    static final int ONLY = 0;

    private final Map<StateKind, Map<Cell, NavigableMap<Integer, List<Item>>>> states =
            new EnumMap<>(StateKind.class);
    final Set<Alarm> timers = new HashSet<>();

    Model copy() {
        Model copy = new Model();
        states.forEach(
                (kind, cells) -> {
                    Map<Cell, NavigableMap<Integer, List<Item>>> copies = copy.cells(kind);
                    cells.forEach((cell, places) -> copies.put(cell, new TreeMap<>(places)));
                });
        copy.timers.addAll(timers);
        return copy;
    }

    private Map<Cell, NavigableMap<Integer, List<Item>>> cells(StateKind kind) {
        return states.computeIfAbsent(kind, any -> new HashMap<>());
    }

    /** What is in a cell; not to be changed. */
    NavigableMap<Integer, List<Item>> places(StateKind kind, Cell cell) {
        return cells(kind).getOrDefault(cell, Collections.emptyNavigableMap());
    }

    /** What is in the only place of a cell, or null. */
    List<Item> only(StateKind kind, Cell cell) {
        return places(kind, cell).get(ONLY);
    }

    void put(StateKind kind, Cell cell, int place, List<Item> items) {
        cells(kind).computeIfAbsent(cell, any -> new TreeMap<>()).put(place, items);
    }

    /** Puts items behind the last place. */
    void append(StateKind kind, Cell cell, List<Item> items) {
        NavigableMap<Integer, List<Item>> places = places(kind, cell);
        put(kind, cell, places.isEmpty() ? ONLY : places.lastKey() + 1, items);
    }

    void remove(StateKind kind, Cell cell, int place) {
        Map<Cell, NavigableMap<Integer, List<Item>>> cells = cells(kind);
        if (cells.containsKey(cell)) {
            cells.get(cell).remove(place);
            if (cells.get(cell).isEmpty()) {
                cells.remove(cell);
            }
        }
    }

    void clear(StateKind kind, Cell cell) {
        cells(kind).remove(cell);
    }

    /** Changes the items of all places of some keys. */
    void change(StateKind kind, IntPredicate keys, UnaryOperator<List<Item>> change) {
        cells(kind)
                .forEach(
                        (cell, places) -> {
                            if (keys.test(cell.key())) {
                                places.replaceAll((place, items) -> change.apply(items));
                            }
                        });
    }

    /** Numbers of the keys that have an entry. */
    Set<Integer> keys(StateKind kind, int space) {
        Set<Integer> keys = new HashSet<>();
        for (Cell cell : cells(kind).keySet()) {
            if (cell.space == space) {
                keys.add(cell.key);
            }
        }
        return keys;
    }
}
