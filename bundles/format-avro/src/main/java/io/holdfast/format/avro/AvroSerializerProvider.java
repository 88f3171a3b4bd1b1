package io.holdfast.format.avro;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.SerializerProvider;
import io.holdfast.api.serialization.SerializerSnapshot;
import java.util.Optional;
import org.apache.avro.generic.GenericData;
import org.apache.avro.specific.SpecificRecord;

/** Brings serializers of the classes that Avro generates, and readers of what they wrote. */
public final class AvroSerializerProvider implements SerializerProvider {

    /** For {@link java.util.ServiceLoader}. */
    public AvroSerializerProvider() {}

    @Override
    public <T> Optional<Serializer<T>> forClass(Class<T> type) {
        return SpecificRecord.class.isAssignableFrom(type)
                ? Optional.of(AvroSerializers.of(type))
                : Optional.empty();
    }

    @Override
    public Optional<Serializer<Object>> generic(SerializerSnapshot written) {
        if (!StoredSchema.describes(written)) {
            return Optional.empty();
        }
        // Generic data know no class but their own: none is loaded whatever the schema says.
        return StoredSchema.parse(written)
                .map(
                        schema ->
                                new TreeReader(
                                        written, new AvroSerializer<>(schema, new GenericData())));
    }
}
