package io.holdfast.backend.hashmap;

import io.holdfast.api.serialization.Serializer;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Predicate;

/**
 * The elements of one list. Elements are only ever added at the end, so a list that a snapshot has
 * is continued by another object over the same array: the snapshot's one never looks behind its own
 * size. Only handing elements out while a snapshot is held may need copies of them.
 *
 * @param <T> type of the elements
 */
final class Elements<T> implements Iterable<T> {
    private static final int SMALLEST = 4;

    private Object[] items;
    private int size;

    /** So many elements, from the first, may be those of a snapshot, and so may the array be. */
    private int shared;

    Elements() {
        this(SMALLEST);
    }

    /** An empty list with room for some elements. */
    Elements(int capacity) {
        this(new Object[capacity], 0, 0);
    }

    private Elements(Object[] items, int size, int shared) {
        this.items = items;
        this.size = size;
        this.shared = shared;
    }

    int size() {
        return size;
    }

    @SuppressWarnings("unchecked")
    T get(int index) {
        return (T) items[index];
    }

    /**
     * A list that begins with these elements and may be added to; this one is left to a snapshot.
     */
    Elements<T> continued() {
        return new Elements<>(items, size, size);
    }

    void append(T element) {
        if (size == items.length) {
            items = Arrays.copyOf(items, size + (size >> 1) + 2);
        }
        items[size++] = element;
    }

    /** Appends elements, none of them null. */
    void appendAll(Collection<T> elements) {
        makeRoom(elements.size());
        for (T element : elements) {
            append(element);
        }
    }

    private void makeRoom(int count) {
        if (items.length - size < count) {
            items = Arrays.copyOf(items, Math.max(size + count, size + (size >> 1)));
        }
    }

    /**
     * Appends the elements of another list.
     *
     * @param othersShared whether a snapshot may have them
     */
    void appendAll(Elements<T> other, boolean othersShared) {
        makeRoom(other.size);
        System.arraycopy(other.items, 0, items, size, other.size);
        size += other.size;
        if (othersShared) {
            shared = size;
        }
    }

    /**
     * What is left when some elements are dropped; the elements may be those of a snapshot
     * afterwards.
     *
     * @return this list if none is dropped; null if none is left
     */
    Elements<T> without(Predicate<? super T> dropped) {
        Elements<T> left = null;
        for (int i = 0; i < size; i++) {
            T element = get(i);
            if (dropped.test(element)) {
                left = left == null ? new Elements<>(Arrays.copyOf(items, size), i, i) : left;
            } else if (left != null) {
                left.append(element);
                left.shared = left.size;
            }
        }
        if (left == null) {
            return this;
        }
        return left.size == 0 ? null : left;
    }

    boolean hasShared() {
        return shared > 0;
    }

    /** Replaces elements that a snapshot may have by copies; tells whether there were any. */
    boolean copyShared(Serializer<T> serializer) {
        boolean copied = false;
        for (int i = 0; i < shared; i++) {
            T element = get(i);
            T own = serializer.copy(element);
            if (own != element) {
                if (!copied) {
                    items = items.clone();
                    copied = true;
                }
                items[i] = own;
            }
        }
        shared = 0;
        return copied;
    }

    @Override
    public Iterator<T> iterator() {
        return new Iterator<>() {
            private final int end = size;
            private int next;

            @Override
            public boolean hasNext() {
                return next < end;
            }

            @Override
            public T next() {
                if (next >= end) {
                    throw new NoSuchElementException();
                }
                return get(next++);
            }
        };
    }

    @Override
    public String toString() {
        return Arrays.toString(Arrays.copyOf(items, size));
    }
}
