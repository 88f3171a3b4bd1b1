package io.holdfast.toolkit.expiring;

import io.holdfast.api.serialization.Compatibility;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.SerializerSnapshot;
import java.util.Optional;
import java.util.function.Function;

/**
 * Whether a state takes over the values that were stored under its name, whatever either side has
 * of times to live. For backends, in the place of {@link Serializer#compatibilityWith}.
 */
public final class Takeover {

    private Takeover() {}

    /**
     * The verdict on the values of a state. What was stored with times loses them, after migration,
     * if the state has no time to live any more; the other direction is known to the serializers of
     * such states themselves.
     *
     * @param wanted serializer that the state was asked for with
     * @param written describes who wrote the stored values
     * @param <T> type of the values
     * @return the verdict
     */
    public static <T> Compatibility<T> verdict(Serializer<T> wanted, SerializerSnapshot written) {
        Optional<TimedSerializer.Written> timed = TimedSerializer.Written.of(written);
        if (timed.isEmpty() || wanted instanceof TimedSerializer<?>) {
            return wanted.compatibilityWith(written);
        }
        return migrated(
                wanted,
                wanted.compatibilityWith(timed.get().value()),
                reader -> new Stripping<>(reader, timed.get().mayBeNull()));
    }

    /**
     * What stands for a null that is stored as the value of a map's entry.
     *
     * @param reader reads the stored values, as the verdict says
     * @param <T> type of the values
     * @return null, or what takes its place from now on
     */
    @SuppressWarnings("unchecked") // the reader says what it reads
    public static <T> T ofNull(Serializer<T> reader) {
        return reader instanceof Stamping<?> stamping ? (T) stamping.ofNull() : null;
    }

    /** A verdict for values that are read by what a verdict on something else says. */
    static <P, T> Compatibility<T> migrated(
            Serializer<P> wanted,
            Compatibility<P> verdict,
            Function<Serializer<P>, Serializer<T>> reader) {
        if (verdict instanceof Compatibility.Incompatible<P> incompatible) {
            return Compatibility.incompatible(incompatible.reason());
        }
        Serializer<P> stored = wanted;
        if (verdict instanceof Compatibility.AfterMigration<P> migration) {
            stored = migration.reader();
        } else if (verdict instanceof Compatibility.Reconfigured<P> reconfigured) {
            stored = reconfigured.serializer();
        }
        return Compatibility.afterMigration(reader.apply(stored));
    }
}
