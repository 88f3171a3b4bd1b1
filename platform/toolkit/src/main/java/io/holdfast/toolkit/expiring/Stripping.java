package io.holdfast.toolkit.expiring;

import io.holdfast.api.serialization.Serializer;
import java.io.DataInput;
import java.io.IOException;

/**
 * Reads values that were stored with times, for a state whose values live for ever.
 *
 * @param value reads the values
 * @param mayBeNull whether values may be null
 */
record Stripping<T>(Serializer<T> value, boolean mayBeNull) implements Reader<T> {

    @Override
    public T read(DataInput in) throws IOException {
        in.readLong();
        return mayBeNull && in.readBoolean() ? null : value.read(in);
    }

    @Override
    public Serializer<T> duplicate() {
        return new Stripping<>(value.duplicate(), mayBeNull);
    }
}
