package io.holdfast.api.serialization;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A record: its components in declaration order. */
final class RecordStructure<R> implements Structure<R> {
    private final Class<R> type;
    private final List<Member> members = new ArrayList<>();
    private final MethodHandle[] accessors;
    private final MethodHandle constructor;

    RecordStructure(Class<R> type, Map<TypeVariable<?>, Type> bindings) {
        RecordComponent[] components = type.getRecordComponents();
        this.type = type;
        this.accessors = new MethodHandle[components.length];
        Class<?>[] types = new Class<?>[components.length];
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                members.add(
                        new Member(
                                components[i].getName(),
                                FormerNames.of(components[i]),
                                types[i],
                                Types.resolve(components[i].getGenericType(), bindings)));
                Method accessor = components[i].getAccessor();
                accessor.setAccessible(true);
                accessors[i] =
                        lookup.unreflect(accessor)
                                .asType(MethodType.methodType(Object.class, Object.class));
            }
            Constructor<R> canonical = type.getDeclaredConstructor(types);
            canonical.setAccessible(true);
            constructor =
                    lookup.unreflectConstructor(canonical)
                            .asSpreader(Object[].class, types.length)
                            .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (NoSuchMethodException | IllegalAccessException | InaccessibleObjectException e) {
            throw Structure.closed(type, e);
        }
    }

    @Override
    public String kind() {
        return "record";
    }

    @Override
    public Class<R> type() {
        return type;
    }

    @Override
    public List<Member> members() {
        return members;
    }

    @Override
    public boolean isImmutable() {
        return true;
    }

    @Override
    public Object get(R value, int index) {
        try {
            return (Object) accessors[index].invokeExact((Object) value);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(
                    "accessor " + members.get(index).name() + " of " + type, e);
        }
    }

    /** Zeros and nulls: a record cannot be made without a value for each component. */
    @Override
    public Object[] unset() {
        return members.stream().map(member -> Primitives.zero(member.raw())).toArray();
    }

    @Override
    public R make(Object[] values) {
        try {
            return type.cast((Object) constructor.invokeExact(values));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("constructor of " + type, e);
        }
    }
}
