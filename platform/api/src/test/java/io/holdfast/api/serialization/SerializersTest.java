package io.holdfast.api.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.holdfast.api.error.HoldfastException;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every serializer gives back what it wrote, finds its end by itself, and trusts no length. */
class SerializersTest {

    enum Colour {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "a constant with a class of its own";
            }
        }
    }

    record Nothing() {}

    record Point(int x, int y) {}

    record Everything(
            boolean flag,
            byte small,
            short shorter,
            char letter,
            int number,
            long longer,
            float real,
            double precise,
            Boolean boxedFlag,
            Long boxedNumber,
            String text,
            byte[] blob,
            Colour colour,
            Point point,
            List<Long> numbers,
            Map<String, List<Point>> places,
            Nothing nothing) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Everything that && list().equals(that.list());
        }

        @Override
        public int hashCode() {
            return list().hashCode();
        }

        private List<Object> list() {
            return Arrays.asList(
                    flag,
                    small,
                    shorter,
                    letter,
                    number,
                    longer,
                    real,
                    precise,
                    boxedFlag,
                    boxedNumber,
                    text,
                    blob == null ? null : Arrays.toString(blob),
                    colour,
                    point,
                    numbers,
                    places,
                    nothing);
        }
    }

    private static Everything full() {
        Map<String, List<Point>> places = new LinkedHashMap<>();
        places.put("", List.of());
        places.put("none", null);
        places.put("two", List.of(new Point(1, -1), new Point(Integer.MIN_VALUE, 0)));
        return new Everything(
                true,
                Byte.MIN_VALUE,
                Short.MAX_VALUE,
                '\uffff',
                Integer.MIN_VALUE,
                Long.MAX_VALUE,
                -0.0f,
                Double.MIN_VALUE,
                false,
                -1L,
                "\0\u00e9\ud83d\ude00",
                new byte[] {1, -1},
                Colour.GREEN,
                new Point(0, 1),
                List.of(0L, Long.MIN_VALUE),
                places,
                new Nothing());
    }

    private static final Everything BARE =
            new Everything(
                    false, (byte) 0, (short) 0, '\0', 0, 0, 0, 0, null, null, null, null, null,
                    null, null, null, null);

    private static Arguments values(Serializer<?> serializer, Object... values) {
        return Arguments.of(serializer, List.of(values));
    }

    static Stream<Arguments> serializersAndValues() {
        return Stream.concat(
                frequent(),
                Samples.all().stream().map(sample -> values(sample.serializer(), sample.value())));
    }

    private static Stream<Arguments> frequent() {
        Map<Integer, Double> withNull = new HashMap<>();
        withNull.put(1, null);
        withNull.put(2, 0.5);
        return Stream.of(
                values(Serializers.BOOLEAN, true, false),
                values(Serializers.BYTE, (byte) 0, Byte.MIN_VALUE, Byte.MAX_VALUE),
                values(Serializers.SHORT, (short) 0, Short.MIN_VALUE, Short.MAX_VALUE),
                values(Serializers.CHARACTER, '\0', 'a', '\ud83d', '\uffff'),
                values(Serializers.INTEGER, 0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE),
                values(Serializers.LONG, 0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE),
                values(
                        Serializers.FLOAT,
                        0f,
                        -0f,
                        Float.NaN,
                        Float.MIN_VALUE,
                        Float.NEGATIVE_INFINITY),
                values(
                        Serializers.DOUBLE,
                        0d,
                        -0d,
                        Double.NaN,
                        Double.MAX_VALUE,
                        Double.POSITIVE_INFINITY),
                values(
                        Serializers.STRING,
                        "",
                        "a",
                        "\0",
                        "\u007f\u0080\u3fff\u4000\uffff",
                        "\ud800",
                        "x".repeat(126),
                        "x".repeat(127),
                        "x".repeat(200_000),
                        "\u00fc".repeat(70_000)),
                values(Serializers.forClass(Colour.class), Colour.RED, Colour.GREEN),
                values(Serializers.forClass(Point.class), new Point(1, 2)),
                values(Serializers.forClass(Nothing.class), new Nothing()),
                values(Serializers.forClass(Everything.class), full(), BARE),
                values(Serializers.list(Serializers.STRING), List.of(), List.of("", "a")),
                values(
                        Serializers.list(Serializers.list(Serializers.LONG)),
                        List.of(List.of(), List.of(1L))),
                values(
                        Serializers.map(Serializers.INTEGER, Serializers.DOUBLE),
                        Map.of(),
                        withNull));
    }

    @ParameterizedTest
    @MethodSource("serializersAndValues")
    <T> void valuesComeBackAndEndWhereTheyEnded(Serializer<T> serializer, List<T> values)
            throws IOException {
        for (T value : values) {
            byte[] once = Bytes.of(serializer, value);
            byte[] twice = Arrays.copyOf(once, 2 * once.length + 1);
            System.arraycopy(once, 0, twice, once.length, once.length);
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(twice));

            assertThat(serializer.read(in)).isEqualTo(value);
            assertThat(serializer.read(in)).as("the next one").isEqualTo(value);
            assertThat(in.available()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("serializersAndValues")
    <T> void equalValuesGiveEqualBytesOfTheLengthThatWasPromised(
            Serializer<T> serializer, List<T> values) throws IOException {
        for (T value : values) {
            byte[] bytes = Bytes.of(serializer, value);

            assertThat(Bytes.of(serializer, serializer.copy(value))).isEqualTo(bytes);
            assertThat(Bytes.of(serializer.duplicate(), value)).isEqualTo(bytes);
            if (serializer.fixedLength() >= 0) {
                assertThat(bytes).hasSize(serializer.fixedLength());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("serializersAndValues")
    <T> void streamsMayGiveOneByteAtATime(Serializer<T> serializer, List<T> values)
            throws IOException {
        for (T value : values) {
            assertThat(serializer.read(Bytes.drops(Bytes.of(serializer, value)))).isEqualTo(value);
        }
    }

    @ParameterizedTest
    @MethodSource("serializersAndValues")
    <T> void whatEndsEarlyIsAnIoException(Serializer<T> serializer, List<T> values)
            throws IOException {
        for (T value : values) {
            byte[] bytes = Bytes.of(serializer, value);
            int step = Math.max(1, bytes.length / 300);
            for (int length = 0; length < bytes.length; length += step) {
                byte[] cut = Arrays.copyOf(bytes, length);
                assertThatThrownBy(() -> Bytes.read(serializer, cut))
                        .as("%s cut to %d", serializer, length)
                        .isInstanceOf(IOException.class);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("serializersAndValues")
    <T> void theDescriptionIsStoredAndRecognized(Serializer<T> serializer, List<T> values)
            throws IOException {
        java.io.ByteArrayOutputStream stored = new java.io.ByteArrayOutputStream();
        serializer.snapshot().writeTo(new java.io.DataOutputStream(stored));

        SerializerSnapshot read = SerializerSnapshot.readFrom(Bytes.drops(stored.toByteArray()));

        assertThat(read).isEqualTo(serializer.snapshot()).hasSameHashCodeAs(serializer.snapshot());
        assertThat(serializer.compatibilityWith(read)).isEqualTo(Compatibility.asIs());
        assertThat(values).isNotEmpty();
    }

    @Test
    void fixedLengthsAreThoseOfPrimitivesAndRecordsOfThem() {
        assertThat(Serializers.LONG.fixedLength()).isEqualTo(8);
        assertThat(Serializers.forClass(Colour.class).fixedLength()).isEqualTo(4);
        assertThat(Serializers.forClass(Point.class).fixedLength()).isEqualTo(8);
        assertThat(Serializers.forClass(Nothing.class).fixedLength()).isZero();
        assertThat(Serializers.STRING.fixedLength()).isEqualTo(Serializer.VARIABLE_LENGTH);
        assertThat(Serializers.forClass(Everything.class).fixedLength())
                .isEqualTo(Serializer.VARIABLE_LENGTH);
    }

    @Test
    void copiesCannotBeReachedByLaterChanges() {
        Serializer<List<List<Integer>>> lists =
                Serializers.list(Serializers.list(Serializers.INTEGER));
        List<List<Integer>> original = new ArrayList<>(List.of(new ArrayList<>(List.of(1))));
        List<List<Integer>> copy = lists.copy(original);
        original.get(0).add(2);
        assertThat(copy).containsExactly(List.of(1));
        copy.get(0).add(3);
        copy.add(new ArrayList<>());
        assertThat(original).containsExactly(List.of(1, 2));

        byte[] bytes = {1};
        byte[] bytesCopy = Serializers.BYTES.copy(bytes);
        bytes[0] = 2;
        assertThat(bytesCopy).containsExactly(1);

        Serializer<Everything> records = Serializers.forClass(Everything.class);
        Everything record = full();
        Everything recordCopy = records.copy(record);
        record.blob()[0] = 99;
        assertThat(recordCopy).isEqualTo(full());
    }

    @Test
    void aRecordOfImmutablePartsIsItsOwnCopy() {
        Point point = new Point(1, 2);

        assertThat(Serializers.forClass(Point.class).copy(point)).isSameAs(point);
    }

    // Layouts: those of Flink

    @Test
    void textIsLengthPlusOneAndUnitsInSevenBitsAByte() throws IOException {
        assertThat(Bytes.hex(Serializers.STRING, "")).isEqualTo("01");
        assertThat(Bytes.hex(Serializers.STRING, "a")).isEqualTo("0261");
        assertThat(Bytes.hex(Serializers.STRING, "\0\u007f")).isEqualTo("03007f");
        assertThat(Bytes.hex(Serializers.STRING, "\u0080")).isEqualTo("028001");
        assertThat(Bytes.hex(Serializers.STRING, "\u3fff\u4000")).isEqualTo("03ff7f808001");
        assertThat(Bytes.hex(Serializers.STRING, "\uffff")).isEqualTo("02ffff03");
        assertThat(Bytes.hex(Serializers.STRING, "\ud83d\ude00")).isEqualTo("03bdb00380bc03");
        assertThat(Bytes.hex(Serializers.STRING, "x".repeat(126))).startsWith("7f78");
        assertThat(Bytes.hex(Serializers.STRING, "x".repeat(127))).startsWith("800178");
    }

    @Test
    void basicTypesStandHighestByteFirst() throws IOException {
        assertThat(Bytes.hex(Serializers.LONG, 0x0102030405060708L)).isEqualTo("0102030405060708");
        assertThat(Bytes.hex(Serializers.INTEGER, -2)).isEqualTo("fffffffe");
        assertThat(Bytes.hex(Serializers.SHORT, (short) 258)).isEqualTo("0102");
        assertThat(Bytes.hex(Serializers.CHARACTER, '\u0102')).isEqualTo("0102");
        assertThat(Bytes.hex(Serializers.BYTE, (byte) -1)).isEqualTo("ff");
        assertThat(Bytes.hex(Serializers.BOOLEAN, true)).isEqualTo("01");
        assertThat(Bytes.hex(Serializers.DOUBLE, 1.0)).isEqualTo("3ff0000000000000");
        assertThat(Bytes.hex(Serializers.FLOAT, 1f)).isEqualTo("3f800000");
        assertThat(Bytes.hex(Serializers.BYTES, new byte[] {7, 8})).isEqualTo("000000020708");
    }

    @Test
    void collectionsAreACountAndTheirElements() throws IOException {
        Map<Short, Byte> map = new LinkedHashMap<>();
        map.put((short) 1, (byte) 2);
        map.put((short) 3, null);

        assertThat(Bytes.hex(Serializers.list(Serializers.SHORT), List.of((short) 1, (short) 2)))
                .isEqualTo("0000000200010002");
        assertThat(Bytes.hex(Serializers.map(Serializers.SHORT, Serializers.BYTE), map))
                .isEqualTo("00000002" + "00010002" + "000301");
    }

    @Test
    void recordsAreTheirComponentsInOrderWithAFlagForNullWhereThereCanBeNull() throws IOException {
        record Mixed(int id, String name, Long count) {}
        Serializer<Mixed> mixed = Serializers.forClass(Mixed.class);

        assertThat(Bytes.hex(mixed, new Mixed(1, "a", 2L)))
                .isEqualTo("00000001" + "000261" + "000000000000000002");
        assertThat(Bytes.hex(mixed, new Mixed(1, null, null))).isEqualTo("00000001" + "01" + "01");
    }

    // Bytes that no serializer wrote

    /** Whoever believed such a length would run out of memory, which is no IOException. */
    private static void expectRefused(Serializer<?> serializer, String hex) {
        byte[] bytes = java.util.HexFormat.of().parseHex(hex);

        assertThatThrownBy(() -> Bytes.read(serializer, bytes))
                .as("%s of %s", serializer, hex)
                .isInstanceOf(IOException.class);
    }

    @Test
    void lengthsThatLieAreRefusedWithoutTakingMemory() {
        expectRefused(Serializers.STRING, "00");
        expectRefused(Serializers.STRING, "ffffffff0761");
        expectRefused(Serializers.STRING, "ffffffff0f61");
        expectRefused(Serializers.STRING, "ffffffffff0161");
        expectRefused(Serializers.STRING, "02ffff07");
        expectRefused(Serializers.STRING, "02ffffffff0f");
        expectRefused(Serializers.BYTES, "7fffffff01");
        expectRefused(Serializers.BYTES, "ffffffff01");
        expectRefused(Serializers.list(Serializers.LONG), "7fffffff00");
        expectRefused(Serializers.list(Serializers.LONG), "ffffffff");
        expectRefused(Serializers.map(Serializers.LONG, Serializers.LONG), "7fffffff00");
        expectRefused(Serializers.map(Serializers.LONG, Serializers.LONG), "80000000");
        expectRefused(Serializers.forClass(Colour.class), "00000002");
        expectRefused(Serializers.forClass(Colour.class), "ffffffff");
    }

    @Test
    void aDescriptionThatLiesIsRefusedWithoutTakingMemory() {
        for (String hex :
                List.of(
                        "",
                        "ffff",
                        "000161" + "00000001" + "7fffffff",
                        "000161" + "00000001" + "ffffffff",
                        "000161" + "00000001" + "00ffffff",
                        "000161" + "00000001" + "00000000" + "7fffffff",
                        "000161" + "00000001" + "00000000" + "00010000",
                        "000161" + "00000001" + "00000000" + "ffffffff",
                        ("000161" + "00000001" + "00000000" + "00000001").repeat(100))) {
            byte[] bytes = java.util.HexFormat.of().parseHex(hex);
            assertThatThrownBy(
                            () ->
                                    SerializerSnapshot.readFrom(
                                            new DataInputStream(new ByteArrayInputStream(bytes))))
                    .as(hex)
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void shortDataSaysWhatWasMissing() {
        assertThatThrownBy(() -> Bytes.read(Serializers.BYTES, new byte[] {0, 0, 1, 0, 5}))
                .isInstanceOf(EOFException.class)
                .hasMessageContaining("256");
    }

    // Choosing a serializer

    @Test
    void everyBasicTypeHasItsSerializer() {
        assertThat(Serializers.forClass(Long.class)).isSameAs(Serializers.LONG);
        assertThat(Serializers.forClass(String.class)).isSameAs(Serializers.STRING);
        assertThat(Serializers.forClass(byte[].class)).isSameAs(Serializers.BYTES);
        assertThat(Serializers.forClass(Boolean.class)).isSameAs(Serializers.BOOLEAN);
    }

    record Node(String name, Node next) {}

    record Tree(String name, List<Tree> children) {}

    record Generic<T>(T value) {}

    record Growing<T>(T value, Growing<List<T>> next) {}

    static class WithFinal {
        final int number = 1;
    }

    static class WithoutConstructor {
        int number;

        WithoutConstructor(int number) {
            this.number = number;
        }
    }

    class Inner {
        int number;
    }

    abstract static class Open {
        int number;
    }

    static class Hiding extends Samples.Vehicle<String> {
        int plate;
    }

    static class Listed extends ArrayList<String> {
        private static final long serialVersionUID = 1L;
    }

    sealed interface Leaking permits Leak {}

    static non-sealed class Leak implements Leaking {}

    sealed interface Expression permits Sum {}

    record Sum(Expression left, Expression right) implements Expression {}

    @Test
    void typesWithoutSerializerAreRefusedWithAdvice() {
        for (Class<?> type :
                List.of(
                        Object.class,
                        List.class,
                        ArrayList.class,
                        Runnable.class,
                        StringBuilder.class,
                        Generic.class,
                        Node.class,
                        Tree.class,
                        Growing.class,
                        WithFinal.class,
                        WithoutConstructor.class,
                        Inner.class,
                        Open.class,
                        Hiding.class,
                        Listed.class,
                        Leaking.class,
                        Sum.class,
                        Thread.class,
                        Object[].class)) {
            Throwable refusal = catchThrowable(() -> Serializers.forClass(type));

            assertThat(refusal).as(type.getName()).isInstanceOf(HoldfastException.class);
            assertThat(((HoldfastException) refusal).problem().code()).isEqualTo("STATE-3002");
            assertThat(((HoldfastException) refusal).problem().advice()).isNotEmpty();
        }
    }

    @Test
    void theSameRecordMayStandTwiceInARecord() throws IOException {
        record Line(Point from, Point to, List<Point> between) {}
        Line line = new Line(new Point(0, 1), new Point(2, 3), List.of(new Point(1, 2)));
        Serializer<Line> lines = Serializers.forClass(Line.class);

        assertThat(Bytes.read(lines, Bytes.of(lines, line))).isEqualTo(line);
    }

    @Test
    void aTypeIsNamedWithItsArguments() throws IOException {
        Serializer<Map<String, List<Point>>> places = Serializers.of(new TypeOf<>() {});

        assertThat(places.snapshot())
                .hasToString(
                        "map<string, list<record:%s<primitive-integer, primitive-integer>>>"
                                .formatted(Point.class.getName()));
        assertThat(new TypeOf<List<String>>() {}).hasToString("java.util.List<java.lang.String>");
        assertThat(Serializers.of(new TypeOf<Generic<Point>>() {}).snapshot().nested().get(0))
                .isEqualTo(Serializers.forClass(Point.class).snapshot());
    }

    @Test
    @SuppressWarnings("rawtypes")
    void aTypeThatIsNotNamedIsRefused() {
        assertThatThrownBy(() -> new TypeOf() {})
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("new TypeOf<");
    }

    static class Base {
        int number;
    }

    static class Derived extends Base {
        int more;
    }

    @Test
    void aValueOfASubclassIsRefusedBecauseItsFieldsWouldBeLost() {
        Serializer<Base> serializer = Serializers.forClass(Base.class);

        for (org.assertj.core.api.ThrowableAssert.ThrowingCallable use :
                List.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
                        () -> Bytes.of(serializer, new Derived()),
                        () -> serializer.copy(new Derived()))) {
            assertThatThrownBy(use)
                    .isInstanceOf(HoldfastException.class)
                    .hasMessageContaining("STATE-3021")
                    .hasMessageContaining("Derived");
        }
    }

    @Test
    void copiesAreDeepWhereValuesCanChangeAndTheSameWhereTheyCannot() {
        Samples.Lorry lorry = new Samples.Lorry(4, "a", new ArrayList<>(List.of(1.0)), 1, 2);
        Samples.Lorry copy = Serializers.forClass(Samples.Lorry.class).copy(lorry);
        lorry.trips[0] = 9;
        lorry.loads.add(2.0);
        assertThat(copy.trips).containsExactly(1, 2);
        assertThat(copy.loads).containsExactly(1.0);

        Serializer<java.util.Set<List<Long>>> sets = Serializers.of(new TypeOf<>() {});
        List<Long> inner = new ArrayList<>(List.of(1L));
        java.util.Set<List<Long>> copied = sets.copy(java.util.Set.of(inner));
        inner.add(2L);
        assertThat(copied).containsExactly(List.of(1L));
        assertThat(copied.add(List.of())).as("a copy is mutable").isTrue();

        int[][] grid = {{1}, null};
        int[][] gridCopy = Serializers.forClass(int[][].class).copy(grid);
        grid[0][0] = 2;
        assertThat(gridCopy[0]).containsExactly(1);

        Optional<String> text = Optional.of("a");
        assertThat(Serializers.optional(Serializers.STRING).copy(text)).isSameAs(text);
        Optional<byte[]> bytes = Optional.of(new byte[] {1});
        assertThat(Serializers.optional(Serializers.BYTES).copy(bytes)).isNotSameAs(bytes);
    }

    @Test
    void nullIsRefusedWhereItHasNoPlace() {
        for (Object value :
                Arrays.asList(
                        null,
                        Arrays.asList("a", null),
                        new ArrayList<>(Arrays.asList((Object) null)))) {
            assertThatThrownBy(() -> Bytes.of(Serializers.list(Serializers.STRING), cast(value)))
                    .isInstanceOf(NullPointerException.class);
        }
    }

    @SuppressWarnings("unchecked")
    private static List<String> cast(Object value) {
        return (List<String>) value;
    }

    // Layouts of what is not among the basic types

    @Test
    void timesHaveTheBytesOfFlink() throws IOException {
        assertThat(
                        Bytes.hex(
                                Serializers.forClass(java.time.Instant.class),
                                java.time.Instant.ofEpochSecond(1, 2)))
                .isEqualTo("0000000000000001" + "00000002");
        assertThat(
                        Bytes.hex(
                                Serializers.forClass(java.time.LocalDateTime.class),
                                java.time.LocalDateTime.of(2024, 2, 29, 23, 59, 58, 7)))
                .isEqualTo("000007e8" + "021d" + "173b3a" + "00000007");
    }

    @Test
    void composedTypesHaveTheBytesThatTheirDescriptionsPromise() throws IOException {
        TypeOf<Samples.Shape<Short>> shapes = new TypeOf<>() {};
        assertThat(Bytes.hex(Serializers.of(shapes), new Samples.Square<>((short) 5)))
                .as("position, flag, side")
                .isEqualTo("01" + "00" + "0005");
        assertThat(Serializers.of(shapes).snapshot().nested())
                .extracting(SerializerSnapshot::name)
                .containsExactly(
                        "record:" + Samples.Round.class.getName(),
                        "record:" + Samples.Square.class.getName(),
                        "pojo:" + Samples.Polygon.class.getName(),
                        "enum:" + Samples.Blank.class.getName());
        assertThat(
                        Bytes.hex(
                                Serializers.forClass(Samples.Lorry.class),
                                new Samples.Lorry(2, null, List.of(), 1)))
                .as("fields by name")
                .isEqualTo(
                        "00"
                                + "00000000"
                                + "01"
                                + "00"
                                + "00000001"
                                + "0000000000000001"
                                + "00000002");
        assertThat(Bytes.hex(Serializers.forClass(String[].class), new String[] {"a", null}))
                .isEqualTo("00000002" + "000261" + "01");
        assertThat(Bytes.hex(Serializers.optional(Serializers.BYTE), Optional.of((byte) 1)))
                .isEqualTo("0001");
        assertThat(
                        Bytes.hex(
                                Serializers.forClass(java.math.BigDecimal.class),
                                new java.math.BigDecimal("-1.28")))
                .isEqualTo("00000002" + "00000001" + "80");
    }

    @Test
    void descriptionsReadAsTypes() {
        assertThat(
                        Serializers.map(Serializers.STRING, Serializers.list(Serializers.LONG))
                                .snapshot())
                .hasToString("map<string, list<long>>");
        assertThat(
                        new SerializerSnapshot(
                                "x", 2, "body".getBytes(StandardCharsets.UTF_8), List.of()))
                .hasToString("x#2");
    }

    @Test
    void aDescriptionCannotBeChangedFromOutside() {
        byte[] body = {1};
        SerializerSnapshot snapshot = new SerializerSnapshot("x", 1, body, new ArrayList<>());
        body[0] = 2;
        snapshot.body()[0] = 3;

        assertThat(snapshot.body()).containsExactly(1);
    }
}
