package io.holdfast.toolkit.canonical;

import io.holdfast.api.serialization.SerializerSnapshot;
import io.holdfast.api.state.StateKind;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;

/**
 * Describes one state of a snapshot.
 *
 * @param name its name
 * @param kind what it is
 * @param namespace serializer of the namespaces
 * @param value serializer of values, elements, map values or accumulators; empty for timers
 * @param mapKey serializer of the map keys; empty unless a map
 */
public record StateSchema(
        String name,
        Kind kind,
        SerializerSnapshot namespace,
        Optional<SerializerSnapshot> value,
        Optional<SerializerSnapshot> mapKey) {

    /** What a state is. The names are stored. */
    public enum Kind {
        /** One value. */
        VALUE,
        /** A list. */
        LIST,
        /** A map. */
        MAP,
        /** One value, combined from those added. */
        REDUCING,
        /** An accumulator. */
        AGGREGATING,
        /** Timers. */
        TIMERS;

        /**
         * The kind of a state that jobs can ask for.
         *
         * @param kind as its descriptor says
         * @return the same here
         */
        public static Kind of(StateKind kind) {
            return valueOf(kind.name());
        }
    }

    /** Refuses null. */
    public StateSchema {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(mapKey, "mapKey");
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeUTF(name);
        out.writeUTF(kind.name());
        namespace.writeTo(out);
        writeOptional(value, out);
        writeOptional(mapKey, out);
    }

    private static void writeOptional(Optional<SerializerSnapshot> snapshot, DataOutput out)
            throws IOException {
        out.writeBoolean(snapshot.isPresent());
        if (snapshot.isPresent()) {
            snapshot.get().writeTo(out);
        }
    }

    static StateSchema readFrom(DataInput in) throws IOException {
        String name = in.readUTF();
        String kind = in.readUTF();
        for (Kind known : Kind.values()) {
            if (known.name().equals(kind)) {
                return new StateSchema(
                        name,
                        known,
                        SerializerSnapshot.readFrom(in),
                        readOptional(in),
                        readOptional(in));
            }
        }
        throw new IOException("state '" + name + "' is of unknown kind " + kind);
    }

    private static Optional<SerializerSnapshot> readOptional(DataInput in) throws IOException {
        return in.readBoolean() ? Optional.of(SerializerSnapshot.readFrom(in)) : Optional.empty();
    }
}
