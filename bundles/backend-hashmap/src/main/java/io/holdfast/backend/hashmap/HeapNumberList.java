package io.holdfast.backend.hashmap;

import io.holdfast.backend.hashmap.table.Bits;
import io.holdfast.backend.hashmap.table.Epochs;
import io.holdfast.spi.state.Namespaced;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * A list state whose elements are numbers. While a snapshot is held, the first change of a list
 * copies it.
 */
final class HeapNumberList<K, N, T> extends TableState<K, N, long[]>
        implements Namespaced.ListOf<N, T> {
    private static final int SMALLEST = 3;

    private final Bits<T> bits;

    HeapNumberList(Parts<K, N, long[]> parts, Bits<T> bits) {
        super(parts);
        this.bits = bits;
    }

    @Override
    public Iterable<T> get() {
        long[] list = content();
        return list == null ? List.of() : new Present(list, NumberList.size(list));
    }

    /** The elements as they are: there are only ever more behind them. */
    private final class Present implements Iterable<T> {
        private final long[] list;
        private final int size;

        Present(long[] list, int size) {
            this.list = list;
            this.size = size;
        }

        @Override
        public Iterator<T> iterator() {
            return new Iterator<>() {
                private int next;

                @Override
                public boolean hasNext() {
                    return next < size;
                }

                @Override
                public T next() {
                    if (next >= size) {
                        throw new NoSuchElementException();
                    }
                    return bits.value(NumberList.get(list, next++));
                }
            };
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder("[");
            for (T element : this) {
                text.append(text.length() == 1 ? "" : ", ").append(element);
            }
            return text.append(']').toString();
        }
    }

    @Override
    public void add(T value) {
        append(number(value));
    }

    private long number(T value) {
        if (value == null) {
            throw Refusals.nullElement(owner(), name());
        }
        return bits.of(value);
    }

    private void append(long number) {
        long[] list = content();
        if (list != null && epochs().newestHeld() == Epochs.NONE) {
            long[] after = NumberList.append(list, number);
            if (after == list) {
                changed();
            } else {
                put(after);
            }
        } else {
            put(NumberList.append(changeable(list, 1), number));
        }
    }

    /** A list to change and store, in place of the one found last, or of none. */
    private long[] changeable(long[] list, int more) {
        if (list == null) {
            return NumberList.empty(Math.max(SMALLEST, more));
        }
        return isShared() ? NumberList.withRoom(list.clone(), more) : list;
    }

    @Override
    public void addAll(List<T> values) {
        if (!values.isEmpty()) {
            values.forEach(this::number);
            put(withAll(changeable(content(), values.size()), values));
        }
    }

    private long[] withAll(long[] list, List<T> values) {
        long[] all = NumberList.withRoom(list, values.size());
        for (T value : values) {
            all = NumberList.append(all, number(value));
        }
        return all;
    }

    @Override
    public void update(List<T> values) {
        if (values.isEmpty()) {
            clear();
        } else {
            put(withAll(NumberList.empty(values.size()), values));
        }
    }

    @Override
    public void mergeNamespaces(N target, Collection<N> sources) {
        for (N source : sources) {
            setCurrentNamespace(source);
            long[] list = content();
            if (list != null) {
                clear();
                setCurrentNamespace(target);
                long[] before = content();
                put(NumberList.appendAll(changeable(before, NumberList.size(list)), list));
            }
        }
    }
}
