package io.holdfast.backend.hashmap;

import java.util.Arrays;

/** Times in their order, each with a number: a heap in which each node has eight children. */
final class TimerHeap {
    /*
     * Sifting down is what costs: on each level the least of some times is looked for, and below
     * the first levels none of them is in the cache. So times stand alone, eight children to a
     * cache line, and a level costs one line: an array of longs begins 16 bytes behind an address
     * that is a multiple of 64 (the collector sees to that for large ones), node 0 stands in its
     * word 5, the children of node n in the eight words from 8n + 6. Numbers are read only for the
     * nodes that move. Neither array has references, so the garbage collector has nothing to do.
     */
    private static final int CHILDREN = 8;
    private static final int FIRST = 5;
    private static final int SMALLEST = 32;

    private long[] times = new long[FIRST + SMALLEST];
    private long[] numbers = new long[SMALLEST];
    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The earliest time, or {@link Long#MAX_VALUE} if there is none. */
    long time() {
        return size == 0 ? Long.MAX_VALUE : times[FIRST];
    }

    /** The number that came with the earliest time; only if there is one. */
    long number() {
        return numbers[0];
    }

    void add(long time, long number) {
        addLast(time, number);
        siftUp(size - 1, time, number);
    }

    /** Adds out of order; {@link #restoreOrder()} must follow. */
    void addLast(long time, long number) {
        if (size == numbers.length) {
            int capacity = size + (size >> 1);
            times = Arrays.copyOf(times, FIRST + capacity);
            numbers = Arrays.copyOf(numbers, capacity);
        }
        put(size++, time, number);
    }

    /** Makes a heap of what was added out of order. */
    void restoreOrder() {
        for (int node = (size - 2) / CHILDREN; size > 1 && node >= 0; node--) {
            siftDown(node, times[FIRST + node], numbers[node]);
        }
    }

    /** Drops the earliest time. */
    void removeFirst() {
        size--;
        if (size > 0) {
            siftDown(0, times[FIRST + size], numbers[size]);
        } else if (numbers.length > SMALLEST * SMALLEST) {
            clear();
        }
    }

    /** Drops everything, and the memory. */
    void clear() {
        size = 0;
        times = new long[FIRST + SMALLEST];
        numbers = new long[SMALLEST];
    }

    private void put(int node, long time, long number) {
        times[FIRST + node] = time;
        numbers[node] = number;
    }

    private void siftUp(int from, long time, long number) {
        int node = from;
        while (node > 0) {
            int parent = (node - 1) / CHILDREN;
            if (times[FIRST + parent] <= time) {
                break;
            }
            put(node, times[FIRST + parent], numbers[parent]);
            node = parent;
        }
        put(node, time, number);
    }

    private void siftDown(int from, long time, long number) {
        int node = from;
        for (int first = CHILDREN * node + 1; first < size; first = CHILDREN * node + 1) {
            int least = first;
            long leastTime = times[FIRST + first];
            int end = Math.min(first + CHILDREN, size);
            for (int child = first + 1; child < end; child++) {
                long childTime = times[FIRST + child];
                if (childTime < leastTime) {
                    least = child;
                    leastTime = childTime;
                }
            }
            if (leastTime >= time) {
                break;
            }
            put(node, leastTime, numbers[least]);
            node = least;
        }
        put(node, time, number);
    }
}
