package io.holdfast.runtime.operator;

import io.holdfast.spi.state.KeyedStateBackend;

/**
 * An operator whose state and timers belong to keys. It is always the first of its chain.
 *
 * @param <K> type of the keys
 * @param <O> type of the records it emits
 */
public abstract class KeyedOperator<K, O> extends Operator<O> {
    private KeyedStateBackend<K> backend;

    /** For subclasses. */
    protected KeyedOperator() {}

    /**
     * The keyed state.
     *
     * @return the backend, from {@link #initialize()} on
     */
    protected final KeyedStateBackend<K> backend() {
        return backend;
    }

    @Override
    @SuppressWarnings("unchecked")
    public void initialize() throws Exception {
        backend = (KeyedStateBackend<K>) context().keyedBackend().orElseThrow();
    }

    /**
     * Chooses the key of the next record.
     *
     * @param key the key
     * @param keyGroup its group
     */
    @SuppressWarnings("unchecked")
    public final void setCurrentKey(Object key, int keyGroup) {
        backend.setCurrentKey((K) key, keyGroup);
    }

    /**
     * Fires timers of processing time.
     *
     * @param now the clock, in milliseconds
     * @throws Exception if a timer's function fails
     */
    public void advanceProcessingTime(long now) throws Exception {}

    /**
     * When {@link #advanceProcessingTime} has something to do.
     *
     * @return processing time in milliseconds, {@link Long#MAX_VALUE} for never
     */
    public long nextProcessingTime() {
        return Long.MAX_VALUE;
    }
}
