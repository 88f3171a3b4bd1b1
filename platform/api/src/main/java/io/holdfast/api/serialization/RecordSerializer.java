package io.holdfast.api.serialization;

import io.holdfast.api.error.Problem;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Java records, component by component in declaration order: a primitive as it is, anything else
 * with a leading u8 that is 1 for null. The stored description names the components, so that later
 * versions may add, remove and reorder them.
 */
final class RecordSerializer<R extends Record> implements Serializer<R> {
    private final Class<R> type;
    private final String[] names;
    private final boolean[] nullable;
    private final Serializer<Object>[] parts;
    private final MethodHandle[] accessors;
    private final MethodHandle constructor;
    private final int fixedLength;

    RecordSerializer(Class<R> type, Set<Class<?>> enclosing) {
        this(type, componentSerializers(type, enclosing));
    }

    private RecordSerializer(Class<R> type, Serializer<Object>[] parts) {
        RecordComponent[] components = type.getRecordComponents();
        this.type = type;
        this.parts = parts;
        this.names = new String[components.length];
        this.nullable = new boolean[components.length];
        this.accessors = new MethodHandle[components.length];
        Class<?>[] types = new Class<?>[components.length];
        int length = 0;
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            for (int i = 0; i < components.length; i++) {
                names[i] = components[i].getName();
                types[i] = components[i].getType();
                nullable[i] = !types[i].isPrimitive();
                Method accessor = components[i].getAccessor();
                accessor.setAccessible(true);
                accessors[i] =
                        lookup.unreflect(accessor)
                                .asType(MethodType.methodType(Object.class, Record.class));
                length =
                        length < 0 || nullable[i] || parts[i].fixedLength() < 0
                                ? VARIABLE_LENGTH
                                : length + parts[i].fixedLength();
            }
            Constructor<R> canonical = type.getDeclaredConstructor(types);
            canonical.setAccessible(true);
            constructor =
                    lookup.unreflectConstructor(canonical)
                            .asSpreader(Object[].class, types.length)
                            .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (NoSuchMethodException | IllegalAccessException | InaccessibleObjectException e) {
            throw Problem.user("STATE-3001", "Record " + type.getName() + " cannot be serialized.")
                    .with("because", e.getMessage())
                    .advise(
                            "open its package to io.holdfast.api in module-info.java, or pass a serializer of your own")
                    .exception(e);
        }
        fixedLength = length;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Serializer<Object>[] componentSerializers(
            Class<?> type, Set<Class<?>> enclosing) {
        RecordComponent[] components = type.getRecordComponents();
        Set<Class<?>> within = new HashSet<>(enclosing);
        within.add(type);
        Serializer[] parts = new Serializer[components.length];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = Serializers.forType(components[i].getGenericType(), within);
        }
        return parts;
    }

    @Override
    public void write(R value, DataOutput out) throws IOException {
        for (int i = 0; i < parts.length; i++) {
            Object component = component(value, i);
            if (nullable[i]) {
                out.writeBoolean(component == null);
            }
            if (component != null) {
                parts[i].write(component, out);
            }
        }
    }

    @Override
    public R read(DataInput in) throws IOException {
        Object[] components = new Object[parts.length];
        for (int i = 0; i < parts.length; i++) {
            components[i] = nullable[i] && in.readBoolean() ? null : parts[i].read(in);
        }
        return construct(components);
    }

    @Override
    public R copy(R value) {
        Object[] copies = new Object[parts.length];
        boolean same = true;
        for (int i = 0; i < parts.length; i++) {
            Object component = component(value, i);
            copies[i] = component == null ? null : parts[i].copy(component);
            same &= copies[i] == component || !nullable[i];
        }
        return same ? value : construct(copies);
    }

    private Object component(R value, int index) {
        try {
            return (Object) accessors[index].invokeExact((Record) value);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("accessor " + names[index] + " of " + type, e);
        }
    }

    private R construct(Object[] components) {
        try {
            return type.cast((Object) constructor.invokeExact(components));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("constructor of " + type, e);
        }
    }

    @Override
    public int fixedLength() {
        return fixedLength;
    }

    @Override
    public Serializer<R> duplicate() {
        Serializer<Object>[] own = parts.clone();
        boolean same = true;
        for (int i = 0; i < own.length; i++) {
            own[i] = parts[i].duplicate();
            same &= own[i] == parts[i];
        }
        return same ? this : new RecordSerializer<>(type, own);
    }

