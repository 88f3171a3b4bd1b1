package io.holdfast.api.serialization;

import io.holdfast.api.error.Problem;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A class with a constructor without parameters: its fields and those of its superclasses that are
 * neither static nor transient, in the order of their names. Fields of which nothing is stored keep
 * what the constructor gives them.
 */
final class PojoStructure<T> implements Structure<T> {
    private final Class<T> type;
    private final List<Member> members = new ArrayList<>();
    private final MethodHandle[] getters;
    private final MethodHandle[] setters;
    private final MethodHandle constructor;

    /** A field, and its type without variables. */
    private record Place(Field field, Type type) {}

    PojoStructure(Class<T> type, Map<TypeVariable<?>, Type> bindings) {
        this.type = type;
        List<Place> places = places(type, bindings);
        this.getters = new MethodHandle[places.size()];
        this.setters = new MethodHandle[places.size()];
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            for (int i = 0; i < getters.length; i++) {
                Field field = places.get(i).field;
                field.setAccessible(true);
                members.add(
                        new Member(
                                field.getName(),
                                FormerNames.of(field),
                                field.getType(),
                                places.get(i).type));
                getters[i] =
                        lookup.unreflectGetter(field)
                                .asType(MethodType.methodType(Object.class, Object.class));
                setters[i] =
                        lookup.unreflectSetter(field)
                                .asType(
                                        MethodType.methodType(
                                                void.class, Object.class, Object.class));
            }
            Constructor<T> plain = type.getDeclaredConstructor();
            plain.setAccessible(true);
            constructor =
                    lookup.unreflectConstructor(plain).asType(MethodType.methodType(Object.class));
        } catch (NoSuchMethodException | IllegalAccessException | InaccessibleObjectException e) {
            throw Structure.closed(type, e);
        }
    }

    /** Why a class cannot be taken as its fields; empty if it can. */
    static Optional<String> obstacle(Class<?> type) {
        if (type.isInterface() || type.isArray() || type.isEnum() || type.isAnnotation()) {
            return Optional.of("it is not a class of objects with fields");
        }
        if (Modifier.isAbstract(type.getModifiers())) {
            return Optional.of("it is abstract and not sealed, so its subtypes are not known");
        }
        if (isOfJdk(type)) {
            return Optional.of("it is a class of the JDK that holds more than values");
        }
        boolean inner = type.isMemberClass() && !Modifier.isStatic(type.getModifiers());
        if (inner || type.isLocalClass() || type.isAnonymousClass() || type.isHidden()) {
            return Optional.of("it is an inner class; make it static");
        }
        if (Arrays.stream(type.getDeclaredConstructors())
                .noneMatch(constructor -> constructor.getParameterCount() == 0)) {
            return Optional.of("it has no constructor without parameters");
        }
        Set<String> names = new HashSet<>();
        for (Place place : places(type, Map.of())) {
            String name = place.field.getName();
            if (Modifier.isFinal(place.field.getModifiers())) {
                return Optional.of("its field " + name + " is final; make it a record");
            }
            if (!names.add(name)) {
                return Optional.of("a superclass has a field " + name + " as well; rename one");
            }
            if (isOfJdk(place.field.getDeclaringClass())) {
                return Optional.of("it inherits from " + place.field.getDeclaringClass().getName());
            }
        }
        return Optional.empty();
    }

    private static boolean isOfJdk(Class<?> type) {
        return type.getClassLoader() == null || type.getName().startsWith("java.");
    }

    private static List<Place> places(Class<?> type, Map<TypeVariable<?>, Type> bindings) {
        List<Place> places = new ArrayList<>();
        Map<TypeVariable<?>, Type> meaning = bindings;
        for (Class<?> level = type; level != Object.class; ) {
            for (Field field : level.getDeclaredFields()) {
                if ((field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0) {
                    places.add(new Place(field, Types.resolve(field.getGenericType(), meaning)));
                }
            }
            meaning = Types.bindings(Types.resolve(level.getGenericSuperclass(), meaning));
            level = level.getSuperclass();
        }
        places.sort(Comparator.comparing(place -> place.field.getName()));
        return places;
    }

    @Override
    public String kind() {
        return "pojo";
    }

    @Override
    public Class<T> type() {
        return type;
    }

    @Override
    public List<Member> members() {
        return members;
    }

    @Override
    public boolean isImmutable() {
        return false;
    }

    @Override
    public Object get(T value, int index) {
        if (value.getClass() != type) {
            throw Problem.user(
                            "STATE-3021",
                            "A value of %s stands where %s is declared."
                                    .formatted(value.getClass().getName(), type.getName()))
                    .with("because", "the fields of a subclass would be lost")
                    .advise(
                            "declare a sealed type and its subtypes, or pass a serializer of your own")
                    .exception();
        }
        try {
            return (Object) getters[index].invokeExact((Object) value);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(
                    "field " + members.get(index).name() + " of " + type, e);
        }
    }

    @Override
    public Object[] unset() {
        Object[] values = new Object[setters.length];
        Arrays.fill(values, UNSET);
        return values;
    }

    @Override
    public T make(Object[] values) {
        try {
            Object made = (Object) constructor.invokeExact();
            for (int i = 0; i < setters.length; i++) {
                if (values[i] != UNSET) {
                    setters[i].invokeExact(made, values[i]);
                }
            }
            return type.cast(made);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("constructor of " + type, e);
        }
    }
}
