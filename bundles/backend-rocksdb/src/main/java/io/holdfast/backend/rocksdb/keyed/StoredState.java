package io.holdfast.backend.rocksdb.keyed;

import io.holdfast.backend.rocksdb.store.Column;
import io.holdfast.toolkit.canonical.StateSchema;

/**
 * The entries of a state and what they are.
 *
 * @param schema describes keys and values
 * @param column holds the entries
 */
record StoredState(StateSchema schema, Column column) {}
