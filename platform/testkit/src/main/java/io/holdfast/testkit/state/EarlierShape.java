package io.holdfast.testkit.state;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.SerializerSnapshot;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/**
 * Writes and reads records as an earlier version of the program did, in which the record had other
 * components: the stand-in for a class that no longer exists.
 *
 * @param type the record as it is now
 * @param components what it had, in order
 * @param maker makes a record of today from the components it had
 * @param <R> type of the record
 */
record EarlierShape<R extends Record>(
        Class<R> type, List<Component<R, ?>> components, Function<Object[], R> maker)
        implements Serializer<R> {

    /**
     * A component.
     *
     * @param name its name
     * @param serializer its serializer
     * @param isPrimitive true if its type is primitive: written without a flag for null
     * @param value what it is for a record of today
     */
    record Component<R, T>(
            String name, Serializer<T> serializer, boolean isPrimitive, Function<R, T> value) {

        void write(R record, DataOutput out) throws IOException {
            T part = value.apply(record);
            if (!isPrimitive) {
                out.writeBoolean(part == null);
            }
            if (part != null) {
                serializer.write(part, out);
            }
        }

        T read(DataInput in) throws IOException {
            return !isPrimitive && in.readBoolean() ? null : serializer.read(in);
        }

        SerializerSnapshot snapshot() {
            return isPrimitive
                    ? SerializerSnapshot.named("primitive-" + serializer)
                    : serializer.snapshot();
        }
    }

    @Override
    public void write(R value, DataOutput out) throws IOException {
        for (Component<R, ?> component : components) {
            component.write(value, out);
        }
    }

    @Override
    public R read(DataInput in) throws IOException {
        Object[] parts = new Object[components.size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = components.get(i).read(in);
        }
        return maker.apply(parts);
    }

    @Override
    public R copy(R value) {
        return value;
    }

    @Override
    public int fixedLength() {
        return VARIABLE_LENGTH;
    }

    @Override
    public SerializerSnapshot snapshot() {
        List<String> names = components.stream().map(component -> component.name).toList();
        return new SerializerSnapshot(
                "record:" + type.getName(),
                1,
                String.join("\n", names).getBytes(StandardCharsets.UTF_8),
                components.stream().map(Component::snapshot).toList());
    }
}
