package io.holdfast.format.protobuf;

import com.google.protobuf.GeneratedMessage;
import com.google.protobuf.Internal;
import com.google.protobuf.Message;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.SerializerProvider;
import io.holdfast.api.serialization.SerializerSnapshot;
import java.lang.reflect.Modifier;
import java.util.Optional;

/** Brings serializers of the classes that protoc generates, and readers of what they wrote. */
public final class ProtobufSerializerProvider implements SerializerProvider {

    /** For {@link java.util.ServiceLoader}. */
    public ProtobufSerializerProvider() {}

    @Override
    @SuppressWarnings("unchecked") // a serializer of T, whose class was asked about
    public <T> Optional<Serializer<T>> forClass(Class<T> type) {
        if (!GeneratedMessage.class.isAssignableFrom(type)
                || Modifier.isAbstract(type.getModifiers())) {
            return Optional.empty();
        }
        return Optional.of(
                (Serializer<T>)
                        new MessageSerializer<>(
                                Internal.getDefaultInstance(type.asSubclass(Message.class))));
    }

    @Override
    public Optional<Serializer<Object>> generic(SerializerSnapshot written) {
        if (!StoredType.describes(written)) {
            return Optional.empty();
        }
        return StoredType.parse(written)
                .map(type -> new TreeReader(written, ProtobufSerializers.dynamic(type)));
    }
}
