package io.holdfast.format.avro;

import io.holdfast.api.serialization.Compatibility;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.SerializerSnapshot;
import io.holdfast.api.serialization.Serializers;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaCompatibility.SchemaPairCompatibility;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/**
 * Values of one schema: i32 length, then Avro's binary encoding, so that who does not know Avro
 * still finds their end. The description is named {@code avro:} and the full name of the schema,
 * and its body is the schema as JSON.
 *
 * <p>Schemas with the same parsing form write the same bytes and are taken as they are. Others are
 * migrated if {@link SchemaCompatibility} lets the job's schema read what the stored one wrote.
 * There is nothing to reconfigure.
 *
 * @param <T> type of the values
 */
final class AvroSerializer<T> implements Serializer<T> {
    private final Schema schema;
    private final GenericData data;
    private final Schema stored;
    private final SerializerSnapshot snapshot;
    private final DatumWriter<T> writer;
    private final DatumReader<T> reader;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    private BinaryEncoder encoder;
    private BinaryDecoder decoder;

    AvroSerializer(Schema schema, GenericData data) {
        this(schema, schema, data);
    }

    /** Writes one schema, reads what another one wrote. */
    @SuppressWarnings("unchecked") // values of a schema are of the type that belongs to it
    private AvroSerializer(Schema schema, Schema stored, GenericData data) {
        this.schema = schema;
        this.stored = stored;
        this.data = data;
        this.snapshot = StoredSchema.describe(stored);
        this.writer = data.createDatumWriter(schema);
        this.reader = data.createDatumReader(stored, schema);
    }

    @Override
    public void write(T value, DataOutput out) throws IOException {
        bytes.reset();
        encoder = EncoderFactory.get().directBinaryEncoder(bytes, encoder);
        try {
            writer.write(value, encoder);
        } catch (AvroRuntimeException | ClassCastException e) {
            throw new IOException("no value of " + schema.getFullName() + ": " + e.getMessage(), e);
        }
        Serializers.BYTES.write(bytes.toByteArray(), out);
    }

    @Override
    public T read(DataInput in) throws IOException {
        byte[] stored = Serializers.BYTES.read(in);
        decoder = DecoderFactory.get().binaryDecoder(stored, decoder);
        T value;
        try {
            value = reader.read(null, decoder);
        } catch (RuntimeException e) {
            throw new IOException("not written as " + snapshot.name() + ": " + e.getMessage(), e);
        }
        if (!decoder.isEnd()) {
            throw new IOException("bytes behind a value of " + snapshot.name());
        }
        return value;
    }

    @Override
    public T copy(T value) {
        return data.deepCopy(schema, value);
    }

    @Override
    public int fixedLength() {
        return VARIABLE_LENGTH;
    }

    @Override
    public Serializer<T> duplicate() {
        return new AvroSerializer<>(schema, stored, data);
    }

    @Override
    public SerializerSnapshot snapshot() {
        return snapshot;
    }

    @Override
    public Compatibility<T> compatibilityWith(SerializerSnapshot written) {
        if (snapshot.equals(written)) {
            return Compatibility.asIs();
        }
        if (!StoredSchema.describes(written)) {
            return Compatibility.incompatible(
                    "stored as %s, the job uses %s; give what has the new type a new name"
                            .formatted(written, snapshot));
        }
        Optional<Schema> other = StoredSchema.parse(written);
        if (other.isEmpty()) {
            return Compatibility.incompatible(
                    "the stored schema of %s is damaged".formatted(written.name()));
        }
        if (SchemaNormalization.toParsingForm(other.get())
                .equals(SchemaNormalization.toParsingForm(schema))) {
            return Compatibility.asIs();
        }
        SchemaPairCompatibility pair =
                SchemaCompatibility.checkReaderWriterCompatibility(schema, other.get());
        if (pair.getType() != SchemaCompatibilityType.COMPATIBLE) {
            return Compatibility.incompatible(
                    "the job's schema %s cannot read what %s wrote: %s"
                            .formatted(
                                    schema.getFullName(),
                                    other.get().getFullName(),
                                    reasons(pair)));
        }
        return Compatibility.afterMigration(new AvroSerializer<>(schema, other.get(), data));
    }

    private static String reasons(SchemaPairCompatibility pair) {
        return pair.getResult().getIncompatibilities().stream()
                .map(
                        each ->
                                "%s at %s (%s)"
                                        .formatted(
                                                each.getType()
                                                        .name()
                                                        .toLowerCase(java.util.Locale.ROOT)
                                                        .replace('_', ' '),
                                                each.getLocation(),
                                                each.getMessage()))
                .collect(Collectors.joining("; "));
    }
}
