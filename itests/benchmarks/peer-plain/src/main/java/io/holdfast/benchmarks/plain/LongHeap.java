package io.holdfast.benchmarks.plain;

import java.util.Arrays;

/**
 * Pairs of numbers in the order of the first, in one {@code long[]}: a heap in which every node has
 * four children, so that those beside each other are in one or two lines of the cache.
 */
final class LongHeap {

    private static final int CHILDREN = 4;
    private static final int FIRST_CAPACITY = 1 << 10;

    private long[] words = new long[2 * FIRST_CAPACITY];
    private int size;

    /** The smallest first number; the heap is not empty. */
    long first() {
        return words[0];
    }

    /** What goes with {@link #first()}. */
    long second() {
        return words[1];
    }

    /** Adds a pair. */
    void add(long first, long second) {
        if (2 * size == words.length) {
            words = Arrays.copyOf(words, 2 * words.length);
        }
        int node = size++;
        while (node > 0) {
            int parent = (node - 1) / CHILDREN;
            if (words[2 * parent] <= first) {
                break;
            }
            move(parent, node);
            node = parent;
        }
        place(node, first, second);
    }

    /** Removes the pair with the smallest first number; the heap is not empty. */
    void removeFirst() {
        size--;
        long first = words[2 * size];
        long second = words[2 * size + 1];
        int node = 0;
        while (true) {
            int child = CHILDREN * node + 1;
            if (child >= size) {
                break;
            }
            int end = Math.min(child + CHILDREN, size);
            int smallest = child;
            for (int other = child + 1; other < end; other++) {
                if (words[2 * other] < words[2 * smallest]) {
                    smallest = other;
                }
            }
            if (words[2 * smallest] >= first) {
                break;
            }
            move(smallest, node);
            node = smallest;
        }
        place(node, first, second);
    }

    private void move(int from, int to) {
        words[2 * to] = words[2 * from];
        words[2 * to + 1] = words[2 * from + 1];
    }

    private void place(int node, long first, long second) {
        words[2 * node] = first;
        words[2 * node + 1] = second;
    }
}
