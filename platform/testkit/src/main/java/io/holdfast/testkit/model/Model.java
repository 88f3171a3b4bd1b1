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
 * keys, others have one.
 */
final class Model {

    /** Where an entry lies. */
    record Cell(int key, int space) {}

    /**
     * What lies in a place.
     *
     * @param items its items; none stand for a null in a map
     * @param time when it was stored, or read if that counts
     * @param mayBeGone whether it may have been cleaned up, as it was over: only the state knows
     * @param mayBeCut whether a snapshot may have left it out, as it was over: increments upon that
     *     one do not have it either
     */
    record Unit(List<Item> items, long time, boolean mayBeGone, boolean mayBeCut) {

        Unit(List<Item> items, long time) {
            this(items, time, false, false);
        }

        Unit mayBeGone(boolean may) {
            return new Unit(items, time, may, mayBeCut);
        }

        Unit mayBeCut(boolean may) {
            return new Unit(items, time, mayBeGone, may);
        }
    }

    /** A timer. */
    record Alarm(long time, Cell cell) {}

    /** The place where there is one. */
    static final int ONLY = 0;

    private final Map<StateKind, Map<Cell, NavigableMap<Integer, Unit>>> states =
            new EnumMap<>(StateKind.class);
    final Set<Alarm> timers = new HashSet<>();

    Model copy() {
        Model copy = new Model();
        states.forEach(
                (kind, cells) -> {
                    Map<Cell, NavigableMap<Integer, Unit>> copies = copy.cells(kind);
                    cells.forEach((cell, places) -> copies.put(cell, new TreeMap<>(places)));
                });
        copy.timers.addAll(timers);
        return copy;
    }

    private Map<Cell, NavigableMap<Integer, Unit>> cells(StateKind kind) {
        return states.computeIfAbsent(kind, any -> new HashMap<>());
    }

    /** What is in a cell; not to be changed. */
    NavigableMap<Integer, Unit> places(StateKind kind, Cell cell) {
        return cells(kind).getOrDefault(cell, Collections.emptyNavigableMap());
    }

    /** What is in the only place of a cell, or null. */
    Unit only(StateKind kind, Cell cell) {
        return places(kind, cell).get(ONLY);
    }

    void put(StateKind kind, Cell cell, int place, Unit unit) {
        cells(kind).computeIfAbsent(cell, any -> new TreeMap<>()).put(place, unit);
    }

    /** Puts something behind the last place. */
    void append(StateKind kind, Cell cell, Unit unit) {
        NavigableMap<Integer, Unit> places = places(kind, cell);
        put(kind, cell, places.isEmpty() ? ONLY : places.lastKey() + 1, unit);
    }

    /** Whether only the state knows what is in a cell. */
    boolean isDoubtful(StateKind kind, Cell cell) {
        return places(kind, cell).values().stream().anyMatch(Unit::mayBeGone);
    }

    /**
     * Takes notice of what was read of a cell. What is over has gone with that.
     *
     * @param found what was read, place by place; elements of lists are counted
     * @return whether that can be
     */
    boolean read(StateKind kind, Cell cell, Map<Integer, List<Item>> found, Life life) {
        NavigableMap<Integer, Unit> left = new TreeMap<>();
        int seen = 0;
        for (Map.Entry<Integer, Unit> entry : places(kind, cell).entrySet()) {
            Unit unit = entry.getValue();
            List<Item> read = found.get(kind == StateKind.LIST ? seen : entry.getKey());
            boolean isThere = life.isSeen(unit) && unit.items().equals(read);
            if (isThere) {
                seen++;
            } else if (life.isSeen(unit) && !unit.mayBeGone()) {
                return false;
            }
            Unit after = isThere ? life.read(unit) : null;
            if (after != null) {
                left.put(entry.getKey(), after);
            }
        }
        if (left.isEmpty()) {
            cells(kind).remove(cell);
        } else {
            cells(kind).put(cell, left);
        }
        return seen == found.size();
    }

    /** What is left in a cell after it was read is there for sure. */
    void settled(StateKind kind, Cell cell) {
        if (cells(kind).containsKey(cell)) {
            cells(kind).get(cell).replaceAll((place, unit) -> unit.mayBeGone(false));
        }
    }

    void remove(StateKind kind, Cell cell, int place) {
        Map<Cell, NavigableMap<Integer, Unit>> cells = cells(kind);
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

    /** Changes what is in all places of some keys. */
    void change(StateKind kind, IntPredicate keys, UnaryOperator<Unit> change) {
        cells(kind)
                .forEach(
                        (cell, places) -> {
                            if (keys.test(cell.key())) {
                                places.replaceAll((place, unit) -> change.apply(unit));
                            }
                        });
    }

    /** Changes all that is in states. */
    void change(UnaryOperator<Unit> change) {
        for (StateKind kind : StateKind.values()) {
            change(kind, key -> true, change);
        }
    }

    /** Numbers of the keys that have an entry, or may have one if they are {@code doubtful}. */
    Set<Integer> keys(StateKind kind, int space, boolean doubtful) {
        Set<Integer> keys = new HashSet<>();
        cells(kind)
                .forEach(
                        (cell, places) -> {
                            if (cell.space == space
                                    && (doubtful
                                            || places.values().stream()
                                                    .anyMatch(unit -> !unit.mayBeGone()))) {
                                keys.add(cell.key);
                            }
                        });
        return keys;
    }
}
