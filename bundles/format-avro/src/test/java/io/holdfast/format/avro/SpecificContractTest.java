package io.holdfast.format.avro;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.testkit.serialization.SerializerContract;
import java.util.List;

/** Serializers of generated classes, found by the class alone. */
class SpecificContractTest extends SerializerContract<Order> {
    @Override
    protected Serializer<Order> serializer() {
        return Serializers.forClass(Order.class);
    }

    @Override
    protected List<Order> values() {
        return List.of(
                new Order(1, "a", 0.5, List.of()), new Order(2, "ü€", -1, List.of("x", "y")));
    }
}
