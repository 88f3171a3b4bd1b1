package io.holdfast.backend.hashmap;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.serialization.Compatibility;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.SerializerSnapshot;
import io.holdfast.toolkit.expiring.Takeover;
import java.util.function.Function;

/**
 * One of the job's serializers, asked whether it takes over what was stored. What was stored may
 * come in several descriptions, if a state was asked for in one subtask and not in another; so each
 * has its reader, and the serializer that the last verdict left is used from then on.
 *
 * @param <T> type of the values
 */
final class Evolution<T> {
    private final String part;
    private final boolean mayMigrate;
    private Serializer<T> serializer;

    /**
     * Nothing is restored yet.
     *
     * @param part names what is serialized, such as {@code value}
     * @param serializer the job's serializer
     * @param mayMigrate whether stored bytes may differ from those written from now on; not so for
     *     keys and namespaces, whose bytes are the identity of an entry
     */
    Evolution(String part, Serializer<T> serializer, boolean mayMigrate) {
        this.part = part;
        this.serializer = serializer;
        this.mayMigrate = mayMigrate;
    }

    /** The serializer to use from now on. */
    Serializer<T> serializer() {
        return serializer;
    }

    /**
     * Who reads what was stored.
     *
     * @param written describes who wrote it
     * @param refusal makes the failure for a reason, if nobody can read it
     */
    Serializer<T> reader(SerializerSnapshot written, Function<String, HoldfastException> refusal) {
        Compatibility<T> verdict = Takeover.verdict(serializer, written);
        if (verdict instanceof Compatibility.AsIs<T>) {
            return serializer;
        }
        if (verdict instanceof Compatibility.Reconfigured<T> reconfigured) {
            serializer = reconfigured.serializer();
            return serializer;
        }
        if (verdict instanceof Compatibility.AfterMigration<T> migration) {
            if (mayMigrate) {
                return migration.reader();
            }
            throw refusal.apply(
                    "%s: stored as %s, the job's %s would have to rewrite it, but its bytes must stay"
                            .formatted(part, written, serializer.snapshot()));
        }
        throw refusal.apply(part + ": " + ((Compatibility.Incompatible<T>) verdict).reason());
    }
}
