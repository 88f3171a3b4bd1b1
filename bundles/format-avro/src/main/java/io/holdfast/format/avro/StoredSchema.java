package io.holdfast.format.avro;

import io.holdfast.api.serialization.SerializerSnapshot;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** Schemas as descriptions of serializers, and back. What is stored is not trusted. */
final class StoredSchema {
    private static final String PREFIX = "avro:";

    private StoredSchema() {}

    static SerializerSnapshot describe(Schema schema) {
        return new SerializerSnapshot(
                PREFIX + schema.getFullName(),
                1,
                schema.toString().getBytes(StandardCharsets.UTF_8),
                List.of());
    }

    static boolean describes(SerializerSnapshot written) {
        return written.version() == 1
                && written.name().startsWith(PREFIX)
                && written.nested().isEmpty();
    }

    /** The schema, or empty if there is none to be read. */
    static Optional<Schema> parse(SerializerSnapshot written) {
        try {
            String json = new String(written.body(), StandardCharsets.UTF_8);
            return Optional.of(new Schema.Parser().parse(json));
        } catch (AvroRuntimeException | StackOverflowError e) {
            return Optional.empty(); // Malformed, or nested deeper than anybody writes.
        }
    }
}
