package io.holdfast.api.serialization;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the serializer of a type: a basic one by its class, else one composed of those of its
 * parts. A type that holds itself has no end and is refused.
 */
final class SerializerSearch {

    /** Types of one name and one encoding, which need no parts to be described. */
    static final Map<Class<?>, Serializer<?>> BASIC = basic();

    /** As deep as a description may be. */
    private static final int MAX_DEPTH = SerializerSnapshot.MAX_DEPTH;

    /** The types that are being looked at, the outermost first. */
    private final List<Type> enclosing = new ArrayList<>();

    private SerializerSearch() {}

    private static Map<Class<?>, Serializer<?>> basic() {
        Map<Class<?>, Serializer<?>> all =
                new HashMap<>(
                        Map.of(
                                Boolean.class, BasicSerializers.BOOLEAN,
                                Byte.class, BasicSerializers.BYTE,
                                Short.class, BasicSerializers.SHORT,
                                Character.class, BasicSerializers.CHARACTER,
                                Integer.class, BasicSerializers.INTEGER,
                                Long.class, BasicSerializers.LONG,
                                Float.class, BasicSerializers.FLOAT,
                                Double.class, BasicSerializers.DOUBLE,
                                byte[].class, BasicSerializers.BYTES,
                                String.class, BasicSerializers.STRING));
        all.putAll(ArraySerializers.BY_CLASS);
        all.putAll(NumberSerializers.BY_CLASS);
        all.putAll(TimeSerializers.BY_CLASS);
        return Map.copyOf(all);
    }

    static Serializer<?> of(Type type) {
        return new SerializerSearch().find(Types.resolve(type, Map.of()));
    }

    private Serializer<?> find(Type type) {
        Class<?> raw = Types.raw(type);
        Serializer<?> simple = raw.isPrimitive() ? Primitives.serializer(raw) : BASIC.get(raw);
        if (simple != null) {
            return simple;
        }
        if (enclosing.contains(type)) {
            throw refused(
                    type,
                    "it holds itself, so its values have no known end",
                    "keep references by key instead, or pass an io.holdfast.api.serialization.Serializer");
        }
        if (enclosing.size() > MAX_DEPTH - 2) {
            throw refused(type, "it is nested deeper than " + MAX_DEPTH, "make it flatter");
        }
        enclosing.add(type);
        Serializer<?> composed = composed(type, raw);
        enclosing.remove(enclosing.size() - 1);
        return composed;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private Serializer<?> composed(Type type, Class<?> raw) {
        Optional<Type> element = Types.element(type);
        if (element.isPresent()) {
            return new ArraySerializers.Objects(raw.getComponentType(), find(element.get()));
        }
        if (type instanceof Types.Parameterized parameterized) {
            List<Type> arguments = parameterized.arguments();
            if (raw == List.class) {
                return Serializers.list(find(arguments.get(0)));
            }
            if (raw == Set.class) {
                return Serializers.set(find(arguments.get(0)));
            }
            if (raw == Optional.class) {
                return Serializers.optional(find(arguments.get(0)));
            }
            if (raw == Map.class) {
                return Serializers.map(find(arguments.get(0)), find(arguments.get(1)));
            }
        }
        if (raw.isEnum()) {
            return new EnumSerializer(raw);
        }
        if (raw.isRecord()) {
            return new StructSerializer<>(
                    new RecordStructure<>(raw, Types.bindings(type)), this::find);
        }
        if (raw.isSealed()) {
            List<SealedSerializer.Subtype> subtypes = new ArrayList<>();
            collect(type, subtypes);
            return new SealedSerializer(raw, subtypes);
        }
        Optional<? extends Serializer<?>> provided =
                ProvidedSerializers.first(provider -> provider.forClass(raw));
        return provided.isPresent() ? provided.get() : pojo(type, raw);
    }

    private Serializer<?> pojo(Type type, Class<?> raw) {
        Optional<String> obstacle = PojoStructure.obstacle(raw);
        if (obstacle.isPresent()) {
            throw refused(
                    type,
                    obstacle.get(),
                    "make it a record, or pass an io.holdfast.api.serialization.Serializer");
        }
        return new StructSerializer<>(new PojoStructure<>(raw, Types.bindings(type)), this::find);
    }

    /** The subtypes that objects can have: what is sealed or abstract stands for those below it. */
    @SuppressWarnings("unchecked")
    private void collect(Type type, List<SealedSerializer.Subtype> subtypes) {
        Class<?> raw = Types.raw(type);
        if (!Modifier.isAbstract(raw.getModifiers())) {
            subtypes.add(new SealedSerializer.Subtype(raw, (Serializer<Object>) pojo(type, raw)));
        }
        for (Class<?> permitted : raw.getPermittedSubclasses()) {
            Type subtype = Types.subtype(permitted, type);
            if (permitted.isSealed() && !permitted.isEnum()) {
                collect(subtype, subtypes);
            } else if (Modifier.isFinal(permitted.getModifiers()) || permitted.isEnum()) {
                if (subtypes.stream().noneMatch(known -> known.type() == permitted)) {
                    subtypes.add(
                            new SealedSerializer.Subtype(
                                    permitted, (Serializer<Object>) find(subtype)));
                }
            } else {
                throw refused(
                        type,
                        "its subtype " + permitted.getName() + " is open to further subtypes",
                        "make that one final or sealed");
            }
        }
    }

    private static HoldfastException refused(Type type, String reason, String advice) {
        return Problem.user("STATE-3002", "No serializer for " + type.getTypeName() + ".")
                .with("because", reason)
                .with(
                        "possible",
                        "primitives, wrappers, String, big numbers, UUID, java.time, enums, records, classes with fields and a constructor without parameters, sealed types of these, and arrays, List, Set, Map and Optional of these")
                .advise(advice)
                .exception();
    }
}
