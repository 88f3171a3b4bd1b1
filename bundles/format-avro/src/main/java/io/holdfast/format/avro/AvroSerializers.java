package io.holdfast.format.avro;

import io.holdfast.api.serialization.Serializer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Serializers of Avro types. Where this module is on the class path or module path, {@link
 * io.holdfast.api.serialization.Serializers#forClass} finds those of specific records by itself.
 *
 * <p>Not for keys if the schema has a map: equal maps may differ in their bytes.
 */
public final class AvroSerializers {

    private AvroSerializers() {}

    /**
     * Serializer of a class that Avro generated.
     *
     * @param type the class; its schema is the one it was generated from
     * @param <T> the type
     * @return its serializer
     * @throws org.apache.avro.AvroRuntimeException if the class has no schema
     */
    public static <T extends SpecificRecord> Serializer<T> specific(Class<T> type) {
        return of(type);
    }

    /**
     * Serializer of records that are known by their schema alone.
     *
     * @param schema a record
     * @return its serializer; defaults of the schema fill in what was not stored
     * @throws IllegalArgumentException if the schema is no record
     */
    public static Serializer<GenericRecord> generic(Schema schema) {
        if (schema.getType() != Schema.Type.RECORD) {
            throw new IllegalArgumentException("not a record: " + schema);
        }
        return new AvroSerializer<>(schema, GenericData.get());
    }

    static <T> Serializer<T> of(Class<T> type) {
        SpecificData data = new JobClasses(type);
        return new AvroSerializer<>(data.getSchema(type), data);
    }
}
