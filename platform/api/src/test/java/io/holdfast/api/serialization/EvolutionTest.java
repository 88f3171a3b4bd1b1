package io.holdfast.api.serialization;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.api.serialization.Compatibility.AfterMigration;
import io.holdfast.api.serialization.Compatibility.AsIs;
import io.holdfast.api.serialization.Compatibility.Incompatible;
import io.holdfast.api.serialization.Compatibility.Reconfigured;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Verdicts on what earlier programs stored, and the serializers that come with them. */
class EvolutionTest {

    enum Size {
        SMALL,
        LARGE,
        HUGE
    }

    record Order(long id, String item, Integer amount) {}

    record Parcel(Size size, Order order, List<Size> others) {}

    private static final Serializer<Order> ORDERS = Serializers.forClass(Order.class);
    private static final Serializer<Size> SIZES = Serializers.forClass(Size.class);

    private static final SerializerSnapshot PRIMITIVE_LONG =
            SerializerSnapshot.named("primitive-long");

    /** Description of a record of an earlier program. */
    private static SerializerSnapshot record(
            Class<?> type, String names, SerializerSnapshot... parts) {
        return new SerializerSnapshot(
                "record:" + type.getName(),
                1,
                names.replace(' ', '\n').getBytes(StandardCharsets.UTF_8),
                List.of(parts));
    }

    private static SerializerSnapshot sizes(String names) {
        return new SerializerSnapshot(
                "enum:" + Size.class.getName(),
                1,
                names.replace(' ', '\n').getBytes(StandardCharsets.UTF_8),
                List.of());
    }

    private static <T> T migrated(Serializer<T> serializer, SerializerSnapshot written, String hex)
            throws IOException {
        Compatibility<T> verdict = serializer.compatibilityWith(written);
        assertThat(verdict).isInstanceOf(AfterMigration.class);
        return Bytes.read(((AfterMigration<T>) verdict).reader(), HexFormat.of().parseHex(hex));
    }

    private static String reason(Compatibility<?> verdict) {
        assertThat(verdict).isInstanceOf(Incompatible.class);
        return ((Incompatible<?>) verdict).reason();
    }

    private static <T> Serializer<T> reconfigured(Compatibility<T> verdict) {
        assertThat(verdict).isInstanceOf(Reconfigured.class);
        return ((Reconfigured<T>) verdict).serializer();
    }

    @Test
    void theSameDescriptionIsTakenAsItIs() {
        assertThat(ORDERS.compatibilityWith(ORDERS.snapshot())).isInstanceOf(AsIs.class);
        assertThat(SIZES.compatibilityWith(sizes("SMALL LARGE HUGE"))).isInstanceOf(AsIs.class);
    }

    @Test
    void anotherTypeIsIncompatibleAndTheReasonNamesBoth() {
        assertThat(reason(Serializers.LONG.compatibilityWith(Serializers.STRING.snapshot())))
                .contains("long", "string");
        assertThat(reason(ORDERS.compatibilityWith(SIZES.snapshot())))
                .contains("enum:" + Size.class.getName(), "record:" + Order.class.getName());
    }

    @Test
    void anotherVersionIsIncompatible() {
        SerializerSnapshot later = new SerializerSnapshot("long", 2, new byte[0], List.of());

        assertThat(reason(Serializers.LONG.compatibilityWith(later))).contains("long#2");
    }

    @Test
    void aComponentThatWasAddedIsNullOrZero() throws IOException {
        SerializerSnapshot written = record(Order.class, "item", Serializers.STRING.snapshot());

        assertThat(migrated(ORDERS, written, "000261")).isEqualTo(new Order(0, "a", null));
    }

