package io.holdfast.backend.rocksdb.keyed;

import io.holdfast.api.serialization.Compatibility;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.SerializerSnapshot;
import io.holdfast.toolkit.canonical.StateSchema;
import io.holdfast.toolkit.expiring.Takeover;
import java.util.Optional;

/**
 * A state as the job asks for it.
 *
 * @param name its name
 * @param kind what it is
 * @param namespace serializer of the namespaces
 * @param value serializer of values, elements, map values or accumulators; empty for timers
 * @param mapKey serializer of the map keys; empty unless a map
 * @param <N> type of the namespaces
 * @param <V> type of values, elements, map values or accumulators
 * @param <U> type of the map keys
 */
record Wanted<N, V, U>(
        String name,
        StateSchema.Kind kind,
        Serializer<N> namespace,
        Optional<Serializer<V>> value,
        Optional<Serializer<U>> mapKey) {

    /** As it is described in snapshots. */
    StateSchema schema() {
        return new StateSchema(
                name,
                kind,
                namespace.snapshot(),
                value.map(Serializer::snapshot),
                mapKey.map(Serializer::snapshot));
    }

    /**
     * How what is stored becomes what is wanted.
     *
     * @param use the state with the serializers to use from now on
     * @param value reads the stored values; empty for timers
     * @param mapKey reads the stored map keys; empty unless a map
     * @param rewrite whether the stored bytes must be written anew
     */
    record Fit<N, V, U>(
            Wanted<N, V, U> use,
            Optional<Serializer<V>> value,
            Optional<Serializer<U>> mapKey,
            boolean rewrite) {}

    /**
     * Compares with what is stored.
     *
     * @param owner job, operator and subtask, for messages
     * @param stored describes a restored state of the same name
     * @return how they come together
     * @throws io.holdfast.api.error.HoldfastException STATE-3007 if they cannot
     */
    Fit<N, V, U> fit(String owner, StateSchema stored) {
        if (stored.kind() != kind) {
            throw refused(owner, stored, "");
        }
        Part<N> namespacePart = part(owner, stored, namespace, stored.namespace());
        if (namespacePart.rewrite) {
            throw refused(owner, stored, "namespaces are parts of keys and cannot be migrated");
        }
        Optional<Part<V>> valuePart =
                value.map(asked -> part(owner, stored, asked, stored.value()));
        Optional<Part<U>> mapKeyPart =
                mapKey.map(asked -> part(owner, stored, asked, stored.mapKey()));
        Wanted<N, V, U> use =
                new Wanted<>(
                        name,
                        kind,
                        namespacePart.use,
                        valuePart.map(Part::use),
                        mapKeyPart.map(Part::use));
        return new Fit<>(
                use,
                valuePart.map(Part::reader),
                mapKeyPart.map(Part::reader),
                valuePart.filter(Part::rewrite).isPresent()
                        || mapKeyPart.filter(Part::rewrite).isPresent());
    }

    /** The verdict on one serializer: which to use, which reads what is stored. */
    private record Part<T>(Serializer<T> use, Serializer<T> reader, boolean rewrite) {}

    private <T> Part<T> part(
            String owner,
            StateSchema stored,
            Serializer<T> asked,
            Optional<SerializerSnapshot> written) {
        return part(
                owner,
                stored,
                asked,
                written.orElseThrow(() -> refused(owner, stored, "its description is incomplete")));
    }

    private <T> Part<T> part(
            String owner, StateSchema stored, Serializer<T> asked, SerializerSnapshot written) {
        Compatibility<T> verdict = Takeover.verdict(asked, written);
        if (verdict instanceof Compatibility.Incompatible<T> incompatible) {
            throw refused(owner, stored, incompatible.reason());
        }
        if (verdict instanceof Compatibility.AfterMigration<T> migration) {
            return new Part<>(asked, migration.reader(), true);
        }
        if (verdict instanceof Compatibility.Reconfigured<T> reconfigured) {
            return new Part<>(reconfigured.serializer(), reconfigured.serializer(), false);
        }
        return new Part<>(asked, asked, false);
    }

    private RuntimeException refused(String owner, StateSchema stored, String reason) {
        return Refusals.mismatch(
                owner, "State '" + name + "'", described(stored), described(schema()), reason);
    }

    /** A schema in the words of messages. */
    static String described(StateSchema schema) {
        StringBuilder text = new StringBuilder(schema.kind().name());
        schema.mapKey().ifPresent(mapKey -> text.append(" from ").append(mapKey));
        schema.value().ifPresent(value -> text.append(" of ").append(value));
        return text.append(", namespace ").append(schema.namespace()).toString();
    }
}
