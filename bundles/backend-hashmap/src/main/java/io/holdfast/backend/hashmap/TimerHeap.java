package io.holdfast.backend.hashmap;

import java.util.Arrays;

/** Times in their order, each with a number: a heap in which each node has four children. */
final class TimerHeap {
    /*
     * A node is two longs side by side. Sifting compares and moves longs; it follows no reference
     * and stores none, so it misses the cache rarely and costs the garbage collector nothing. Four
     * children stand in one or two cache lines and halve the depth.
     */
    private static final int CHILDREN = 4;
    private static final int SMALLEST = 32;

    private long[] nodes = new long[SMALLEST];
    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The earliest time, or {@link Long#MAX_VALUE} if there is none. */
    long time() {
        return size == 0 ? Long.MAX_VALUE : nodes[0];
    }

    /** The number that came with the earliest time; only if there is one. */
    long number() {
        return nodes[1];
    }

    void add(long time, long number) {
        addLast(time, number);
        siftUp(size - 1, time, number);
    }

    /** Adds out of order; {@link #restoreOrder()} must follow. */
    void addLast(long time, long number) {
        if (2 * size == nodes.length) {
            nodes = Arrays.copyOf(nodes, 2 * (size + (size >> 1)));
        }
        put(size++, time, number);
    }

    /** Makes a heap of what was added out of order. */
    void restoreOrder() {
        for (int node = (size - 2) / CHILDREN; size > 1 && node >= 0; node--) {
            siftDown(node, nodes[2 * node], nodes[2 * node + 1]);
        }
    }

    /** Drops the earliest time. */
    void removeFirst() {
        size--;
        if (size > 0) {
            siftDown(0, nodes[2 * size], nodes[2 * size + 1]);
        } else if (nodes.length > SMALLEST * SMALLEST) {
            clear();
        }
    }

    /** Drops everything, and the memory. */
    void clear() {
        size = 0;
        nodes = new long[SMALLEST];
    }

    private void put(int node, long time, long number) {
        nodes[2 * node] = time;
        nodes[2 * node + 1] = number;
    }

    private void siftUp(int from, long time, long number) {
        int node = from;
        while (node > 0) {
            int parent = (node - 1) / CHILDREN;
            if (nodes[2 * parent] <= time) {
                break;
            }
            put(node, nodes[2 * parent], nodes[2 * parent + 1]);
            node = parent;
        }
        put(node, time, number);
    }

    private void siftDown(int from, long time, long number) {
        int node = from;
        for (int first = CHILDREN * node + 1; first < size; first = CHILDREN * node + 1) {
            int least = first;
            int end = Math.min(first + CHILDREN, size);
            for (int child = first + 1; child < end; child++) {
                if (nodes[2 * child] < nodes[2 * least]) {
                    least = child;
                }
            }
            if (nodes[2 * least] >= time) {
                break;
            }
            put(node, nodes[2 * least], nodes[2 * least + 1]);
            node = least;
        }
        put(node, time, number);
    }
}
