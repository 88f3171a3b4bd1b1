package io.holdfast.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.testkit.serialization.SerializerContract;
import java.util.List;

/** Serializers of messages that are known by their description alone. */
class DynamicContractTest extends SerializerContract<DynamicMessage> {
    private static final Descriptor ORDER = Types.present();

    @Override
    protected Serializer<DynamicMessage> serializer() {
        return ProtobufSerializers.dynamic(ORDER);
    }

    @Override
    protected List<DynamicMessage> values() {
        return List.of(
                Types.order(ORDER, 1, 7L, 2, "tea", 4, 1.5),
                Types.order(ORDER, 1, -1L),
                Types.order(ORDER));
    }
}
