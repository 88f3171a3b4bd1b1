package io.holdfast.api.serialization;

import java.io.DataInput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Which numbers take over which: only where every value stays exactly what it was. A primitive may
 * become its wrapper, but not the other way round: a stored null would have no value.
 */
final class Widening {
    private static final String PRIMITIVE = "primitive-";

    private static final Map<String, Set<String>> SOURCES =
            Map.of(
                    "short", Set.of("byte"),
                    "integer", Set.of("byte", "short"),
                    "long", Set.of("byte", "short", "integer"),
                    "float", Set.of("byte", "short"),
                    "double", Set.of("byte", "short", "integer", "float"));

    private static final Map<String, Function<Number, Object>> CONVERSIONS =
            Map.of(
                    "short", Number::shortValue,
                    "integer", Number::intValue,
                    "long", Number::longValue,
                    "float", Number::floatValue,
                    "double", Number::doubleValue);

    private static final List<Serializer<?>> WRAPPERS =
            List.of(
                    BasicSerializers.BOOLEAN,
                    BasicSerializers.BYTE,
                    BasicSerializers.SHORT,
                    BasicSerializers.CHARACTER,
                    BasicSerializers.INTEGER,
                    BasicSerializers.LONG,
                    BasicSerializers.FLOAT,
                    BasicSerializers.DOUBLE);

    private Widening() {}

    /** Whether a description is that of a primitive, whose value has no flag for null before it. */
    static boolean isPrimitive(SerializerSnapshot snapshot) {
        return snapshot.name().startsWith(PRIMITIVE);
    }

    /** The name of the wrapper's serializer for a primitive's; any other name as it is. */
    private static String wrapper(SerializerSnapshot snapshot) {
        String name = snapshot.name();
        return isPrimitive(snapshot) ? name.substring(PRIMITIVE.length()) : name;
    }

    /** The serializer of a primitive or a wrapper that a description speaks of. */
    static Optional<Serializer<?>> stored(SerializerSnapshot written) {
        return WRAPPERS.stream()
                .filter(wrapper -> wrapper.snapshot().equals(plain(written)))
                .findFirst();
    }

    private static SerializerSnapshot plain(SerializerSnapshot written) {
        return new SerializerSnapshot(
                wrapper(written), written.version(), written.body(), written.nested());
    }

    /** The verdict of a serializer of a basic type, a primitive or a wrapper among them. */
    @SuppressWarnings("unchecked")
    static <T> Compatibility<T> verdict(Serializer<T> present, SerializerSnapshot written) {
        SerializerSnapshot own = present.snapshot();
        if (own.equals(written)) {
            return Compatibility.asIs();
        }
        Serializer<?> stored = stored(written).orElse(null);
        String to = wrapper(own);
        if (stored == null || stored(own).isEmpty()) {
            return Parts.mismatch(own, written);
        }
        if (isPrimitive(own) && !isPrimitive(written)) {
            return mismatch(
                    own, written, "a stored null would have no value: declare the wrapper class");
        }
        if (stored.toString().equals(to)) {
            return Compatibility.afterMigration(
                    reader(present, written, in -> (T) stored.read(in)));
        }
        if (SOURCES.getOrDefault(to, Set.of()).contains(stored.toString())) {
            Function<Number, Object> convert = CONVERSIONS.get(to);
            return Compatibility.afterMigration(
                    reader(present, written, in -> (T) convert.apply((Number) stored.read(in))));
        }
        return mismatch(
                own,
                written,
                "numbers change only where every value stays exact: declare the type that is stored");
    }

    private static <T> Compatibility<T> mismatch(
            SerializerSnapshot own, SerializerSnapshot written, String advice) {
        return Compatibility.incompatible(
                "stored as " + written + ", the job uses " + own + "; " + advice);
    }

    /** Reads one value. */
    private interface Reading<T> {
        T read(DataInput in) throws IOException;
    }

    private static <T> Serializer<T> reader(
            Serializer<T> present, SerializerSnapshot written, Reading<T> reading) {
        return new StoredReader<>(written, present) {
            @Override
            public T read(DataInput in) throws IOException {
                return reading.read(in);
            }
        };
    }
}
