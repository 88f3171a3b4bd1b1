package io.holdfast.backend.hashmap;

import java.util.Arrays;

/**
 * Items in the order of their times: a heap in which each node has four children.
 *
 * @param <T> type of the items
 */
final class TimerHeap<T> {
    /*
     * Sifting compares times in a long[] and moves a long and an int; it follows no reference and
     * stores none, so it misses the cache rarely and costs the garbage collector nothing. Four
     * children stand in one or two cache lines and halve the depth. The item itself stays where it
     * is, in a slot told by its number, until its node is gone.
     *
     * An item that is cancelled leaves its node behind: finding and closing the gap would need the
     * node's place, kept up to date at every move. A node without an item is dropped when it comes
     * to the top, so the top is always live; and when more than half of the nodes are such, all of
     * them are dropped at once, so memory stays in proportion to the live ones.
     */
    private static final int CHILDREN = 4;
    private static final int SMALLEST = 16;
    private static final int FEW = 64;

    private long[] times = new long[SMALLEST];
    private int[] numbers = new int[SMALLEST];
    private int size;

    private Object[] items = new Object[SMALLEST];
    private int[] free = new int[SMALLEST];
    private int freeCount;
    private int nextNumber;
    private int cancelled;

    boolean isEmpty() {
        return size == 0;
    }

    /** The earliest time, or {@link Long#MAX_VALUE} if there is none. */
    long nextTime() {
        return size == 0 ? Long.MAX_VALUE : times[0];
    }

    /** Adds an item; returns the number by which it is cancelled. */
    int add(long time, T item) {
        int number = freeCount > 0 ? free[--freeCount] : nextNumber++;
        if (number == items.length) {
            items = Arrays.copyOf(items, grown(number));
        }
        items[number] = item;
        if (size == times.length) {
            times = Arrays.copyOf(times, grown(size));
            numbers = Arrays.copyOf(numbers, grown(size));
        }
        siftUp(size++, time, number);
        return number;
    }

    private static int grown(int length) {
        return length + (length >> 1);
    }

    /** Takes a live item out of the order. */
    void cancel(int number) {
        items[number] = null;
        cancelled++;
        dropCancelled();
    }

    /** Takes the earliest item out, or returns null if there is none. */
    @SuppressWarnings("unchecked")
    T poll() {
        if (size == 0) {
            return null;
        }
        T item = (T) items[numbers[0]];
        dropTop();
        dropCancelled();
        return item;
    }

    private void dropCancelled() {
        while (size > 0 && items[numbers[0]] == null) {
            cancelled--;
            dropTop();
        }
        if (cancelled > FEW && cancelled > size / 2) {
            dropAllCancelled();
        }
    }

    private void dropTop() {
        release(numbers[0]);
        size--;
        if (size == 0) {
            reset();
        } else {
            siftDown(0, times[size], numbers[size]);
        }
    }

    private void release(int number) {
        items[number] = null;
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, grown(freeCount));
        }
        free[freeCount++] = number;
    }

    /** Everything is free; large arrays are given back. */
    private void reset() {
        freeCount = 0;
        nextNumber = 0;
        if (items.length > SMALLEST * SMALLEST) {
            times = new long[SMALLEST];
            numbers = new int[SMALLEST];
            items = new Object[SMALLEST];
            free = new int[SMALLEST];
        }
    }

    private void dropAllCancelled() {
        int kept = 0;
        for (int node = 0; node < size; node++) {
            if (items[numbers[node]] == null) {
                release(numbers[node]);
            } else {
                times[kept] = times[node];
                numbers[kept] = numbers[node];
                kept++;
            }
        }
        size = kept;
        cancelled = 0;
        for (int node = (size - 2) / CHILDREN; node >= 0; node--) {
            siftDown(node, times[node], numbers[node]);
        }
    }

    private void siftUp(int from, long time, int number) {
        int node = from;
        while (node > 0) {
            int parent = (node - 1) / CHILDREN;
            if (times[parent] <= time) {
                break;
            }
            times[node] = times[parent];
            numbers[node] = numbers[parent];
            node = parent;
        }
        times[node] = time;
        numbers[node] = number;
    }

    private void siftDown(int from, long time, int number) {
        int node = from;
        for (int first = CHILDREN * node + 1; first < size; first = CHILDREN * node + 1) {
            int least = first;
            int end = Math.min(first + CHILDREN, size);
            for (int child = first + 1; child < end; child++) {
                if (times[child] < times[least]) {
                    least = child;
                }
            }
            if (times[least] >= time) {
                break;
            }
            times[node] = times[least];
            numbers[node] = numbers[least];
            node = least;
        }
        times[node] = time;
        numbers[node] = number;
    }
}
