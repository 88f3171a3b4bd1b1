package io.holdfast.api.serialization;

import io.holdfast.api.tuple.Tuple2;
import io.holdfast.api.tuple.Tuple3;
import io.holdfast.api.tuple.Tuple4;
import io.holdfast.api.tuple.Tuple5;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A value of every type that has a serializer, and the tree that stands for it. */
final class Samples {

    private Samples() {}

    /** A serializer, a value of its type, and the value as a tree. */
    record Sample(Serializer<?> serializer, Object value, Object tree) {}

    /** Fields of a superclass, private ones among them. */
    static class Vehicle<P> {
        private int wheels;
        protected P plate;
        transient String forgotten = "by the constructor";
        static int shared = 1;

        Vehicle() {}

        Vehicle(int wheels, P plate) {
            this.wheels = wheels;
            this.plate = plate;
        }
    }

    /** A class with fields, some inherited. */
    static final class Lorry extends Vehicle<String> {
        List<Double> loads = new ArrayList<>();
        long[] trips;

        private Lorry() {}

        Lorry(int wheels, String plate, List<Double> loads, long... trips) {
            super(wheels, plate);
            this.loads = loads;
            this.trips = trips;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Lorry that
                    && ((Vehicle<String>) this).wheels == ((Vehicle<String>) that).wheels
                    && Objects.equals(plate, that.plate)
                    && Objects.equals(loads, that.loads)
                    && Arrays.equals(trips, that.trips)
                    && Objects.equals(forgotten, that.forgotten);
        }

        @Override
        public int hashCode() {
            return Objects.hash(plate, loads);
        }
    }

    /** A sealed type with subtypes of every sort. */
    sealed interface Shape<N> permits Round, Straight, Blank {}

    /** A generic record in it. */
    record Round<N>(N radius) implements Shape<N> {}

    /** A sealed type in a sealed type. */
    sealed interface Straight<M> extends Shape<M> permits Square, Polygon {}

    /** A record, two levels down. */
    record Square<S>(S side) implements Straight<S> {}

    /** A POJO in it. */
    static final class Polygon<S> implements Straight<S> {
        List<S> sides;

        Polygon() {}

        Polygon(List<S> sides) {
            this.sides = sides;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Polygon<?> that && sides.equals(that.sides);
        }

        @Override
        public int hashCode() {
            return sides.hashCode();
        }
    }

    /** An enum in it, with a constant that has a class of its own. */
    enum Blank implements Shape<Short> {
        NOTHING,
        LESS {
            @Override
            public String toString() {
                return "less than nothing";
            }
        }
    }

