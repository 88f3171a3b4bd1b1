package io.holdfast.format.protobuf;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.testkit.serialization.SerializerContract;
import java.util.List;

/** Serializers of generated classes, found by the class alone. */
class GeneratedContractTest extends SerializerContract<Struct> {
    @Override
    protected Serializer<Struct> serializer() {
        return Serializers.forClass(Struct.class);
    }

    @Override
    protected List<Struct> values() {
        Value number = Value.newBuilder().setNumberValue(1).build();
        Value text = Value.newBuilder().setStringValue("ü€").build();
        return List.of(
                Struct.newBuilder().putFields("a", number).build(),
                Struct.newBuilder().putFields("a", text).putFields("b", number).build(),
                Struct.getDefaultInstance());
    }
}
