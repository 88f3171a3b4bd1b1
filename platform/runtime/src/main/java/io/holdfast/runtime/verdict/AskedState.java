package io.holdfast.runtime.verdict;

import io.holdfast.api.serialization.Compatibility;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.SerializerSnapshot;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.runtime.verdict.StateVerdict.Verdict;
import io.holdfast.spi.state.KeyedStates;
import io.holdfast.toolkit.canonical.StateSchema;
import io.holdfast.toolkit.canonical.StateSchema.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A keyed state that an operator asked for.
 *
 * @param name its name
 * @param kind what it is
 * @param namespace serializer of the namespaces
 * @param value serializer of the values; empty for timers
 * @param mapKey serializer of the map keys; empty unless a map
 * @param again asks another backend for the same
 */
record AskedState(
        String name,
        Kind kind,
        Serializer<?> namespace,
        Optional<Serializer<?>> value,
        Optional<Serializer<?>> mapKey,
        Consumer<KeyedStates<?>> again) {

    /** What a backend that accepts it does with what is stored: the most that one part needs. */
    Verdict accepted(StateSchema stored) {
        Verdict most = verdict(namespace, Optional.of(stored.namespace()));
        for (Verdict each :
                List.of(
                        value.map(own -> verdict(own, stored.value())).orElse(Verdict.AS_IS),
                        mapKey.map(own -> verdict(own, stored.mapKey())).orElse(Verdict.AS_IS))) {
            boolean more =
                    each == Verdict.AFTER_MIGRATION
                            || each == Verdict.RECONFIGURED && most == Verdict.AS_IS;
            most = more ? each : most;
        }
        return most;
    }

    private static Verdict verdict(Serializer<?> own, Optional<SerializerSnapshot> stored) {
        if (stored.isEmpty()) {
            return Verdict.AS_IS;
        }
        Compatibility<?> verdict = own.compatibilityWith(stored.get());
        if (verdict instanceof Compatibility.AfterMigration) {
            return Verdict.AFTER_MIGRATION;
        }
        return verdict instanceof Compatibility.Reconfigured ? Verdict.RECONFIGURED : Verdict.AS_IS;
    }

    /** Where what is stored and what is asked for differ, in words. */
    String differences(StateSchema stored) {
        List<String> all = new ArrayList<>();
        if (stored.kind() != kind) {
            all.add("a %s becomes a %s".formatted(word(stored.kind()), word(kind)));
        }
        add(all, "namespace", Optional.of(stored.namespace()), Optional.of(namespace));
        add(all, "map key", stored.mapKey(), mapKey);
        add(all, "", stored.value(), value);
        return String.join("; ", all);
    }

    private static void add(
            List<String> all,
            String part,
            Optional<SerializerSnapshot> stored,
            Optional<Serializer<?>> own) {
        if (stored.isPresent() && own.isPresent()) {
            Serializers.differences(stored.get(), own.get().snapshot())
                    .forEach(each -> all.add(part.isEmpty() ? each : part + ": " + each));
        }
    }

    static String word(Kind kind) {
        return kind.name().toLowerCase(java.util.Locale.ROOT);
    }
}
