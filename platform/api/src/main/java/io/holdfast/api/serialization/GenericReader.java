package io.holdfast.api.serialization;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads values by their description alone, as trees of maps, lists, numbers, texts, booleans and
 * null. No class is loaded. A description whose names, versions or parts do not fit is not known; a
 * count that no bytes stand for is refused, so memory stays in proportion to the bytes that are
 * really there.
 */
final class GenericReader implements Serializer<Object> {

    /** As many elements without a single byte are believed. */
    private static final int MAX_EMPTY_ELEMENTS = 1 << 16;

    /** As many descriptions in one are believed. */
    private static final int MAX_PARTS = 100_000;

    private static final Map<SerializerSnapshot, Serializer<?>> BASIC =
            SerializerSearch.BASIC.values().stream()
                    .collect(Collectors.toMap(Serializer::snapshot, basic -> basic));

    private final SerializerSnapshot written;
    private final Reading reading;

    /** Number of bytes of every value, or {@link #VARIABLE_LENGTH}. */
    private final int fixedLength;

    /** Reads one value as a tree. */
    private interface Reading {
        Object read(DataInput in) throws IOException;
    }

    private GenericReader(SerializerSnapshot written, int fixedLength, Reading reading) {
        this.written = written;
        this.fixedLength = fixedLength;
        this.reading = reading;
    }

    private static GenericReader variable(SerializerSnapshot written, Reading reading) {
        return new GenericReader(written, VARIABLE_LENGTH, reading);
    }

    static Optional<Serializer<Object>> of(SerializerSnapshot written) {
        boolean bounded = parts(written, 0) <= MAX_PARTS;
        return Optional.ofNullable(bounded ? known(written) : null);
    }

    /** How many descriptions there are in one; too many if it is too deep. */
    private static int parts(SerializerSnapshot written, int depth) {
        if (depth > SerializerSnapshot.MAX_DEPTH) {
            return MAX_PARTS + 1;
        }
        int sum = 1;
        for (SerializerSnapshot part : written.nested()) {
            sum += parts(part, depth + 1);
            if (sum > MAX_PARTS) {
                break;
            }
        }
        return sum;
    }

    /** The reader of a description, or null. */
    private static GenericReader known(SerializerSnapshot written) {
        Serializer<?> basic = BASIC.get(written);
        if (basic == null && Widening.isPrimitive(written)) {
            basic = Widening.stored(written).orElse(null);
        }
        if (basic != null) {
            Serializer<?> found = basic;
            return new GenericReader(written, found.fixedLength(), in -> plain(found.read(in)));
        }
        if (written.version() != 1) {
            return provided(written);
        }
        String name = written.name();
        int colon = name.indexOf(':');
        if (colon > 0 && name.startsWith("enum:")) {
            return ofEnum(written);
        }
        List<GenericReader> parts = new ArrayList<>();
        for (SerializerSnapshot part : written.nested()) {
            GenericReader reader = known(part);
            if (reader == null) {
                return null;
            }
            parts.add(reader);
        }
        if (StructSerializer.describes(written)) {
            return struct(written, parts);
        }
        if (colon > 0 && name.startsWith("sealed:")) {
            return sealed(written, parts);
        }
        return composed(written, parts);
    }

    private static GenericReader composed(SerializerSnapshot written, List<GenericReader> parts) {
        String kind = written.name() + parts.size();
        return switch (kind) {
            case "list1", "set1" -> elements(written, parts.get(0), false);
            case "array1" -> elements(written, parts.get(0), true);
            case "optional1" -> variable(written, in -> nullable(true, parts.get(0), in));
            case "map2" -> map(written, parts.get(0), parts.get(1));
            case "timed1" -> timed(written, parts.get(0), false);
            case "timed-or-null1" -> timed(written, parts.get(0), true);
            default -> provided(written);
        };
    }

    private static GenericReader provided(SerializerSnapshot written) {
        return ProvidedSerializers.first(provider -> provider.generic(written))
                .map(reader -> new GenericReader(written, reader.fixedLength(), reader::read))
                .orElse(null);
    }

    /** Numbers, booleans and texts as they are, bytes as hexadecimal text, arrays as lists. */
    private static Object plain(Object value) {
        if (value instanceof Number || value instanceof Boolean) {
            return value;
        }
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        if (value.getClass().isArray()) {
            List<Object> elements = new ArrayList<>();
            for (int i = 0; i < Array.getLength(value); i++) {
                elements.add(plain(Array.get(value, i)));
            }
            return elements;
        }
        return value.toString();
    }

