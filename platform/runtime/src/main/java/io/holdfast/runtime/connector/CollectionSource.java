package io.holdfast.runtime.connector;

import java.util.Iterator;
import java.util.List;

/**
 * The elements of a list, in order, as one split whose position is an index.
 *
 * @param <T> type of the elements
 */
public final class CollectionSource<T> implements ImmediateSource<T> {
    private final List<T> elements;

    /**
     * Reads a list.
     *
     * @param elements no nulls; copied
     */
    public CollectionSource(List<T> elements) {
        this.elements = List.copyOf(elements);
    }

    @Override
    public List<Split> splits() {
        return List.of(new Split("all", 0));
    }

    @Override
    public SplitReader<T> open(Split split) {
        int begin = (int) Math.min(split.position(), elements.size());
        Iterator<T> rest = elements.listIterator(begin);
        return new SplitReader<>() {
            private long position = begin;

            @Override
            public T next() {
                if (!rest.hasNext()) {
                    return null;
                }
                position++;
                return rest.next();
            }

            @Override
            public long position() {
                return position;
            }

            @Override
            public void close() {}
        };
    }
}
