package io.holdfast.api.serialization;

import io.holdfast.api.error.Problem;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The serializers that come with Holdfast: basic types, enums, records, lists, maps. All are safe
 * to share between threads.
 */
public final class Serializers {

    /** {@code boolean}, one byte. */
    public static final Serializer<Boolean> BOOLEAN = BasicSerializers.BOOLEAN;

    /** {@code byte}. */
    public static final Serializer<Byte> BYTE = BasicSerializers.BYTE;

    /** {@code short}, two bytes, highest first. */
    public static final Serializer<Short> SHORT = BasicSerializers.SHORT;

    /** {@code char}, two bytes, highest first. */
    public static final Serializer<Character> CHARACTER = BasicSerializers.CHARACTER;

    /** {@code int}, four bytes, highest first. */
    public static final Serializer<Integer> INTEGER = BasicSerializers.INTEGER;

    /** {@code long}, eight bytes, highest first. */
    public static final Serializer<Long> LONG = BasicSerializers.LONG;

    /** {@code float}, four bytes as {@link Float#floatToIntBits}. */
    public static final Serializer<Float> FLOAT = BasicSerializers.FLOAT;

    /** {@code double}, eight bytes as {@link Double#doubleToLongBits}. */
    public static final Serializer<Double> DOUBLE = BasicSerializers.DOUBLE;

    /** {@code byte[]} as a value; not for keys, whose equality must not be identity. */
    public static final Serializer<byte[]> BYTES = BasicSerializers.BYTES;

    /** {@code String} of up to 2^31 - 2 UTF-16 units; one byte for each ASCII character. */
    public static final Serializer<String> STRING = BasicSerializers.STRING;

    private static final Map<Class<?>, Serializer<?>> BY_CLASS =
            Map.of(
                    Boolean.class, BOOLEAN,
                    Byte.class, BYTE,
                    Short.class, SHORT,
                    Character.class, CHARACTER,
                    Integer.class, INTEGER,
                    Long.class, LONG,
                    Float.class, FLOAT,
                    Double.class, DOUBLE,
                    byte[].class, BYTES,
                    String.class, STRING);

    private Serializers() {}

    /**
     * Serializer of lists.
     *
     * @param element serializer of the elements
     * @param <T> type of the elements
     * @return a serializer whose lists are mutable {@link java.util.ArrayList}s
     */
    public static <T> Serializer<List<T>> list(Serializer<T> element) {
        return new CollectionSerializers.ListSerializer<>(element);
    }

    /**
     * Serializer of maps as one value. Null values are allowed, null keys are not.
     *
     * @param key serializer of the keys
     * @param value serializer of the values
     * @param <K> type of the keys
     * @param <V> type of the values
     * @return a serializer whose maps are mutable and keep the order of entries
     */
    public static <K, V> Serializer<Map<K, V>> map(Serializer<K> key, Serializer<V> value) {
        return new CollectionSerializers.MapSerializer<>(key, value);
    }

    /**
     * Serializer of a basic type, an enum or a record whose components are such types or lists and
     * maps of them.
     *
     * @param type the class
     * @param <T> the type
     * @return its serializer
     * @throws io.holdfast.api.error.HoldfastException STATE-3002 if there is none for {@code type}
     */
    @SuppressWarnings("unchecked")
    public static <T> Serializer<T> forClass(Class<T> type) {
        return (Serializer<T>) forType(type, Set.of());
    }

    /**
     * Finds a serializer.
     *
     * @param type the type
     * @param enclosing records that are being looked at: one that holds itself has no end
     */
    static Serializer<?> forType(Type type, Set<Class<?>> enclosing) {
        if (type instanceof ParameterizedType parameterized) {
            Type[] arguments = parameterized.getActualTypeArguments();
            if (parameterized.getRawType() == List.class) {
                return list(forType(arguments[0], enclosing));
            }
            if (parameterized.getRawType() == Map.class) {
                return map(forType(arguments[0], enclosing), forType(arguments[1], enclosing));
            }
        }
        if (type instanceof Class<?> plain) {
            Serializer<?> found =
                    plain.isPrimitive() ? Primitives.serializer(plain) : BY_CLASS.get(plain);
            if (found == null) {
                found = composed(plain, enclosing);
            }
            if (found != null) {
                return found;
            }
        }
        throw Problem.user("STATE-3002", "No serializer for " + type.getTypeName() + ".")
                .with(
                        "possible",
                        "wrappers of primitives, String, byte[], enums, records, and List and Map of these inside records")
                .advise("make it a record, or pass an io.holdfast.api.serialization.Serializer")
                .exception();
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Serializer<?> composed(Class<?> type, Set<Class<?>> enclosing) {
        if (type.isRecord()) {
            if (enclosing.contains(type)) {
                throw Problem.user(
                                "STATE-3002",
                                "No serializer for " + type.getName() + ", which holds itself.")
                        .with("possible", "records that end after a known number of steps")
                        .advise(
                                "keep references by key instead, or pass an io.holdfast.api.serialization.Serializer")
                        .exception();
            }
            return new RecordSerializer(type, enclosing);
        }
        return type.isEnum() ? new EnumSerializer(type) : null;
    }

    /**
     * The serializer that a stored description speaks of, if it is made of basic types, lists and
     * maps only: the allow-list for reading data without the program that wrote them. No class is
     * loaded.
     *
     * @param snapshot a stored description
     * @return the serializer, or empty if another type is involved
     */
    public static Optional<Serializer<?>> known(SerializerSnapshot snapshot) {
        List<SerializerSnapshot> nested = snapshot.nested();
        if (snapshot.name().equals("list") && nested.size() == 1) {
            return known(nested.get(0)).map(Serializers::list);
        }
        if (snapshot.name().equals("map") && nested.size() == 2) {
            return known(nested.get(0))
                    .flatMap(key -> known(nested.get(1)).map(value -> map(key, value)));
        }
        String name = snapshot.name();
        return BY_CLASS.values().stream()
                .filter(
                        basic ->
                                name.equals("primitive-" + basic)
                                        || basic.snapshot().equals(snapshot))
                .<Serializer<?>>map(basic -> basic)
                .findFirst();
    }
}
