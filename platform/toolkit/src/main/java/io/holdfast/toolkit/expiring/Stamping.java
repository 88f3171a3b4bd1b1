package io.holdfast.toolkit.expiring;

import io.holdfast.api.serialization.Serializer;
import java.io.DataInput;
import java.io.IOException;
import java.util.function.LongSupplier;

/**
 * Reads values that were stored without times.
 *
 * @param value reads the values
 * @param clock gives each the time at which it is read
 */
record Stamping<T>(Serializer<T> value, LongSupplier clock) implements Reader<Timed<T>> {

    @Override
    public Timed<T> read(DataInput in) throws IOException {
        return new Timed<>(clock.getAsLong(), value.read(in));
    }

    Timed<T> ofNull() {
        return new Timed<>(clock.getAsLong(), null);
    }

    @Override
    public Serializer<Timed<T>> duplicate() {
        return new Stamping<>(value.duplicate(), clock);
    }
}
