package io.holdfast.toolkit.expiring;

import io.holdfast.api.serialization.Compatibility;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.SerializerSnapshot;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Writes values with their times: i64 time, u8 1 if the value is null (only where it may be), the
 * value unless null. Takes over what was written without times: it counts as stored when it is
 * read.
 *
 * @param value serializer of the values
 * @param mayBeNull whether values may be null
 * @param clock tells the time for values that have none
 * @param <T> type of the values
 */
record TimedSerializer<T>(Serializer<T> value, boolean mayBeNull, LongSupplier clock)
        implements Serializer<Timed<T>> {
    private static final String NAME = "timed";
    private static final String NAME_WITH_NULL = "timed-or-null";

    /** What a description says of values with times. */
    record Written(SerializerSnapshot value, boolean mayBeNull) {

        /** Reads a description; empty if it is not one of values with times. */
        static Optional<Written> of(SerializerSnapshot written) {
            boolean mayBeNull = written.name().equals(NAME_WITH_NULL);
            return (mayBeNull || written.name().equals(NAME)) && written.nested().size() == 1
                    ? Optional.of(new Written(written.nested().get(0), mayBeNull))
                    : Optional.empty();
        }
    }

    @Override
    public void write(Timed<T> timed, DataOutput out) throws IOException {
        out.writeLong(timed.time());
        if (mayBeNull) {
            out.writeBoolean(timed.value() == null);
        }
        if (!mayBeNull || timed.value() != null) {
            value.write(timed.value(), out);
        }
    }

    @Override
    public Timed<T> read(DataInput in) throws IOException {
        long time = in.readLong();
        return new Timed<>(time, mayBeNull && in.readBoolean() ? null : value.read(in));
    }

    @Override
    public Timed<T> copy(Timed<T> timed) {
        if (timed.value() == null) {
            return timed;
        }
        T own = value.copy(timed.value());
        return own == timed.value() ? timed : new Timed<>(timed.time(), own);
    }

    @Override
    public int fixedLength() {
        int length = value.fixedLength();
        return mayBeNull || length == VARIABLE_LENGTH ? VARIABLE_LENGTH : Long.BYTES + length;
    }

    @Override
    public Serializer<Timed<T>> duplicate() {
        Serializer<T> own = value.duplicate();
        return own == value ? this : new TimedSerializer<>(own, mayBeNull, clock);
    }

    @Override
    public SerializerSnapshot snapshot() {
        return SerializerSnapshot.of(mayBeNull ? NAME_WITH_NULL : NAME, value.snapshot());
    }

    @Override
    public Compatibility<Timed<T>> compatibilityWith(SerializerSnapshot written) {
        Optional<Written> timed = Written.of(written);
        if (timed.isEmpty()) {
            return Takeover.migrated(
                    value,
                    value.compatibilityWith(written),
                    reader -> new Stamping<>(reader, clock));
        }
        if (timed.get().mayBeNull() != mayBeNull) {
            return Serializer.super.compatibilityWith(written);
        }
        Compatibility<T> verdict = value.compatibilityWith(timed.get().value());
        if (verdict instanceof Compatibility.AfterMigration<T> migration) {
            return Compatibility.afterMigration(with(migration.reader()));
        }
        if (verdict instanceof Compatibility.Reconfigured<T> reconfigured) {
            return Compatibility.reconfigured(with(reconfigured.serializer()));
        }
        if (verdict instanceof Compatibility.Incompatible<T> incompatible) {
            return Compatibility.incompatible(incompatible.reason());
        }
        return Compatibility.asIs();
    }

    private TimedSerializer<T> with(Serializer<T> other) {
        return new TimedSerializer<>(other, mayBeNull, clock);
    }
}
