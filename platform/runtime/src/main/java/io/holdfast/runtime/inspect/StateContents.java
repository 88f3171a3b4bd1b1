package io.holdfast.runtime.inspect;

import io.holdfast.api.serialization.SerializerSnapshot;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One state in a checkpoint, over all subtasks that wrote it in the same way.
 *
 * @param name its name
 * @param kind what it is: {@code value}, {@code list}, {@code map}, {@code reducing}, {@code
 *     aggregating} or {@code timers}; without keys {@code split list}, {@code union list} or {@code
 *     broadcast map}
 * @param key serializer of the keys; empty for a state without keys
 * @param namespace serializer of the namespaces; empty for a state without keys
 * @param mapKey serializer of the map keys; empty unless a map
 * @param value serializer of values, elements, map values or accumulators; empty for timers
 * @param entries number of entries, for a map those of all keys; empty if they were not counted
 */
public record StateContents(
        String name,
        String kind,
        Optional<SerializerSnapshot> key,
        Optional<SerializerSnapshot> namespace,
        Optional<SerializerSnapshot> mapKey,
        Optional<SerializerSnapshot> value,
        OptionalLong entries) {
    /** Refuses null. */
    public StateContents {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(mapKey, "mapKey");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(entries, "entries");
    }
}