    private static GenericReader ofEnum(SerializerSnapshot written) {
        List<String> constants = Arrays.asList(EnumSerializer.storedNames(written));
        return !written.nested().isEmpty()
                ? null
                : new GenericReader(
                        written,
                        Integer.BYTES,
                        in -> constants.get(EnumSerializer.readPosition(in, constants.size())));
    }

    private static GenericReader struct(SerializerSnapshot written, List<GenericReader> parts) {
        List<String> names = StructSerializer.names(written);
        if (names == null || names.stream().distinct().count() != names.size()) {
            return null;
        }
        boolean[] flagged = new boolean[parts.size()];
        long length = 0;
        for (int i = 0; i < flagged.length; i++) {
            flagged[i] = !Widening.isPrimitive(written.nested().get(i));
            length = length < 0 || flagged[i] ? VARIABLE_LENGTH : length + parts.get(i).fixedLength;
        }
        String name = TypeWords.simpleName(written);
        return new GenericReader(
                written,
                (int) length,
                in -> {
                    Map<String, Object> members = new NamedTree(name);
                    for (int i = 0; i < flagged.length; i++) {
                        members.put(names.get(i), nullable(flagged[i], parts.get(i), in));
                    }
                    return members;
                });
    }

    private static GenericReader sealed(SerializerSnapshot written, List<GenericReader> parts) {
        List<String> names =
                written.nested().stream()
                        .map(part -> part.name().substring(part.name().indexOf(':') + 1))
                        .toList();
        return variable(
                written,
                in -> {
                    int position = SealedSerializer.readPosition(in, parts.size());
                    Map<String, Object> chosen = new NamedTree("");
                    chosen.put(names.get(position), parts.get(position).read(in));
                    return chosen;
                });
    }

    private static GenericReader elements(
            SerializerSnapshot written, GenericReader element, boolean flagged) {
        return variable(
                written,
                in -> {
                    int count = count(in, !flagged && element.fixedLength == 0);
                    List<Object> list =
                            new ArrayList<>(Math.min(count, CollectionSerializers.FIRST_CHUNK));
                    for (int i = 0; i < count; i++) {
                        list.add(nullable(flagged, element, in));
                    }
                    return list;
                });
    }

    private static GenericReader map(
            SerializerSnapshot written, GenericReader key, GenericReader value) {
        return variable(
                written,
                in -> {
                    int count = count(in, false);
                    Map<Object, Object> map = new LinkedHashMap<>();
                    for (int i = 0; i < count; i++) {
                        Object entryKey = key.read(in);
                        map.put(entryKey, nullable(true, value, in));
                    }
                    return map;
                });
    }

    /**
     * A value of a state with a time to live: i64 when it was stored last, then the value. Their
     * serializer is the engine's; the names are part of what it stores.
     */
    private static GenericReader timed(
            SerializerSnapshot written, GenericReader value, boolean flagged) {
        boolean variable = flagged || value.fixedLength == VARIABLE_LENGTH;
        return new GenericReader(
                written,
                variable ? VARIABLE_LENGTH : Long.BYTES + value.fixedLength,
                in -> {
                    Map<String, Object> members = new LinkedHashMap<>();
                    members.put("time", in.readLong());
                    members.put("value", nullable(flagged, value, in));
                    return members;
                });
    }

    private static int count(DataInput in, boolean withoutBytes) throws IOException {
        int count = CollectionSerializers.count(in);
        if (withoutBytes && count > MAX_EMPTY_ELEMENTS) {
            throw new IOException(
                    "%d elements without a byte; at most %d are believed"
                            .formatted(count, MAX_EMPTY_ELEMENTS));
        }
        return count;
    }

    private static Object nullable(boolean flagged, GenericReader reader, DataInput in)
            throws IOException {
        return flagged && in.readBoolean() ? null : reader.read(in);
    }

    @Override
    public Object read(DataInput in) throws IOException {
        return reading.read(in);
    }

    @Override
    public void write(Object value, DataOutput out) {
        throw new UnsupportedOperationException(
                "reads what was stored as " + written + ", does not write it");
    }

    @Override
    public Object copy(Object value) {
        return value;
    }

    @Override
    public int fixedLength() {
        return fixedLength;
    }

    @Override
    public SerializerSnapshot snapshot() {
        return written;
    }
}
