package io.holdfast.format.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.serialization.Compatibility;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.SerializerSnapshot;
import io.holdfast.api.serialization.Serializers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class AvroEvolutionTest {
    private static final Serializer<Order> ORDERS = AvroSerializers.specific(Order.class);

    /** A record on its own and as a part of another one. */
    record Cart(String owner, Order order) {}

    private static SerializerSnapshot of(String fields) {
        return AvroSerializers.generic(
                        new Schema.Parser()
                                .parse(
                                        """
                                        {"type": "record", "name": "Order",
                                         "namespace": "io.holdfast.format.avro", "fields": [%s]}
                                        """
                                                .formatted(fields)))
                .snapshot();
    }

    private static <T> byte[] bytes(Serializer<T> serializer, T value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        serializer.write(value, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static DataInputStream input(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }

    @Test
    void anEarlierSchemaIsMigrated() throws IOException {
        Serializer<GenericRecord> earlier = AvroSerializers.generic(Order.EARLIER);
        byte[] stored = bytes(earlier, GenericContractTest.earlier(7, "tea"));

        Compatibility<Order> verdict = ORDERS.compatibilityWith(earlier.snapshot());

        assertThat(verdict).isInstanceOf(Compatibility.AfterMigration.class);
        Serializer<Order> reader = ((Compatibility.AfterMigration<Order>) verdict).reader();
        assertThat(reader.read(input(stored))).isEqualTo(new Order(7, "tea", 1.5, List.of()));
        assertThat(reader.duplicate().read(input(stored)))
                .as("for another thread")
                .isEqualTo(new Order(7, "tea", 1.5, List.of()));
    }

    @Test
    void whatOnlyExplainsChangesNothing() {
        Schema documented =
                new Schema.Parser()
                        .parse(
                                Order.SCHEMA$
                                        .toString()
                                        .replaceFirst(
                                                "\"fields\"", "\"doc\":\"words\",\"fields\""));
        assertThat(ORDERS.compatibilityWith(AvroSerializers.generic(documented).snapshot()))
                .isInstanceOf(Compatibility.AsIs.class);
    }

    @Test
    void whatAvroCannotReadIsRefusedByField() {
        SerializerSnapshot text =
                of(
                        "{\"name\": \"id\", \"type\": \"string\"}, {\"name\": \"item\", \"type\": \"string\"}");
        assertThat(ORDERS.compatibilityWith(text))
                .isInstanceOfSatisfying(
                        Compatibility.Incompatible.class,
                        no ->
                                assertThat(((Compatibility.Incompatible<?>) no).reason())
                                        .contains(
                                                "cannot read what io.holdfast.format.avro.Order wrote",
                                                "type mismatch at /fields/0/type"));
        assertThat(ORDERS.compatibilityWith(of("{\"name\": \"id\", \"type\": \"int\"}")))
                .isInstanceOfSatisfying(
                        Compatibility.Incompatible.class,
                        no ->
                                assertThat(((Compatibility.Incompatible<?>) no).reason())
                                        .contains("missing default value", "item"));
    }

    @Test
    void aDamagedSchemaIsRefusedAndReadByNobody() {
        for (String json : List.of("", "{", "{\"type\": \"nothing\"}", "[".repeat(100_000))) {
            SerializerSnapshot damaged =
                    new SerializerSnapshot(
                            "avro:io.holdfast.format.avro.Order",
                            1,
                            json.getBytes(StandardCharsets.UTF_8),
                            List.of());
            assertThat(ORDERS.compatibilityWith(damaged))
                    .isInstanceOfSatisfying(
                            Compatibility.Incompatible.class,
                            no ->
                                    assertThat(((Compatibility.Incompatible<?>) no).reason())
                                            .contains("damaged"));
            assertThat(Serializers.generic(damaged)).isEmpty();
        }
    }

    @Test
    void valuesAreTreesWithoutTheirClass() throws IOException {
        byte[] stored = bytes(ORDERS, new Order(3, "ink", 2, List.of("blue")));
        Object tree = Serializers.generic(ORDERS.snapshot()).orElseThrow().read(input(stored));
        assertThat(tree)
                .isEqualTo(Map.of("id", 3L, "item", "ink", "price", 2.0, "tags", List.of("blue")));
    }

    @Test
    void aSchemaThatNamesClassesLoadsNone() throws IOException {
        Schema schema =
                new Schema.Parser()
                        .parse(
                                """
                                {"type": "record", "name": "Thing", "namespace": "no.such.place",
                                 "fields": [{"name": "x", "type": {"type": "string",
                                     "java-class": "no.such.place.Gadget",
                                     "avro.java.string": "String"}}]}
                                """);
        Serializer<GenericRecord> things = AvroSerializers.generic(schema);
        GenericRecord thing = new org.apache.avro.generic.GenericData.Record(schema);
        thing.put("x", "harmless");
        Object tree =
                Serializers.generic(things.snapshot())
                        .orElseThrow()
                        .read(input(bytes(things, thing)));
        assertThat(tree).isEqualTo(Map.of("x", "harmless"));
    }

    @Test
    void aRecordMayBeAPartOfAnother() throws IOException {
        Serializer<Cart> carts = Serializers.forClass(Cart.class);
        Cart cart = new Cart("me", new Order(1, "a", 2, List.of()));
        assertThat(carts.read(input(bytes(carts, cart)))).isEqualTo(cart);
        SerializerSnapshot own = carts.snapshot();
        SerializerSnapshot before =
                new SerializerSnapshot(
                        own.name(),
                        own.version(),
                        own.body(),
                        List.of(
                                own.nested().get(0),
                                AvroSerializers.generic(Order.EARLIER).snapshot()));
        assertThat(carts.compatibilityWith(before))
                .isInstanceOf(Compatibility.AfterMigration.class);
    }

    @Test
    void whatIsNoValueOfTheSchemaIsRefused() {
        Serializer<Order> orders = AvroSerializers.specific(Order.class);
        assertThatThrownBy(() -> bytes(orders, new Order(1, null, 2, List.of())))
                .isInstanceOfAny(IOException.class, NullPointerException.class);
        assertThatThrownBy(() -> AvroSerializers.generic(Schema.create(Schema.Type.LONG)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("long");
    }
}
