package io.holdfast.backend.hashmap;

import java.util.Arrays;

/**
 * A list of numbers in one array, the first of which is their count: nothing stands between the
 * entry of a state and them. An array is never empty of elements once it is stored.
 */
final class NumberList {
    private static final int HEAD = 1;

    private NumberList() {}

    /** An empty list with room for some elements. */
    static long[] empty(int capacity) {
        return new long[HEAD + capacity];
    }

    static int size(long[] list) {
        return (int) list[0];
    }

    static long get(long[] list, int index) {
        return list[HEAD + index];
    }

    /** Appends an element; returns the list or the one that takes its place. */
    static long[] append(long[] list, long element) {
        int size = size(list);
        long[] roomy = HEAD + size < list.length ? list : withRoom(list, size, 1);
        roomy[HEAD + size] = element;
        roomy[0] = size + 1;
        return roomy;
    }

    /** Makes room for more elements; returns the list or the one that takes its place. */
    static long[] withRoom(long[] list, int more) {
        int size = size(list);
        return list.length - HEAD - size < more ? withRoom(list, size, more) : list;
    }

    private static long[] withRoom(long[] list, int size, int more) {
        return Arrays.copyOf(list, HEAD + Math.max(size + more, size + (size >> 1) + 2));
    }

    /** Appends all elements of another list; returns the list or the one that takes its place. */
    static long[] appendAll(long[] list, long[] other) {
        int size = size(list);
        int more = size(other);
        long[] roomy = withRoom(list, more);
        System.arraycopy(other, HEAD, roomy, HEAD + size, more);
        roomy[0] = size + more;
        return roomy;
    }
}