    /** Generic types inside a record. */
    record Nested(List<Optional<Instant>> times, Map<String, Set<Integer>> groups, int[][] grid) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Nested that
                    && Objects.equals(times, that.times)
                    && Objects.equals(groups, that.groups)
                    && Arrays.deepEquals(grid, that.grid);
        }

        @Override
        public int hashCode() {
            return Objects.hash(times, groups);
        }
    }

    private static <T> Sample text(Class<T> type, T value) {
        return new Sample(Serializers.forClass(type), value, value.toString());
    }

    private static <T> Sample sample(Class<T> type, T value, Object tree) {
        return new Sample(Serializers.forClass(type), value, tree);
    }

    private static <T> Sample sample(TypeOf<T> type, T value, Object tree) {
        return new Sample(Serializers.of(type), value, tree);
    }

    private static Map<String, Object> map(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }

    static List<Sample> all() {
        List<Sample> all = new ArrayList<>(basic());
        all.addAll(times());
        all.addAll(composed());
        return all;
    }

    private static List<Sample> basic() {
        UUID id = new UUID(Long.MIN_VALUE, -1);
        BigDecimal price = new BigDecimal("-12.3400");
        return List.of(
                sample(Boolean.class, true, true),
                sample(Byte.class, (byte) -1, (byte) -1),
                sample(Short.class, (short) -2, (short) -2),
                sample(Character.class, '\u00e9', "\u00e9"),
                sample(Integer.class, 3, 3),
                sample(Long.class, Long.MIN_VALUE, Long.MIN_VALUE),
                sample(Float.class, Float.NaN, Float.NaN),
                sample(Double.class, -0d, -0d),
                sample(String.class, "\ud83d\ude00", "\ud83d\ude00"),
                sample(byte[].class, new byte[] {-1, 16}, "ff10"),
                sample(boolean[].class, new boolean[] {true, false}, List.of(true, false)),
                sample(char[].class, new char[] {'a', '\uffff'}, List.of("a", "\uffff")),
                sample(short[].class, new short[] {-1}, List.of((short) -1)),
                sample(int[].class, new int[0], List.of()),
                sample(long[].class, new long[] {1, Long.MAX_VALUE}, List.of(1L, Long.MAX_VALUE)),
                sample(float[].class, new float[] {0.5f}, List.of(0.5f)),
                sample(double[].class, new double[] {-0.5, 1e300}, List.of(-0.5, 1e300)),
                sample(BigInteger.class, BigInteger.TEN.pow(40), BigInteger.TEN.pow(40)),
                sample(BigInteger.class, BigInteger.ZERO, BigInteger.ZERO),
                sample(BigDecimal.class, price, price),
                text(UUID.class, id));
    }

    private static List<Sample> times() {
        LocalDateTime time = LocalDateTime.of(2024, 2, 29, 23, 59, 58, 999_999_999);
        ZoneOffset offset = ZoneOffset.ofHoursMinutes(-3, -30);
        return List.of(
                text(Instant.class, Instant.MIN),
                text(Instant.class, Instant.ofEpochSecond(-1, 999_999_999)),
                text(Duration.class, Duration.ofSeconds(Long.MIN_VALUE)),
                text(Period.class, Period.of(1, -2, 3)),
                text(LocalDate.class, LocalDate.MAX),
                text(LocalTime.class, LocalTime.MAX),
                text(LocalDateTime.class, time),
                text(OffsetTime.class, OffsetTime.of(1, 2, 3, 4, offset)),
                text(OffsetDateTime.class, OffsetDateTime.of(time, offset)),
                text(ZonedDateTime.class, ZonedDateTime.of(time, ZoneId.of("Europe/Berlin"))),
                text(ZonedDateTime.class, ZonedDateTime.of(time, offset)),
                text(ZoneId.class, ZoneId.of("Asia/Kolkata")),
                text(ZoneId.class, offset),
                text(ZoneOffset.class, offset),
                text(Year.class, Year.of(Year.MIN_VALUE)),
                text(YearMonth.class, YearMonth.of(-1, 12)),
                text(MonthDay.class, MonthDay.of(2, 29)),
                text(DayOfWeek.class, DayOfWeek.FRIDAY));
    }

    private static List<Sample> composed() {
        Lorry lorry = new Lorry(6, "HD 1", new ArrayList<>(List.of(1.5)), 7, 8);
        Set<String> set = new LinkedHashSet<>(List.of("b", "a"));
        Map<Integer, String> withNull = new LinkedHashMap<>();
        withNull.put(1, null);
        TypeOf<Shape<Short>> shapes = new TypeOf<>() {};
        String here = Samples.class.getName() + "$";
        return List.of(
                sample(new TypeOf<List<String>>() {}, List.of("x", ""), List.of("x", "")),
                sample(new TypeOf<Set<String>>() {}, set, List.of("b", "a")),
                sample(new TypeOf<Map<Integer, String>>() {}, withNull, withNull),
                sample(new TypeOf<Optional<Long>>() {}, Optional.of(1L), 1L),
                sample(new TypeOf<Optional<Long>>() {}, Optional.empty(), null),
                sample(
                        String[].class,
                        new String[] {"a", null, "b"},
                        Arrays.asList("a", null, "b")),
                sample(
                        new TypeOf<List<? extends Byte>[]>() {},
                        lists(List.of((byte) 1)),
                        Arrays.asList(List.of((byte) 1), null)),
                sample(
                        new TypeOf<Tuple2<String, Long>>() {},
                        Tuple2.of("a", null),
                        map("first", "a", "second", null)),
                sample(
                        new TypeOf<Tuple3<Byte, Tuple2<Byte, Byte>, Blank>>() {},
                        Tuple3.of((byte) 1, Tuple2.of((byte) 2, (byte) 3), Blank.LESS),
                        map(
                                "first",
                                (byte) 1,
                                "second",
                                map("first", (byte) 2, "second", (byte) 3),
                                "third",
                                "LESS")),
                sample(
                        new TypeOf<Tuple4<Long, Long, Long, Long>>() {},
                        Tuple4.of(1L, 2L, 3L, 4L),
                        map("first", 1L, "second", 2L, "third", 3L, "fourth", 4L)),
                sample(
                        new TypeOf<Tuple5<Long, Long, Long, Long, List<Long>>>() {},
                        Tuple5.of(1L, 2L, 3L, 4L, List.of()),
                        map(
                                "first", 1L, "second", 2L, "third", 3L, "fourth", 4L, "fifth",
                                List.of())),
                sample(
                        Nested.class,
                        new Nested(
                                List.of(Optional.empty(), Optional.of(Instant.EPOCH)),
                                Map.of("odd", Set.of(1)),
                                new int[][] {{1, 2}, null}),
                        map(
                                "times",
                                Arrays.asList(null, Instant.EPOCH.toString()),
                                "groups",
                                Map.of("odd", List.of(1)),
                                "grid",
                                Arrays.asList(List.of(1, 2), null))),
                sample(
                        Lorry.class,
                        lorry,
                        map(
                                "loads",
                                List.of(1.5),
                                "plate",
                                "HD 1",
                                "trips",
                                List.of(7L, 8L),
                                "wheels",
                                6)),
                sample(
                        shapes,
                        new Round<>((short) 1),
                        one(here + "Round", map("radius", (short) 1))),
                sample(shapes, new Square<>(null), one(here + "Square", map("side", null))),
                sample(
                        shapes,
                        new Polygon<>(List.of((short) 1, (short) 2)),
                        one(here + "Polygon", map("sides", List.of((short) 1, (short) 2)))),
                sample(shapes, Blank.LESS, one(here + "Blank", "LESS")));
    }

    @SuppressWarnings("unchecked")
    private static List<? extends Byte>[] lists(List<? extends Byte> first) {
        return (List<? extends Byte>[]) new List<?>[] {first, null};
    }

    private static Map<String, Object> one(String name, Object value) {
        return Collections.singletonMap(name, value);
    }
}
