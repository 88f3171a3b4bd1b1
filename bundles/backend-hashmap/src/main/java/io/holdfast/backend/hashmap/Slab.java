package io.holdfast.backend.hashmap;

import java.util.Arrays;

/**
 * Objects by number, for structures that keep numbers where references would cost the garbage
 * collector. Numbers of removed objects are given again.
 *
 * @param <T> type of the objects
 */
final class Slab<T> {
    private static final int SMALLEST = 16;

    private Object[] items = new Object[SMALLEST];
    private int[] free = new int[SMALLEST];
    private int freeCount;
    private int next;

    /** Takes an object; returns its number. */
    int add(T item) {
        int number = freeCount > 0 ? free[--freeCount] : next++;
        if (number == items.length) {
            items = Arrays.copyOf(items, number + (number >> 1));
        }
        items[number] = item;
        return number;
    }

    /** The object with a number. */
    @SuppressWarnings("unchecked") // nothing else is put there
    T get(int number) {
        return (T) items[number];
    }

    /** Forgets an object. */
    void remove(int number) {
        items[number] = null;
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, freeCount + (freeCount >> 1));
        }
        free[freeCount++] = number;
        if (freeCount == next && items.length > SMALLEST * SMALLEST) {
            clear();
        }
    }

    /** Forgets everything, and gives the memory back. */
    void clear() {
        items = new Object[SMALLEST];
        free = new int[SMALLEST];
        freeCount = 0;
        next = 0;
    }
}
