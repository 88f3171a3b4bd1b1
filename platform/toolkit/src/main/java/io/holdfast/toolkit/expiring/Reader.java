package io.holdfast.toolkit.expiring;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.SerializerSnapshot;
import java.io.DataOutput;

/** Reads what was stored, once, to be written by another serializer. */
interface Reader<T> extends Serializer<T> {

    @Override
    default void write(T value, DataOutput out) {
        throw new UnsupportedOperationException("a reader of stored values does not write");
    }

    @Override
    default T copy(T value) {
        throw new UnsupportedOperationException("a reader of stored values does not copy");
    }

    @Override
    default int fixedLength() {
        return VARIABLE_LENGTH;
    }

    @Override
    default SerializerSnapshot snapshot() {
        throw new UnsupportedOperationException("a reader of stored values does not write");
    }
}
