package io.holdfast.spi.state;

import java.util.Iterator;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * An iterator that holds resources until it is closed, even if it is left half-way.
 *
 * @param <T> type of the elements
 */
@ConsumerType
public interface CloseableIterator<T> extends Iterator<T>, AutoCloseable {

    /** Releases the resources. Idempotent. */
    @Override
    void close();

    /**
     * An iterator that holds nothing.
     *
     * @param plain gives the elements
     * @param <T> type of the elements
     * @return an iterator whose {@link #close()} does nothing
     */
    static <T> CloseableIterator<T> over(Iterator<T> plain) {
        return new CloseableIterator<>() {
            @Override
            public boolean hasNext() {
                return plain.hasNext();
            }

            @Override
            public T next() {
                return plain.next();
            }

            @Override
            public void remove() {
                plain.remove();
            }

            @Override
            public void close() {}
        };
    }
}