    @Test
    void aComponentThatWasRemovedIsSkipped() throws IOException {
        SerializerSnapshot written =
                record(
                        Order.class,
                        "colour id weight item amount",
                        Serializers.STRING.snapshot(),
                        PRIMITIVE_LONG,
                        SerializerSnapshot.named("primitive-double"),
                        Serializers.STRING.snapshot(),
                        Serializers.INTEGER.snapshot());

        assertThat(
                        migrated(
                                ORDERS,
                                written,
                                "0002ff00"
                                        + "0000000000000007"
                                        + "0000000000000000"
                                        + "01"
                                        + "0000000005"))
                .isEqualTo(new Order(7, null, 5));
    }

    @Test
    void reorderedComponentsGoToTheirNames() throws IOException {
        SerializerSnapshot written =
                record(
                        Order.class,
                        "amount item id",
                        Serializers.INTEGER.snapshot(),
                        Serializers.STRING.snapshot(),
                        PRIMITIVE_LONG);

        assertThat(migrated(ORDERS, written, "01" + "000261" + "0000000000000007"))
                .isEqualTo(new Order(7, "a", null));
    }

    @Test
    void aRecordThatHadNoComponentsGainsThem() throws IOException {
        assertThat(migrated(ORDERS, record(Order.class, ""), ""))
                .isEqualTo(new Order(0, null, null));
    }

    @Test
    void aRemovedComponentOfAnUnknownTypeIsIncompatible() {
        SerializerSnapshot written =
                record(
                        Order.class,
                        "id item amount secret",
                        PRIMITIVE_LONG,
                        Serializers.STRING.snapshot(),
                        Serializers.INTEGER.snapshot(),
                        SerializerSnapshot.named("record:com.example.Gone"));

        assertThat(reason(ORDERS.compatibilityWith(written)))
                .contains("secret", "record:com.example.Gone");
    }

    @Test
    void aComponentOfAnotherTypeIsIncompatible() {
        SerializerSnapshot written =
                record(
                        Order.class,
                        "id item amount",
                        PRIMITIVE_LONG,
                        Serializers.STRING.snapshot(),
                        Serializers.LONG.snapshot());

        assertThat(reason(ORDERS.compatibilityWith(written))).contains("amount", "long", "integer");
    }

    @Test
    void aPrimitiveThatBecameAnObjectIsIncompatible() {
        SerializerSnapshot written =
                record(
                        Order.class,
                        "id item amount",
                        Serializers.LONG.snapshot(),
                        Serializers.STRING.snapshot(),
                        Serializers.INTEGER.snapshot());

        assertThat(reason(ORDERS.compatibilityWith(written))).contains("id", "primitive-long");
    }

    @Test
    void aDescriptionWhoseNamesAndPartsDoNotMatchIsIncompatible() {
        assertThat(reason(ORDERS.compatibilityWith(record(Order.class, "id item", PRIMITIVE_LONG))))
                .contains("damaged");
    }

