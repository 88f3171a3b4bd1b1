package io.holdfast.backend.rocksdb.keyed;

import java.util.Arrays;

/**
 * Key groups that have timers, the one with the earliest timer first: a binary heap of group
 * numbers by time, in which each group knows its place.
 */
final class EarliestGroups {
    private static final int NOWHERE = -1;

    private final int[] heap;
    private final int[] places;
    private final long[] times;
    private int size;

    /** None of the groups 0 to {@code groups - 1} has timers yet. */
    EarliestGroups(int groups) {
        heap = new int[groups];
        places = new int[groups];
        times = new long[groups];
        Arrays.fill(places, NOWHERE);
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The group with the earliest timer. Only if not empty. */
    int first() {
        return heap[0];
    }

    /** Time of the earliest timer. Only if not empty. */
    long firstTime() {
        return times[heap[0]];
    }

    /** Sets the time of a group's earliest timer. */
    void set(int group, long time) {
        int place = places[group];
        if (place == NOWHERE) {
            times[group] = time;
            size++;
            up(size - 1, group);
        } else if (time != times[group]) {
            boolean earlier = time < times[group];
            times[group] = time;
            if (earlier) {
                up(place, group);
            } else {
                down(place, group);
            }
        }
    }

    /** Notes that a group has no timers. */
    void clear(int group) {
        int place = places[group];
        if (place == NOWHERE) {
            return;
        }
        places[group] = NOWHERE;
        size--;
        if (place < size) {
            int moved = heap[size];
            if (place > 0 && times[moved] < times[heap[(place - 1) >>> 1]]) {
                up(place, moved);
            } else {
                down(place, moved);
            }
        }
    }

    private void up(int from, int group) {
        int place = from;
        while (place > 0) {
            int parent = (place - 1) >>> 1;
            if (times[group] >= times[heap[parent]]) {
                break;
            }
            put(place, heap[parent]);
            place = parent;
        }
        put(place, group);
    }

    private void down(int from, int group) {
        int place = from;
        for (int child = 2 * place + 1; child < size; child = 2 * place + 1) {
            if (child + 1 < size && times[heap[child + 1]] < times[heap[child]]) {
                child++;
            }
            if (times[group] <= times[heap[child]]) {
                break;
            }
            put(place, heap[child]);
            place = child;
        }
        put(place, group);
    }

    private void put(int place, int group) {
        heap[place] = group;
        places[group] = place;
    }
}