    @Override
    public SerializerSnapshot snapshot() {
        return new SerializerSnapshot(
                "record:" + type.getName(),
                1,
                String.join("\n", names).getBytes(StandardCharsets.UTF_8),
                Arrays.stream(parts).map(Serializer::snapshot).toList());
    }

    @Override
    public Compatibility<R> compatibilityWith(SerializerSnapshot written) {
        SerializerSnapshot own = snapshot();
        if (own.equals(written)) {
            return Compatibility.asIs();
        }
        if (!own.name().equals(written.name()) || own.version() != written.version()) {
            return Serializer.super.compatibilityWith(written);
        }
        List<String> storedNames =
                written.nested().isEmpty()
                        ? List.of()
                        : List.of(new String(written.body(), StandardCharsets.UTF_8).split("\n"));
        if (storedNames.size() != written.nested().size()) {
            return Compatibility.incompatible(
                    "description of " + type.getName() + " is damaged: " + written);
        }
        List<StoredComponent> stored = new ArrayList<>();
        boolean migrate = !storedNames.equals(List.of(names));
        boolean reconfigure = false;
        for (int i = 0; i < storedNames.size(); i++) {
            String name = storedNames.get(i);
            SerializerSnapshot snapshot = written.nested().get(i);
            int index = List.of(names).indexOf(name);
            if (index < 0) {
                Serializer<?> dropped = Serializers.known(snapshot).orElse(null);
                if (dropped == null) {
                    return Compatibility.incompatible(
                            "component %s of %s is gone and its type %s is not a basic one, so its bytes cannot be skipped"
                                    .formatted(name, type.getName(), snapshot));
                }
                stored.add(
                        new StoredComponent(
                                -1, !snapshot.name().startsWith("primitive-"), dropped));
                continue;
            }
            Compatibility<Object> verdict = parts[index].compatibilityWith(snapshot);
            if (verdict instanceof Compatibility.Incompatible<Object> incompatible) {
                return Compatibility.incompatible(
                        "component "
                                + name
                                + " of "
                                + type.getName()
                                + ": "
                                + incompatible.reason());
            }
            migrate |= verdict instanceof Compatibility.AfterMigration;
            reconfigure |= verdict instanceof Compatibility.Reconfigured;
            stored.add(
                    new StoredComponent(
                            index, nullable[index], Parts.reader(parts[index], verdict)));
        }
        if (migrate) {
            return Compatibility.afterMigration(new StoredRecordReader(written, stored));
        }
        if (reconfigure) {
            Serializer<Object>[] readers = parts.clone();
            for (StoredComponent component : stored) {
                readers[component.index()] = component.cast();
            }
            return Compatibility.reconfigured(new RecordSerializer<>(type, readers));
        }
        return Compatibility.asIs();
    }

    @Override
    public String toString() {
        return "record:" + type.getName();
    }

    /** Where a stored component goes; index -1 drops it. */
    private record StoredComponent(int index, boolean nullable, Serializer<?> serializer) {
        @SuppressWarnings("unchecked")
        Serializer<Object> cast() {
            return (Serializer<Object>) serializer;
        }
    }

    /** Reads records of an earlier shape into the present one. It does not write. */
    private final class StoredRecordReader implements Serializer<R> {
        private final SerializerSnapshot written;
        private final List<StoredComponent> stored;

        StoredRecordReader(SerializerSnapshot written, List<StoredComponent> stored) {
            this.written = written;
            this.stored = stored;
        }

        @Override
        public R read(DataInput in) throws IOException {
            Object[] components = new Object[parts.length];
            RecordComponent[] declared = type.getRecordComponents();
            for (int i = 0; i < components.length; i++) {
                components[i] = Primitives.zero(declared[i].getType());
            }
            for (StoredComponent component : stored) {
                Object value =
                        component.nullable() && in.readBoolean()
                                ? null
                                : component.serializer().read(in);
                if (component.index() >= 0) {
                    components[component.index()] = value;
                }
            }
            return construct(components);
        }

        @Override
        public void write(R value, DataOutput out) {
            throw new UnsupportedOperationException(
                    "reads an earlier shape of " + type.getName() + ", does not write it");
        }

        @Override
        public R copy(R value) {
            return RecordSerializer.this.copy(value);
        }

        @Override
        public int fixedLength() {
            return VARIABLE_LENGTH;
        }

        @Override
        public SerializerSnapshot snapshot() {
            return written;
        }
    }
}
