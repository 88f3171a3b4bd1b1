package io.holdfast.toolkit.ordered;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.spi.state.Expiry;
import io.holdfast.toolkit.canonical.Remainder;
import io.holdfast.toolkit.canonical.StateSchema;

/** One state of a backend: the number that its entries have in the store, and what they are. */
final class Slot {
    final int number;

    /** What the entries are; stands in snapshots. */
    final StateSchema schema;

    /** What was asked for; null for what was restored and nobody asked for yet. */
    final Asked asked;

    /** The state that was handed out; null before. */
    Object state;

    /** Tells which values may be dropped; null for none. */
    Expiry<Object> expiry;

    /** Where sweeping goes on; null for the beginning. */
    byte[] sweptTo;

    Slot(int number, StateSchema schema, Asked asked) {
        this.number = number;
        this.schema = schema;
        this.asked = asked;
    }

    /** What is left of the values as of now. For one thread, which may be another one. */
    @SuppressWarnings("unchecked") // the engine knows what the state's values are
    Remainder<Object> remainder() {
        return new Remainder<>(
                schema.kind(), ((Serializer<Object>) asked.value()).duplicate(), expiry.now());
    }

    /**
     * What was asked for.
     *
     * @param schema as the descriptor says
     * @param value serializer of the values, or null for timers
     * @param namespace serializer of the namespaces
     * @param mapKey serializer of the map keys, or null
     */
    record Asked(
            StateSchema schema,
            Serializer<?> value,
            Serializer<?> namespace,
            Serializer<?> mapKey) {

        /** The same with other serializers of the values and the map keys. */
        Asked writtenBy(Serializer<?> values, Serializer<?> mapKeys) {
            return new Asked(schema, values, namespace, mapKeys);
        }
    }
}
