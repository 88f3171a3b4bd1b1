package io.holdfast.format.protobuf;

import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_BOOL;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_BYTES;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_FIXED64;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_INT32;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_INT64;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_SINT64;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_STRING;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import io.holdfast.api.serialization.Compatibility;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.SerializerSnapshot;
import io.holdfast.api.serialization.Serializers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProtobufEvolutionTest {
    private static final Descriptor PRESENT = Types.present();
    private static final Serializer<DynamicMessage> ORDERS = ProtobufSerializers.dynamic(PRESENT);

    /** A message as a part of a record. */
    record Event(String name, Timestamp at) {}

    private static <T> byte[] bytes(Serializer<T> serializer, T value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        serializer.write(value, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static DataInputStream input(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }

    private static Compatibility<DynamicMessage> verdictOn(FieldDescriptorProto... stored) {
        return ORDERS.compatibilityWith(
                ProtobufSerializers.dynamic(Types.order(stored)).snapshot());
    }

    private static void assertRefused(String reason, FieldDescriptorProto... stored) {
        assertThat(verdictOn(stored))
                .isInstanceOfSatisfying(
                        Compatibility.Incompatible.class,
                        no ->
                                assertThat(((Compatibility.Incompatible<?>) no).reason())
                                        .contains(reason));
    }

    @Test
    void fieldsAreAddedRemovedRenamedAndWidened() throws IOException {
        Descriptor before =
                Types.order(
                        Types.field("number", 1, TYPE_INT32),
                        Types.field("item", 2, TYPE_STRING),
                        Types.field("gone", 3, TYPE_STRING));
        Serializer<DynamicMessage> earlier = ProtobufSerializers.dynamic(before);
        byte[] stored = bytes(earlier, Types.order(before, 1, -7, 2, "tea", 3, "lost?"));

        Compatibility<DynamicMessage> verdict = ORDERS.compatibilityWith(earlier.snapshot());

        assertThat(verdict).isInstanceOf(Compatibility.Reconfigured.class);
        Serializer<DynamicMessage> own =
                ((Compatibility.Reconfigured<DynamicMessage>) verdict).serializer();
        DynamicMessage read = own.read(input(stored));
        assertThat(read.getField(PRESENT.findFieldByNumber(1))).isEqualTo(-7L);
        assertThat(read.getField(PRESENT.findFieldByNumber(4))).isEqualTo(0.0);
        assertThat(earlier.read(input(bytes(own, read))))
                .as("what was removed is not lost")
                .isEqualTo(Types.order(before, 1, -7, 2, "tea", 3, "lost?"));
    }

    @Test
    void whatProtobufWouldMisreadIsRefusedByField() {
        assertRefused(
                "field 1 of shop.Order: stored as fixed64 id, the job uses int64 id",
                Types.field("id", 1, TYPE_FIXED64));
        assertRefused("stored as sint64 id", Types.field("id", 1, TYPE_SINT64));
        assertRefused("stored as bytes item", Types.field("item", 2, TYPE_BYTES));
        assertRefused(
                "stored as repeated int64 id", Types.repeated(Types.field("id", 1, TYPE_INT64)));
        assertThat(verdictOn(Types.field("id", 1, TYPE_BOOL)))
                .isInstanceOf(Compatibility.Reconfigured.class);
    }

    @Test
    void typesThatHoldThemselvesAreCompared() {
        Descriptor own = Types.order(Types.field("id", 1, TYPE_INT64), Types.part("next", 2));
        Descriptor stored = Types.order(Types.field("id", 1, TYPE_STRING), Types.part("next", 2));
        assertThat(
                        ProtobufSerializers.dynamic(own)
                                .compatibilityWith(ProtobufSerializers.dynamic(stored).snapshot()))
                .isInstanceOf(Compatibility.Incompatible.class);
        assertThat(
                        ProtobufSerializers.dynamic(own)
                                .compatibilityWith(ProtobufSerializers.dynamic(own).snapshot()))
                .isInstanceOf(Compatibility.AsIs.class);
    }

    @Test
    void aDamagedDescriptionIsRefusedAndReadByNobody() {
        SerializerSnapshot whole = ORDERS.snapshot();
        for (int length = 0; length < whole.body().length; length++) {
            SerializerSnapshot damaged =
                    new SerializerSnapshot(
                            whole.name(),
                            1,
                            java.util.Arrays.copyOf(whole.body(), length),
                            List.of());
            assertThat(ORDERS.compatibilityWith(damaged)).isNotInstanceOf(Compatibility.AsIs.class);
        }
        SerializerSnapshot empty = new SerializerSnapshot(whole.name(), 1, new byte[0], List.of());
        assertThat(Serializers.generic(empty)).isEmpty();
    }

    @Test
    void messagesAreTreesWithoutTheirClass() throws IOException {
        byte[] stored = bytes(ORDERS, Types.order(PRESENT, 1, 3L, 2, "ink"));
        assertThat(Serializers.generic(ORDERS.snapshot()).orElseThrow().read(input(stored)))
                .isEqualTo(Map.of("id", 3L, "item", "ink"));
        Serializer<Struct> structs = ProtobufSerializers.generated(Struct.class);
        Struct struct =
                Struct.newBuilder()
                        .putFields("a", Value.newBuilder().setBoolValue(true).build())
                        .build();
        assertThat(
                        Serializers.generic(structs.snapshot())
                                .orElseThrow()
                                .read(input(bytes(structs, struct))))
                .isEqualTo(Map.of("fields", Map.of("a", Map.of("bool_value", true))));
    }

    @Test
    void aMessageMayBeAPartOfARecord() throws IOException {
        Serializer<Event> events = Serializers.forClass(Event.class);
        Event event = new Event("begin", Timestamp.newBuilder().setSeconds(5).build());
        assertThat(events.read(input(bytes(events, event)))).isEqualTo(event);
        assertThat(
                        Serializers.generic(events.snapshot())
                                .orElseThrow()
                                .read(input(bytes(events, event))))
                .isEqualTo(Map.of("name", "begin", "at", Map.of("seconds", 5L)));
    }
}
