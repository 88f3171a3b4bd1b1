package io.holdfast.api.serialization;

import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A model of the versions a program may have had: makes up the description that an earlier one
 * stored, values under it with their bytes, and what the present one must make of them. Written
 * without the serializers, from the specification alone.
 */
final class EarlierPrograms {
    private static final List<String> NUMBERS =
            List.of("byte", "short", "integer", "long", "float", "double");
    private static final Map<String, List<String>> NARROWER =
            Map.of(
                    "short", List.of("byte"),
                    "integer", List.of("byte", "short"),
                    "long", List.of("byte", "short", "integer"),
                    "float", List.of("byte", "short"),
                    "double", List.of("byte", "short", "integer", "float"));

    private final SplittableRandom random;

    /** Present name of a member, constant or class to the names it had. */
    private final Map<String, List<String>> former;

    /** Whether names, order and constants alone may differ, but no bytes. */
    private final boolean sameBytes;

    EarlierPrograms(SplittableRandom random, Map<String, List<String>> former) {
        this.random = random;
        this.former = former;
        this.sameBytes = chance(30);
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private String formerly(String present) {
        List<String> names = former.getOrDefault(present, List.of());
        return names.isEmpty() || chance(60) ? present : names.get(random.nextInt(names.size()));
    }

    private String presently(String stored, List<String> present) {
        if (present.contains(stored)) {
            return stored;
        }
        return present.stream()
                .filter(name -> former.getOrDefault(name, List.of()).contains(stored))
                .findFirst()
                .orElse(null);
    }

    private <T> List<T> shuffled(List<T> list) {
        List<T> copy = new ArrayList<>(list);
        Collections.shuffle(copy, new java.util.Random(random.nextLong()));
        return copy;
    }

    private static List<String> names(SerializerSnapshot snapshot) {
        String names = new String(snapshot.body(), StandardCharsets.UTF_8);
        return names.isEmpty() ? List.of() : List.of(names.split("\n"));
    }

    private static SerializerSnapshot named(
            String name, List<String> names, List<SerializerSnapshot> parts) {
        return new SerializerSnapshot(
                name, 1, String.join("\n", names).getBytes(StandardCharsets.UTF_8), parts);
    }

    private static String kind(SerializerSnapshot snapshot) {
        int colon = snapshot.name().indexOf(':');
        return colon < 0 ? snapshot.name() : snapshot.name().substring(0, colon);
    }

    private static String className(SerializerSnapshot snapshot) {
        return snapshot.name().substring(snapshot.name().indexOf(':') + 1);
    }

    private static boolean isPrimitive(SerializerSnapshot snapshot) {
        return snapshot.name().startsWith("primitive-");
    }

    private static String basic(SerializerSnapshot snapshot) {
        return snapshot.name().replace("primitive-", "");
    }

    /** What an earlier program may have stored where the present one has this. */
    SerializerSnapshot earlier(SerializerSnapshot present) {
        return switch (kind(present)) {
            case "record", "pojo" -> earlierStruct(present);
            case "enum" -> earlierEnum(present);
            case "sealed" -> earlierSealed(present);
            case "list", "set", "map", "optional", "array" ->
                    new SerializerSnapshot(
                            present.name(),
                            1,
                            new byte[0],
                            present.nested().stream().map(this::earlier).toList());
            default -> {
                List<String> narrower = NARROWER.getOrDefault(basic(present), List.of());
                yield sameBytes || narrower.isEmpty() || chance(70)
                        ? present
                        : SerializerSnapshot.named(
                                (isPrimitive(present) ? "primitive-" : "")
                                        + narrower.get(random.nextInt(narrower.size())));
            }
        };
    }

    private SerializerSnapshot earlierStruct(SerializerSnapshot present) {
        Map<String, SerializerSnapshot> members = new LinkedHashMap<>();
        List<String> names = names(present);
        boolean steady = sameBytes || chance(30);
        for (int i = 0; i < names.size(); i++) {
            if (steady || chance(80)) {
                SerializerSnapshot part = earlier(present.nested().get(i));
                if (NUMBERS.contains(part.name()) && !steady && chance(20)) {
                    part = SerializerSnapshot.named("primitive-" + part.name());
                }
                members.put(formerly(names.get(i)), part);
            }
        }
        for (int i = 0; !steady && i < 3; i++) {
            if (chance(20)) {
                members.put("gone" + i, anything(3));
            }
        }
        List<String> order = new ArrayList<>(members.keySet());
        if (!steady && chance(40)) {
            order = shuffled(order);
        }
        boolean other = !steady && chance(20);
        String kind = other == kind(present).equals("record") ? "pojo" : "record";
        return named(
                kind + ":" + formerly(className(present)),
                order,
                order.stream().map(members::get).toList());
    }

    private SerializerSnapshot earlierEnum(SerializerSnapshot present) {
        List<String> constants = new ArrayList<>();
        for (String constant : names(present)) {
            if (chance(75) || constants.isEmpty()) {
                constants.add(formerly(constant));
                List<String> merged = former.getOrDefault(constant, List.of());
                if (!sameBytes
                        && !merged.isEmpty()
                        && chance(10)
                        && !constants.contains(merged.get(0))) {
                    constants.add(merged.get(0));
                }
            }
        }
        return named(
                "enum:" + formerly(className(present)),
                chance(50) ? constants : shuffled(constants),
                List.of());
    }

    private SerializerSnapshot earlierSealed(SerializerSnapshot present) {
        List<SerializerSnapshot> subtypes = new ArrayList<>();
        for (SerializerSnapshot subtype : present.nested()) {
            if (chance(75) || subtypes.isEmpty()) {
                subtypes.add(earlier(subtype));
            }
        }
        return SerializerSnapshot.of(
                "sealed:" + formerly(className(present)),
                (chance(50) ? subtypes : shuffled(subtypes)).toArray(new SerializerSnapshot[0]));
    }

    /** A type of which the present program knows nothing. */
    private SerializerSnapshot anything(int depth) {
        int choice = random.nextInt(depth == 0 ? 4 : 8);
        return switch (choice) {
            case 0 -> SerializerSnapshot.named("string");
            case 1 -> SerializerSnapshot.named(NUMBERS.get(random.nextInt(6)));
            case 2 -> SerializerSnapshot.named("primitive-" + NUMBERS.get(random.nextInt(6)));
            case 3 -> named("enum:com.example.Gone", List.of("A", "B"), List.of());
            case 4 -> SerializerSnapshot.of("list", wrapped(depth));
            case 5 -> SerializerSnapshot.of("map", wrapped(depth), wrapped(depth));
            case 6 ->
                    named(
                            "record:com.example.Gone",
                            List.of("x", "y"),
                            List.of(anything(depth - 1), anything(depth - 1)));
            default ->
                    SerializerSnapshot.of(
                            "sealed:com.example.Any",
                            named("pojo:com.example.B", List.of("x"), List.of(anything(depth - 1))),
                            named("record:com.example.C", List.of(), List.of()));
        };
    }

    private SerializerSnapshot wrapped(int depth) {
        return SerializerSnapshot.of("optional", SerializerSnapshot.named("string"))
                .nested()
                .stream()
                .filter(text -> chance(50))
                .findFirst()
                .orElseGet(() -> named("record:R", List.of("z"), List.of(anything(depth - 1))));
    }

    /** Writes a value that a description allows, and gives it as a tree. */
    Object write(SerializerSnapshot stored, DataOutput out) throws IOException {
        switch (kind(stored)) {
            case "record", "pojo" -> {
                Map<String, Object> members = new LinkedHashMap<>();
                List<String> names = names(stored);
                for (int i = 0; i < names.size(); i++) {
                    SerializerSnapshot part = stored.nested().get(i);
                    members.put(
                            names.get(i),
                            isPrimitive(part) ? write(part, out) : flagged(part, out));
                }
                return members;
            }
            case "enum" -> {
                List<String> names = names(stored);
                int position = random.nextInt(names.size());
                out.writeInt(position);
                return names.get(position);
            }
            case "sealed" -> {
                int position = random.nextInt(stored.nested().size());
                out.writeByte(position);
                SerializerSnapshot subtype = stored.nested().get(position);
                return Collections.singletonMap(className(subtype), write(subtype, out));
            }
            case "list", "array" -> {
                int count = random.nextInt(4);
                out.writeInt(count);
                List<Object> list = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    SerializerSnapshot element = stored.nested().get(0);
                    list.add(
                            stored.name().equals("list")
                                    ? write(element, out)
                                    : flagged(element, out));
                }
                return list;
            }
            case "map" -> {
                int count = random.nextInt(2);
                out.writeInt(count);
                return count == 0
                        ? Map.of()
                        : Collections.singletonMap(
                                write(stored.nested().get(0), out),
                                flagged(stored.nested().get(1), out));
            }
            case "optional" -> {
                return flagged(stored.nested().get(0), out);
            }
            default -> {
                return writeBasic(basic(stored), out);
            }
        }
    }

