package io.holdfast.api.serialization;

import java.io.DataOutput;

/**
 * Reads what an earlier serializer wrote as values of the present one. It does not write.
 *
 * @param <T> type of the values
 */
abstract class StoredReader<T> implements Serializer<T> {
    private final SerializerSnapshot written;
    private final Serializer<T> present;

    StoredReader(SerializerSnapshot written, Serializer<T> present) {
        this.written = written;
        this.present = present;
    }

    @Override
    public final void write(T value, DataOutput out) {
        throw new UnsupportedOperationException(
                "reads what was stored as " + written + ", does not write it");
    }

    @Override
    public final T copy(T value) {
        return present.copy(value);
    }

    @Override
    public final int fixedLength() {
        return VARIABLE_LENGTH;
    }

    @Override
    public final SerializerSnapshot snapshot() {
        return written;
    }
}
