package io.holdfast.spi.state;

import java.io.DataInput;
import java.io.IOException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Tells which of the values that a state has stored may be dropped, because nobody will read them
 * any more. Implemented by the engine; {@link #now()} is called by the thread that uses the
 * backend.
 *
 * @param <T> type of the values: what the serializer of the state's descriptor reads and writes,
 *     that is values, elements of lists, values of maps, combinations or accumulators
 */
@ProviderType
public interface Expiry<T> {

    /**
     * Fixes the present moment.
     *
     * @return what may be dropped as of now, and later too
     */
    Cut<T> now();

    /**
     * Tells whether snapshots that write every entry should leave out what may be dropped at the
     * moment that fixes their content.
     *
     * @return true if so; a snapshot that does not is right, too, but larger
     */
    boolean leftOutOfSnapshots();

    /**
     * What may be dropped as of one moment. Immutable: for any thread.
     *
     * @param <T> type of the values
     */
    @ProviderType
    interface Cut<T> {

        /**
         * Tells whether a value may be dropped.
         *
         * @param value the value, not null
         * @return true if so
         */
        boolean drops(T value);

        /**
         * Tells the same of a value that the state's serializer wrote. Reads no more of it than
         * needed.
         *
         * @param stored positioned at the value's first byte; afterwards anywhere within it
         * @return true if it may be dropped
         * @throws IOException if {@code stored} fails or ends early
         */
        boolean dropsStored(DataInput stored) throws IOException;
    }
}
