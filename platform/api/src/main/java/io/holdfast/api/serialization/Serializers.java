package io.holdfast.api.serialization;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The serializers that come with Holdfast. All are safe to share between threads.
 *
 * <p>Null may stand where something has a place of its own: a component of a record, a field of a
 * POJO, a value of a map, an element of an array. It may not be an element of a list or a set, a
 * key, or a value by itself: that is a {@link NullPointerException} when it is written.
 *
 * <p>Keys and namespaces must have equal bytes where they are equal. That is so for all types but
 * arrays, sets and maps, and what holds one of those.
 *
 * <p>What may change between two versions of a program, for records and POJOs: members added (they
 * get zero, null, or what the constructor of a POJO gives), removed, reordered, renamed by {@link
 * FormerlyNamed}, widened where every value stays exact (byte, short, int, long; float, double; int
 * to double), made a wrapper of a primitive; a record made a POJO and back. Enum constants and
 * subtypes of a sealed type may be added, reordered and renamed; one that is stored may not vanish
 * without an heir. Everything else is incompatible, and the reason says what to do.
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

    private Serializers() {}

    /**
     * Serializer of lists.
     *
     * @param element serializer of the elements
     * @param <T> type of the elements
     * @return a serializer whose lists are mutable {@link java.util.ArrayList}s
     */
    public static <T> Serializer<List<T>> list(Serializer<T> element) {
        return CollectionSerializers.list(element);
    }

    /**
     * Serializer of maps as one value. Null values are allowed, null keys are not. Equal maps may
     * differ in their bytes: not for keys.
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
     * Serializer of sets as one value. Equal sets may differ in their bytes: not for keys.
     *
     * @param element serializer of the elements
     * @param <T> type of the elements
     * @return a serializer whose sets are mutable and keep the order of elements
     */
    public static <T> Serializer<Set<T>> set(Serializer<T> element) {
        return CollectionSerializers.set(element);
    }

    /**
     * Serializer of optional values.
     *
     * @param value serializer of the values
     * @param <T> type of the values
     * @return a serializer
     */
    public static <T> Serializer<Optional<T>> optional(Serializer<T> value) {
        return new CollectionSerializers.OptionalSerializer<>(value);
    }

    /**
     * Serializer of a class: a wrapper of a primitive, String, an array, BigInteger, BigDecimal,
     * UUID, a class of {@code java.time}, an enum, a record, a class with fields and a constructor
     * without parameters (a POJO), or a sealed type of these; or one that a {@link
     * SerializerProvider} knows.
     *
     * <p>A POJO's fields are those that are neither static nor transient, inherited ones included;
     * its objects must be of exactly the declared class. Types of components and fields are found
     * in the same way; they may be primitive, and generic.
     *
     * @param type the class
     * @param <T> the type
     * @return its serializer
     * @throws io.holdfast.api.error.HoldfastException STATE-3002 if there is none for {@code type},
     *     STATE-3001 if its package is not open to this one
     */
    @SuppressWarnings("unchecked")
    public static <T> Serializer<T> forClass(Class<T> type) {
        return (Serializer<T>) SerializerSearch.of(type);
    }

    /**
     * Serializer of a type with its type arguments: {@code Serializers.of(new TypeOf<Map<String,
     * List<Order>>>() {})}. Arguments may be whatever {@link #forClass} takes, and arrays, {@link
     * List}, {@link Set}, {@link Map} and {@link Optional} of it.
     *
     * @param type the type
     * @param <T> the type
     * @return its serializer
     * @throws io.holdfast.api.error.HoldfastException STATE-3002 if there is none for {@code type},
     *     STATE-3001 if a package is not open to this one
     */
    @SuppressWarnings("unchecked")
    public static <T> Serializer<T> of(TypeOf<T> type) {
        return (Serializer<T>) SerializerSearch.of(type.type());
    }

    /**
     * What reads stored values by their description alone, without the classes of the program that
     * wrote them. Values become trees:
     *
     * <ul>
     *   <li>numbers, booleans and texts stay what they are; characters, enum constants, UUIDs and
     *       everything of {@code java.time} become texts, bytes hexadecimal ones;
     *   <li>records and POJOs become {@link Map}s by name, in stored order, whose text is {@code
     *       Name{member=…}}; a value of a sealed type a map of one entry, from the name of its
     *       class to the value;
     *   <li>lists, sets and arrays become {@link List}s, maps {@link Map}s, an empty optional null;
     *   <li>a value of a state with a time to live becomes a map of {@code time}, when it was
     *       stored last in milliseconds, and {@code value}.
     * </ul>
     *
     * <p>No class is loaded, and the memory taken is in proportion to the bytes that are read,
     * whatever a damaged or hostile description says. The reader does not write.
     *
     * <p>What a library of types wrote is read by its {@link SerializerProvider}, if that is there.
     *
     * @param snapshot a stored description
     * @return a reader, or empty if a serializer is involved that is not one of these
     */
    public static Optional<Serializer<Object>> generic(SerializerSnapshot snapshot) {
        return GenericReader.of(snapshot);
    }

    /**
     * Says in words what a stored description describes, such as {@code Order(id: long, tags:
     * list<string>)}. No class is loaded; the text is at most some 2,000 letters long. It holds
     * names from the description as they are.
     *
     * @param snapshot a stored description
     * @return one line for people
     */
    public static String describe(SerializerSnapshot snapshot) {
        return TypeWords.of(snapshot);
    }

    /**
     * Says where two descriptions differ: members of records and POJOs that go, are added or become
     * something else, by name.
     *
     * @param stored what was written
     * @param wanted what is to be written
     * @return clauses for people, the first 20 or so; none if they are equal or differ in order
     *     alone
     */
    public static List<String> differences(SerializerSnapshot stored, SerializerSnapshot wanted) {
        return TypeWords.differences(stored, wanted);
    }
}
