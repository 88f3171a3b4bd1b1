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
    boolean read(StateKind kind, Cell cell, NavigableMap<Integer, List<Item>> found, Life life) {
        NavigableMap<Integer, Unit> places = places(kind, cell);
        Set<Integer> there =
                kind == StateKind.LIST
                        ? inOrder(places, List.copyOf(found.values()), life)
                        : inPlace(places, found, life);
        NavigableMap<Integer, Unit> left = new TreeMap<>();
        for (Map.Entry<Integer, Unit> entry : places.entrySet()) {
            boolean isThere = there.contains(entry.getKey());
            if (!isThere && !mayBeMissing(entry.getValue(), life)) {
                return false;
            }
            Unit after = isThere ? life.read(entry.getValue()) : null;
            if (after != null) {
                left.put(entry.getKey(), after);
            }
        }
        if (left.isEmpty()) {
            cells(kind).remove(cell);
        } else {
            cells(kind).put(cell, left);
        }
        return there.size() == found.size();
    }

    private static boolean mayBeMissing(Unit unit, Life life) {
        return !life.isSeen(unit) || unit.mayBeGone();
    }

    private static Set<Integer> inPlace(
            Map<Integer, Unit> places, Map<Integer, List<Item>> found, Life life) {
        Set<Integer> there = new HashSet<>();
        places.forEach(
                (place, unit) -> {
                    if (life.isSeen(unit) && unit.items().equals(found.get(place))) {
                        there.add(place);
                    }
                });
        return there;
    }

    /**
     * The places whose elements were found, in order. Elements may be equal, so an element that may
     * be gone must not be taken for one that may not: only what lets all others be found is taken.
     * Of equal ones that may both be gone, it is the last that is there.
     *
     * @return fewer or others than possible if they cannot be what was found
     */
    private static Set<Integer> inOrder(
            NavigableMap<Integer, Unit> places, List<List<Item>> found, Life life) {
        List<Integer> order = List.copyOf(places.keySet());
        int count = order.size();
        // Whether the elements from one place on can be what was found from one position on.
        boolean[][] fits = new boolean[count + 1][found.size() + 1];
        fits[count][found.size()] = true;
        for (int i = count - 1; i >= 0; i--) {
            Unit unit = places.get(order.get(i));
            for (int j = found.size(); j >= 0; j--) {
                boolean taken =
                        j < found.size()
                                && fits[i + 1][j + 1]
                                && life.isSeen(unit)
                                && unit.items().equals(found.get(j));
                fits[i][j] = taken || fits[i + 1][j] && mayBeMissing(unit, life);
            }
        }
        Set<Integer> there = new HashSet<>();
        int position = 0;
        for (int i = 0; fits[0][0] && i < count; i++) {
            Unit unit = places.get(order.get(i));
            if (!fits[i + 1][position] || !mayBeMissing(unit, life)) {
                there.add(order.get(i));
                position++;
            }
        }
        return there;
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
