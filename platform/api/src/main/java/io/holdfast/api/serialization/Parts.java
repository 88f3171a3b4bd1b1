package io.holdfast.api.serialization;

import java.util.function.BiFunction;
import java.util.function.Function;

/** Makes the verdict on a composed type from the verdicts on its parts. */
final class Parts {

    private Parts() {}

    /**
     * For a type with one part, described by a name of its own and the part.
     *
     * @param whole the serializer that is asked
     * @param part its part
     * @param written what was stored
     * @param compose makes a serializer of the whole with another part
     */
    static <P, T> Compatibility<T> ofElements(
            Serializer<T> whole,
            Serializer<P> part,
            SerializerSnapshot written,
            Function<Serializer<P>, Serializer<T>> compose) {
        SerializerSnapshot own = whole.snapshot();
        if (!own.name().equals(written.name())
                || own.version() != written.version()
                || written.nested().size() != 1) {
            return mismatch(own, written);
        }
        return lift(part.compatibilityWith(written.nested().get(0)), compose);
    }

    /** The verdict on another type. */
    static <T> Compatibility<T> mismatch(SerializerSnapshot own, SerializerSnapshot written) {
        return Compatibility.incompatible(
                "stored as "
                        + written
                        + ", the job uses "
                        + own
                        + "; give what has the new type a new name");
    }

    static <P, T> Compatibility<T> lift(
            Compatibility<P> part, Function<Serializer<P>, Serializer<T>> compose) {
        if (part instanceof Compatibility.AfterMigration<P> migration) {
            return Compatibility.afterMigration(compose.apply(migration.reader()));
        }
        if (part instanceof Compatibility.Reconfigured<P> reconfigured) {
            return Compatibility.reconfigured(compose.apply(reconfigured.serializer()));
        }
        if (part instanceof Compatibility.Incompatible<P> incompatible) {
            return Compatibility.incompatible(incompatible.reason());
        }
        return Compatibility.asIs();
    }

    /**
     * For two parts. If either needs migration the whole is migrated, and its reader takes, for the
     * other part, the serializer that reads what was stored.
     */
    static <A, B, T> Compatibility<T> lift(
            Serializer<A> first,
            Compatibility<A> firstVerdict,
            Serializer<B> second,
            Compatibility<B> secondVerdict,
            BiFunction<Serializer<A>, Serializer<B>, Serializer<T>> compose) {
        if (firstVerdict instanceof Compatibility.Incompatible<A> incompatible) {
            return Compatibility.incompatible(incompatible.reason());
        }
        if (secondVerdict instanceof Compatibility.Incompatible<B> incompatible) {
            return Compatibility.incompatible(incompatible.reason());
        }
        Serializer<T> reader =
                compose.apply(reader(first, firstVerdict), reader(second, secondVerdict));
        if (firstVerdict instanceof Compatibility.AfterMigration
                || secondVerdict instanceof Compatibility.AfterMigration) {
            return Compatibility.afterMigration(reader);
        }
        if (firstVerdict instanceof Compatibility.Reconfigured
                || secondVerdict instanceof Compatibility.Reconfigured) {
            return Compatibility.reconfigured(reader);
        }
        return Compatibility.asIs();
    }

    /** What reads the stored bytes of a part that is not incompatible. */
    static <P> Serializer<P> reader(Serializer<P> current, Compatibility<P> verdict) {
        if (verdict instanceof Compatibility.AfterMigration<P> migration) {
            return migration.reader();
        }
        if (verdict instanceof Compatibility.Reconfigured<P> reconfigured) {
            return reconfigured.serializer();
        }
        return current;
    }
}
