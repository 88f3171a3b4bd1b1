package io.holdfast.api.serialization;

import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Generic types without their variables: classes and parameterized classes, nothing else. */
final class Types {

    private Types() {}

    /** A class with arguments; equal to another one of the same parts. */
    record Parameterized(Class<?> raw, List<Type> arguments) implements ParameterizedType {

        @Override
        public Type[] getActualTypeArguments() {
            return arguments.toArray(new Type[0]);
        }

        @Override
        public Type getRawType() {
            return raw;
        }

        @Override
        public Type getOwnerType() {
            return raw.getDeclaringClass();
        }

        @Override
        public String toString() {
            return raw.getName()
                    + arguments.stream()
                            .map(Type::getTypeName)
                            .collect(Collectors.joining(", ", "<", ">"));
        }
    }

    /**
     * Puts in what variables stand for. A variable nobody bound is the class it is bounded by, and
     * so is a wildcard.
     */
    static Type resolve(Type type, Map<TypeVariable<?>, Type> bindings) {
        if (type instanceof TypeVariable<?> variable) {
            Type bound = bindings.get(variable);
            return bound != null ? bound : raw(variable.getBounds()[0]);
        }
        if (type instanceof WildcardType wildcard) {
            return resolve(wildcard.getUpperBounds()[0], bindings);
        }
        if (type instanceof GenericArrayType array) {
            Type element = resolve(array.getGenericComponentType(), bindings);
            return element instanceof Class<?> plain
                    ? plain.arrayType()
                    : new Parameterized(raw(element).arrayType(), List.of(element));
        }
        if (type instanceof ParameterizedType parameterized) {
            return new Parameterized(
                    (Class<?>) parameterized.getRawType(),
                    Arrays.stream(parameterized.getActualTypeArguments())
                            .map(argument -> resolve(argument, bindings))
                            .toList());
        }
        return type;
    }

    /** The class of a type. */
    static Class<?> raw(Type type) {
        if (type instanceof ParameterizedType parameterized) {
            return (Class<?>) parameterized.getRawType();
        }
        if (type instanceof TypeVariable<?> variable) {
            return raw(variable.getBounds()[0]);
        }
        if (type instanceof WildcardType wildcard) {
            return raw(wildcard.getUpperBounds()[0]);
        }
        if (type instanceof GenericArrayType array) {
            return Array.newInstance(raw(array.getGenericComponentType()), 0).getClass();
        }
        return (Class<?>) type;
    }

    /** The element type of an array; empty if it is none. */
    static Optional<Type> element(Type resolved) {
        if (!raw(resolved).isArray()) {
            return Optional.empty();
        }
        return Optional.of(
                resolved instanceof Parameterized array
                        ? array.arguments().get(0)
                        : raw(resolved).getComponentType());
    }

    /** What the variables of a type's class stand for. */
    static Map<TypeVariable<?>, Type> bindings(Type resolved) {
        Map<TypeVariable<?>, Type> bindings = new HashMap<>();
        if (resolved instanceof Parameterized parameterized) {
            TypeVariable<?>[] variables = parameterized.raw().getTypeParameters();
            for (int i = 0; i < variables.length; i++) {
                bindings.put(variables[i], parameterized.arguments().get(i));
            }
        }
        return bindings;
    }

    /** A subclass with its arguments chosen so that its direct supertype is the one given. */
    static Type subtype(Class<?> subclass, Type resolvedParent) {
        if (subclass.getTypeParameters().length == 0) {
            return subclass;
        }
        Map<TypeVariable<?>, Type> bindings = new HashMap<>();
        for (Type parent : directSupertypes(subclass)) {
            if (raw(parent) == raw(resolvedParent)
                    && parent instanceof ParameterizedType declared
                    && resolvedParent instanceof Parameterized given) {
                Type[] arguments = declared.getActualTypeArguments();
                for (int i = 0; i < arguments.length; i++) {
                    if (arguments[i] instanceof TypeVariable<?> variable) {
                        bindings.put(variable, given.arguments().get(i));
                    }
                }
            }
        }
        return new Parameterized(
                subclass,
                Arrays.stream(subclass.getTypeParameters())
                        .map(variable -> resolve(variable, bindings))
                        .toList());
    }

    private static List<Type> directSupertypes(Class<?> type) {
        List<Type> supertypes =
                new java.util.ArrayList<>(Arrays.asList(type.getGenericInterfaces()));
        if (type.getGenericSuperclass() != null) {
            supertypes.add(type.getGenericSuperclass());
        }
        return supertypes;
    }
}
