package io.holdfast.format.avro;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.testkit.serialization.SerializerContract;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.util.Utf8;

/** Serializers of records that are known by their schema alone. */
class GenericContractTest extends SerializerContract<GenericRecord> {
    @Override
    protected Serializer<GenericRecord> serializer() {
        return AvroSerializers.generic(Order.EARLIER);
    }

    @Override
    protected List<GenericRecord> values() {
        return List.of(earlier(1, "a"), earlier(2, ""));
    }

    static GenericRecord earlier(int id, String item) {
        return new GenericRecordBuilder(Order.EARLIER)
                .set("id", id)
                .set("item", new Utf8(item))
                .build();
    }
}
