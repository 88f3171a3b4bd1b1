package io.holdfast.backend.rocksdb.keyed;

import io.holdfast.backend.rocksdb.store.Store;
import io.holdfast.toolkit.io.BytesInput;
import io.holdfast.toolkit.io.BytesOutput;

/**
 * What the states of one backend share, since only one of them is used at a time.
 *
 * @param <K> type of the keys
 */
final class Tools<K> {
    private static final int VALUE_BYTES = 1 << 10;
    private static final int KEPT_VALUE_BYTES = 1 << 20;

    private final String owner;
    private final Store store;
    private final CurrentKey<K> keys;
    private final Limits limits;
    private final BytesInput in = new BytesInput();
    private BytesOutput out = new BytesOutput(VALUE_BYTES);

    Tools(String owner, Store store, CurrentKey<K> keys, Limits limits) {
        this.owner = owner;
        this.store = store;
        this.keys = keys;
        this.limits = limits;
    }

    /** Job, operator and subtask, for messages. */
    String owner() {
        return owner;
    }

    Store store() {
        return store;
    }

    CurrentKey<K> keys() {
        return keys;
    }

    Limits limits() {
        return limits;
    }

    /** Reads values. */
    BytesInput in() {
        return in;
    }

    /** Takes values that are to be written; empty. */
    BytesOutput emptyOut() {
        if (out.array().length > KEPT_VALUE_BYTES) {
            out = new BytesOutput(VALUE_BYTES);
        }
        out.reset();
        return out;
    }
}