    private Object flagged(SerializerSnapshot part, DataOutput out) throws IOException {
        boolean isNull = chance(25);
        out.writeBoolean(isNull);
        return isNull ? null : write(part, out);
    }

    private Object writeBasic(String type, DataOutput out) throws IOException {
        long bits = chance(50) ? random.nextLong() : random.nextInt(-3, 3);
        switch (type) {
            case "boolean" -> {
                out.writeBoolean(bits > 0);
                return bits > 0;
            }
            case "character" -> {
                out.writeChar((char) bits);
                return String.valueOf((char) bits);
            }
            case "byte" -> {
                out.writeByte((byte) bits);
                return (byte) bits;
            }
            case "short" -> {
                out.writeShort((short) bits);
                return (short) bits;
            }
            case "integer" -> {
                out.writeInt((int) bits);
                return (int) bits;
            }
            case "long" -> {
                out.writeLong(bits);
                return bits;
            }
            case "float" -> {
                out.writeFloat(bits / 16f);
                return bits / 16f;
            }
            case "double" -> {
                out.writeDouble(bits / 16d);
                return bits / 16d;
            }
            case "string" -> {
                byte[] text = "%x".formatted(bits).getBytes(StandardCharsets.US_ASCII);
                out.writeByte(text.length + 1);
                out.write(text);
                return new String(text, StandardCharsets.US_ASCII);
            }
            default -> throw new IllegalStateException("no model of " + type);
        }
    }

