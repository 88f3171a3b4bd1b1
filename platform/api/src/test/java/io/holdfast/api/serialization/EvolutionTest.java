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
                        SerializerSnapshot.named("com.example.Gone"));

        assertThat(reason(ORDERS.compatibilityWith(written)))
                .contains("secret", "com.example.Gone");
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
    void aWrapperThatBecameAPrimitiveIsIncompatible() {
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

    // Renamed, widened, sealed, POJOs

    @FormerlyNamed({"Bill", "com.example.old.Bill"})
    record Invoice(
            @FormerlyNamed({"sum", "total"}) long amount,
            Double discount,
            @FormerlyNamed("state") Status status) {}

    @FormerlyNamed("State")
    enum Status {
        @FormerlyNamed({"NEW", "FRESH"})
        OPEN,
        PAID
    }

    private static final Serializer<Invoice> INVOICES = Serializers.forClass(Invoice.class);
    private static final SerializerSnapshot STATES =
            new SerializerSnapshot(
                    "enum:" + EvolutionTest.class.getName() + "$State",
                    1,
                    "PAID\nNEW".getBytes(StandardCharsets.UTF_8),
                    List.of());

    private static SerializerSnapshot named(
            String name, String members, SerializerSnapshot... parts) {
        return new SerializerSnapshot(
                name,
                1,
                members.replace(' ', '\n').getBytes(StandardCharsets.UTF_8),
                List.of(parts));
    }

    @Test
    void aRecordOfAnotherNameIsTakenAsItIsIfItNamesItself() {
        SerializerSnapshot present = INVOICES.snapshot();
        for (String former :
                List.of(EvolutionTest.class.getName() + "$Bill", "com.example.old.Bill")) {
            SerializerSnapshot written =
                    named(
                            "record:" + former,
                            "total discount status",
                            present.nested().toArray(new SerializerSnapshot[0]));
            assertThat(INVOICES.compatibilityWith(written)).as(former).isInstanceOf(AsIs.class);
        }
        assertThat(reason(INVOICES.compatibilityWith(named("record:com.example.Bill", ""))))
                .contains("com.example.Bill", Invoice.class.getName(), "@FormerlyNamed");
    }

    @Test
    void renamedComponentsAndConstantsKeepTheirValues() throws IOException {
        SerializerSnapshot written =
                named(
                        "record:com.example.old.Bill",
                        "state sum",
                        STATES,
                        SerializerSnapshot.named("primitive-integer"));

        assertThat(migrated(INVOICES, written, "00" + "00000001" + "ffffffff"))
                .isEqualTo(new Invoice(-1, null, Status.OPEN));
    }

    @Test
    void thePresentNameBeatsAFormerOne() throws IOException {
        SerializerSnapshot written =
                record(Invoice.class, "sum amount", PRIMITIVE_LONG, PRIMITIVE_LONG);

        assertThat(migrated(INVOICES, written, "0000000000000001" + "0000000000000002"))
                .isEqualTo(new Invoice(2, null, null));
    }

    @Test
    void constantsThatWereMadeOneAreRewritten() throws IOException {
        Serializer<Status> statuses = Serializers.forClass(Status.class);
        SerializerSnapshot written = named("enum:" + Status.class.getName(), "FRESH PAID OPEN");

        assertThat(migrated(statuses, written, "00000000")).isEqualTo(Status.OPEN);
        assertThat(migrated(statuses, written, "00000002")).isEqualTo(Status.OPEN);
        assertThat(migrated(statuses, written, "00000001")).isEqualTo(Status.PAID);
        assertThat(statuses.compatibilityWith(named("enum:" + Status.class.getName(), "NEW PAID")))
                .as("one for one")
                .isInstanceOf(AsIs.class);
    }

    private static <T> void expectWidened(
            Serializer<T> present, Serializer<?> stored, String hex, T expected)
            throws IOException {
        assertThat(migrated(present, stored.snapshot(), hex)).isEqualTo(expected);
    }

    @Test
    void numbersAreWidenedWhereEveryValueStaysExact() throws IOException {
        expectWidened(Serializers.SHORT, Serializers.BYTE, "ff", (short) -1);
        expectWidened(Serializers.INTEGER, Serializers.SHORT, "fffe", -2);
        expectWidened(Serializers.LONG, Serializers.INTEGER, "80000000", (long) Integer.MIN_VALUE);
        expectWidened(Serializers.DOUBLE, Serializers.FLOAT, "3f000000", 0.5);
        expectWidened(Serializers.DOUBLE, Serializers.INTEGER, "7fffffff", 2147483647.0);
        expectWidened(Serializers.FLOAT, Serializers.SHORT, "7fff", 32767f);
        expectWidened(
                Serializers.list(Serializers.LONG),
                Serializers.list(Serializers.BYTE),
                "00000001" + "07",
                List.of(7L));
    }

    @Test
    void numbersThatMightChangeAreIncompatibleAndTheReasonNamesBoth() {
        List<Serializer<?>> numbers =
                List.of(
                        Serializers.BYTE,
                        Serializers.SHORT,
                        Serializers.INTEGER,
                        Serializers.LONG,
                        Serializers.FLOAT,
                        Serializers.DOUBLE);
        List<String> exact =
                List.of(
                        "byte short",
                        "byte integer",
                        "byte long",
                        "byte float",
                        "byte double",
                        "short integer",
                        "short long",
                        "short float",
                        "short double",
                        "integer long",
                        "integer double",
                        "float double");
        for (Serializer<?> from : numbers) {
            for (Serializer<?> to : numbers) {
                Compatibility<?> verdict = to.compatibilityWith(from.snapshot());
                if (from == to) {
                    assertThat(verdict).isInstanceOf(AsIs.class);
                } else if (exact.contains(from + " " + to)) {
                    assertThat(verdict).as("%s to %s", from, to).isInstanceOf(AfterMigration.class);
                } else {
                    assertThat(reason(verdict)).contains(from.toString(), to.toString(), "exact");
                }
            }
        }
    }

    @Test
    void aPrimitiveMayBecomeItsWrapperOrAWiderOne() throws IOException {
        SerializerSnapshot written =
                record(
                        Invoice.class,
                        "amount discount status",
                        SerializerSnapshot.named("primitive-byte"),
                        SerializerSnapshot.named("primitive-float"),
                        Serializers.forClass(Status.class).snapshot());

        assertThat(migrated(INVOICES, written, "07" + "3f000000" + "01"))
                .isEqualTo(new Invoice(7, 0.5, null));
    }

    /** A POJO whose constructor gives a value. */
    static final class Account {
        @FormerlyNamed("user")
        String owner;

        int retries = 3;
        long[] history;

        @Override
        public boolean equals(Object other) {
            return other instanceof Account that
                    && retries == that.retries
                    && java.util.Objects.equals(owner, that.owner)
                    && java.util.Arrays.equals(history, that.history);
        }

        @Override
        public int hashCode() {
            return retries;
        }
    }

    @Test
    void fieldsOfWhichNothingIsStoredKeepWhatTheConstructorGives() throws IOException {
        Account account =
                migrated(
                        Serializers.forClass(Account.class),
                        named(
                                "pojo:" + Account.class.getName(),
                                "gone user",
                                Serializers.forClass(Account.class).snapshot(),
                                Serializers.STRING.snapshot()),
                        "01" + "000261");

        assertThat(account.owner).isEqualTo("a");
        assertThat(account.retries).isEqualTo(3);
        assertThat(account.history).isNull();
    }

    @Test
    void aRecordMayBecomeAPojoAndBack() throws IOException {
        SerializerSnapshot asPojo =
                named(
                        "pojo:" + Order.class.getName(),
                        "amount id item",
                        Serializers.INTEGER.snapshot(),
                        PRIMITIVE_LONG,
                        Serializers.STRING.snapshot());
        SerializerSnapshot asRecord =
                named(
                        "record:" + Account.class.getName(),
                        "retries",
                        SerializerSnapshot.named("primitive-integer"));

        assertThat(migrated(ORDERS, asPojo, "01" + "0000000000000007" + "01"))
                .isEqualTo(new Order(7, null, null));
        assertThat(migrated(Serializers.forClass(Account.class), asRecord, "00000005").retries)
                .isEqualTo(5);
    }

    @Test
    void aFieldOfAnotherTypeIsIncompatibleAndTheReasonNamesIt() {
        assertThat(
                        reason(
                                Serializers.forClass(Account.class)
                                        .compatibilityWith(
                                                named(
                                                        "pojo:" + Account.class.getName(),
                                                        "retries",
                                                        PRIMITIVE_LONG))))
                .contains(
                        "field retries of " + Account.class.getName(),
                        "primitive-long",
                        "primitive-integer",
                        "declare");
    }

    @FormerlyNamed("Incident")
    sealed interface Happening permits Started, Stopped {}

    record Started(long at) implements Happening {}

    @FormerlyNamed({"Ended", "Killed"})
    record Stopped(String reason) implements Happening {}

    private static final Serializer<Happening> HAPPENINGS = Serializers.forClass(Happening.class);

    private static SerializerSnapshot happenings(SerializerSnapshot... subtypes) {
        return SerializerSnapshot.of(
                "sealed:" + EvolutionTest.class.getName() + "$Incident", subtypes);
    }

    private static SerializerSnapshot subtype(
            String name, String members, SerializerSnapshot... parts) {
        return named("record:" + EvolutionTest.class.getName() + "$" + name, members, parts);
    }

    private static final SerializerSnapshot STARTED = subtype("Started", "at", PRIMITIVE_LONG);
    private static final SerializerSnapshot ENDED =
            subtype("Ended", "reason", Serializers.STRING.snapshot());

    @Test
    void subtypesKeepTheirStoredPositionsAndNewOnesComeBehind() throws IOException {
        Serializer<Happening> stored =
                reconfigured(HAPPENINGS.compatibilityWith(happenings(ENDED)));

        assertThat(Bytes.read(stored, HexFormat.of().parseHex("00" + "000261")))
                .isEqualTo(new Stopped("a"));
        assertThat(Bytes.hex(stored, new Started(1))).isEqualTo("01" + "0000000000000001");
        assertThat(stored.snapshot().nested())
                .extracting(SerializerSnapshot::name)
                .containsExactly(
                        "record:" + Stopped.class.getName(), "record:" + Started.class.getName());
        assertThat(stored.compatibilityWith(stored.snapshot())).isInstanceOf(AsIs.class);
        assertThat(HAPPENINGS.compatibilityWith(stored.snapshot()))
                .isInstanceOf(Reconfigured.class);
        assertThat(HAPPENINGS.compatibilityWith(happenings(STARTED, ENDED)))
                .as("renamed only")
                .isInstanceOf(AsIs.class);
    }

    @Test
    void aSubtypeThatChangedIsMigratedWithAll() throws IOException {
        SerializerSnapshot written =
                happenings(
                        ENDED,
                        subtype("Started", "at", SerializerSnapshot.named("primitive-integer")));

        assertThat(migrated(HAPPENINGS, written, "01" + "00000007")).isEqualTo(new Started(7));
        assertThat(migrated(HAPPENINGS, written, "00" + "01")).isEqualTo(new Stopped(null));
    }

    @Test
    void aSubtypeThatIsGoneIsIncompatibleUnlessAnotherTakesItsValues() throws IOException {
        SerializerSnapshot killed = subtype("Killed", "");

        assertThat(reason(HAPPENINGS.compatibilityWith(happenings(STARTED, subtype("Paused", "")))))
                .contains("Paused", Happening.class.getName(), "@FormerlyNamed");
        SerializerSnapshot written = happenings(STARTED, ENDED, killed);
        assertThat(migrated(HAPPENINGS, written, "02")).isEqualTo(new Stopped(null));
        assertThat(migrated(HAPPENINGS, written, "01" + "000261")).isEqualTo(new Stopped("a"));
    }

    @Test
    void aSubtypeThatCannotBeReadMakesTheWholeIncompatible() {
        assertThat(
                        reason(
                                HAPPENINGS.compatibilityWith(
                                        happenings(
                                                subtype(
                                                        "Started",
                                                        "at",
                                                        Serializers.STRING.snapshot())))))
                .contains("Started", "at", "string", "primitive-long");
    }
}
