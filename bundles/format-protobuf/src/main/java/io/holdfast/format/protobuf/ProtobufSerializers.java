package io.holdfast.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Internal;
import com.google.protobuf.Message;
import io.holdfast.api.serialization.Serializer;

/**
 * Serializers of Protobuf messages. Where this module is on the class path or module path, {@link
 * io.holdfast.api.serialization.Serializers#forClass} finds those of generated classes by itself.
 *
 * <p>Not for keys if the message has a map or unknown fields: equal messages may differ in their
 * bytes.
 */
public final class ProtobufSerializers {

    private ProtobufSerializers() {}

    /**
     * Serializer of a class that protoc generated.
     *
     * @param type the class
     * @param <T> the type
     * @return its serializer
     */
    public static <T extends Message> Serializer<T> generated(Class<T> type) {
        return new MessageSerializer<>(Internal.getDefaultInstance(type));
    }

    /**
     * Serializer of messages that are known by their type's description alone.
     *
     * @param type the message type
     * @return its serializer
     */
    public static Serializer<DynamicMessage> dynamic(Descriptor type) {
        return new MessageSerializer<>(DynamicMessage.getDefaultInstance(type));
    }
}