    /** What the present program must make of a stored value, both as trees. */
    Object expected(SerializerSnapshot stored, SerializerSnapshot present, Object value) {
        if (value == null) {
            return null;
        }
        switch (kind(present)) {
            case "record", "pojo" -> {
                return expectedStruct(stored, present, (Map<?, ?>) value);
            }
            case "enum" -> {
                return presently((String) value, names(present));
            }
            case "sealed" -> {
                Map.Entry<?, ?> entry = ((Map<?, ?>) value).entrySet().iterator().next();
                List<String> classes =
                        present.nested().stream().map(EarlierPrograms::className).toList();
                String now = presently((String) entry.getKey(), classes);
                SerializerSnapshot from =
                        stored.nested().stream()
                                .filter(part -> className(part).equals(entry.getKey()))
                                .findFirst()
                                .orElseThrow();
                return Collections.singletonMap(
                        now,
                        expected(
                                from,
                                present.nested().get(classes.indexOf(now)),
                                entry.getValue()));
            }
            case "list", "array" -> {
                List<Object> list = new ArrayList<>();
                ((List<?>) value)
                        .forEach(
                                each ->
                                        list.add(
                                                expected(
                                                        stored.nested().get(0),
                                                        present.nested().get(0),
                                                        each)));
                return list;
            }
            case "map" -> {
                Map<Object, Object> map = new LinkedHashMap<>();
                ((Map<?, ?>) value)
                        .forEach(
                                (key, each) ->
                                        map.put(
                                                expected(
                                                        stored.nested().get(0),
                                                        present.nested().get(0),
                                                        key),
                                                expected(
                                                        stored.nested().get(1),
                                                        present.nested().get(1),
                                                        each)));
                return map;
            }
            case "optional" -> {
                return expected(stored.nested().get(0), present.nested().get(0), value);
            }
            default -> {
                return widened(basic(present), value);
            }
        }
    }

    private Map<String, Object> expectedStruct(
            SerializerSnapshot stored, SerializerSnapshot present, Map<?, ?> value) {
        Map<String, Object> members = new LinkedHashMap<>();
        List<String> names = names(present);
        List<String> storedNames = names(stored);
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            SerializerSnapshot part = present.nested().get(i);
            String source =
                    storedNames.contains(name)
                            ? name
                            : former.getOrDefault(name, List.of()).stream()
                                    .filter(storedNames::contains)
                                    .findFirst()
                                    .orElse(null);
            if (source != null) {
                SerializerSnapshot from = stored.nested().get(storedNames.indexOf(source));
                members.put(name, expected(from, part, value.get(source)));
            } else {
                members.put(name, isPrimitive(part) ? zero(basic(part)) : null);
            }
        }
        return members;
    }

    private static Object zero(String type) {
        return switch (type) {
            case "boolean" -> false;
            case "character" -> "\0";
            default -> widened(type, 0);
        };
    }

    private static Object widened(String type, Object value) {
        return switch (NUMBERS.indexOf(type)) {
            case 0 -> ((Number) value).byteValue();
            case 1 -> ((Number) value).shortValue();
            case 2 -> ((Number) value).intValue();
            case 3 -> ((Number) value).longValue();
            case 4 -> ((Number) value).floatValue();
            case 5 -> ((Number) value).doubleValue();
            default -> value;
        };
    }

    /**
     * A description in which one basic type became one that cannot be read; null if there is none.
     */
    SerializerSnapshot broken(SerializerSnapshot present) {
        List<Integer> order = shuffled(Arrays.asList(range(present.nested().size())));
        if (order.isEmpty()) {
            return switch (basic(present)) {
                case "long" -> SerializerSnapshot.named(present.name().replace("long", "double"));
                case "integer" ->
                        SerializerSnapshot.named(present.name().replace("integer", "long"));
                case "string" -> SerializerSnapshot.named("integer");
                default -> null;
            };
        }
        for (int at : order) {
            SerializerSnapshot part = broken(present.nested().get(at));
            if (part != null) {
                List<SerializerSnapshot> parts = new ArrayList<>(present.nested());
                parts.set(at, part);
                return new SerializerSnapshot(
                        present.name(), present.version(), present.body(), parts);
            }
        }
        return null;
    }

    private static Integer[] range(int end) {
        Integer[] range = new Integer[end];
        Arrays.setAll(range, i -> i);
        return range;
    }
}