    @Test
    void theReaderOfAnEarlierShapeSaysThatItDoesNotWrite() {
        Compatibility<Order> verdict =
                ORDERS.compatibilityWith(
                        record(Order.class, "item", Serializers.STRING.snapshot()));
        Serializer<Order> reader = ((AfterMigration<Order>) verdict).reader();

        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> Bytes.of(reader, new Order(1, "a", 1)))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining(Order.class.getName());
    }

    @Test
    void enumConstantsKeepTheirStoredPositions() throws IOException {
        Serializer<Size> stored = reconfigured(SIZES.compatibilityWith(sizes("LARGE SMALL")));

        assertThat(Bytes.read(stored, new byte[] {0, 0, 0, 0})).isEqualTo(Size.LARGE);
        assertThat(Bytes.hex(stored, Size.SMALL)).isEqualTo("00000001");
        assertThat(Bytes.hex(stored, Size.HUGE)).as("a new constant").isEqualTo("00000002");
        assertThat(stored.snapshot()).isEqualTo(sizes("LARGE SMALL HUGE"));
        assertThat(SIZES.compatibilityWith(stored.snapshot())).isInstanceOf(Reconfigured.class);
    }

    @Test
    void anEnumThatHadNoConstantsGainsThem() throws IOException {
        Serializer<Size> stored = reconfigured(SIZES.compatibilityWith(sizes("")));

        assertThat(Bytes.read(stored, new byte[] {0, 0, 0, 2})).isEqualTo(Size.HUGE);
    }

    @Test
    void anEnumThatLostAConstantIsIncompatible() {
        assertThat(reason(SIZES.compatibilityWith(sizes("SMALL TINY")))).contains("TINY");
    }

    @Test
    void verdictsOnPartsAreVerdictsOnTheWhole() throws IOException {
        SerializerSnapshot oldOrder = record(Order.class, "item", Serializers.STRING.snapshot());
        SerializerSnapshot oldSizes = sizes("LARGE SMALL");
        Serializer<List<Order>> lists = Serializers.list(ORDERS);
        Serializer<Map<Size, Order>> maps = Serializers.map(SIZES, ORDERS);

        assertThat(migrated(lists, SerializerSnapshot.of("list", oldOrder), "00000001" + "000261"))
                .containsExactly(new Order(0, "a", null));
        assertThat(
                        migrated(
                                maps,
                                SerializerSnapshot.of("map", oldSizes, oldOrder),
                                "00000001" + "00000001" + "00" + "000261"))
                .isEqualTo(Map.of(Size.SMALL, new Order(0, "a", null)));
        Serializer<Map<Size, Order>> stored =
                reconfigured(
                        maps.compatibilityWith(
                                SerializerSnapshot.of("map", oldSizes, ORDERS.snapshot())));
        assertThat(Bytes.hex(stored, Map.of(Size.LARGE, new Order(0, null, null))))
                .startsWith("00000001" + "00000000");
        assertThat(
                        reason(
                                maps.compatibilityWith(
                                        SerializerSnapshot.of(
                                                "map", sizes("GONE"), ORDERS.snapshot()))))
                .contains("GONE");
        assertThat(reason(lists.compatibilityWith(SerializerSnapshot.of("list")))).contains("list");
    }

    @Test
    void anEnumDeepInARecordReconfiguresTheRecord() throws IOException {
        Serializer<Parcel> parcels = Serializers.forClass(Parcel.class);
        SerializerSnapshot oldSizes = sizes("LARGE SMALL");
        SerializerSnapshot written =
                record(
                        Parcel.class,
                        "size order others",
                        oldSizes,
                        ORDERS.snapshot(),
                        SerializerSnapshot.of("list", oldSizes));
        Parcel parcel = new Parcel(Size.SMALL, null, List.of(Size.LARGE, Size.HUGE));

        Serializer<Parcel> stored = reconfigured(parcels.compatibilityWith(written));

        assertThat(Bytes.hex(stored, parcel))
                .isEqualTo("00" + "00000001" + "01" + "00" + "00000002" + "00000000" + "00000002");
        assertThat(Bytes.read(stored, Bytes.of(stored, parcel))).isEqualTo(parcel);
        assertThat(parcels.compatibilityWith(stored.snapshot())).isInstanceOf(Reconfigured.class);
    }

    @Test
    void aRecordInARecordIsMigratedWithIt() throws IOException {
        Serializer<Parcel> parcels = Serializers.forClass(Parcel.class);
        SerializerSnapshot written =
                record(
                        Parcel.class,
                        "others size order",
                        SerializerSnapshot.of("list", sizes("HUGE SMALL")),
                        sizes("LARGE SMALL"),
                        record(Order.class, "item", Serializers.STRING.snapshot()));

        assertThat(
                        migrated(
                                parcels,
                                written,
                                "00"
                                        + "00000001"
                                        + "00000000"
                                        + "00"
                                        + "00000001"
                                        + "00"
                                        + "000261"))
                .isEqualTo(new Parcel(Size.SMALL, new Order(0, "a", null), List.of(Size.HUGE)));
    }
}
