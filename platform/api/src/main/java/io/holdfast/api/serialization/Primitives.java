package io.holdfast.api.serialization;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;

/** Primitive types, their wrappers' serializers and their zeros. */
final class Primitives {

    private static final Map<Class<?>, Serializer<?>> SERIALIZERS =
            Map.of(
                    boolean.class, new Primitive<>(BasicSerializers.BOOLEAN),
                    byte.class, new Primitive<>(BasicSerializers.BYTE),
                    short.class, new Primitive<>(BasicSerializers.SHORT),
                    char.class, new Primitive<>(BasicSerializers.CHARACTER),
                    int.class, new Primitive<>(BasicSerializers.INTEGER),
                    long.class, new Primitive<>(BasicSerializers.LONG),
                    float.class, new Primitive<>(BasicSerializers.FLOAT),
                    double.class, new Primitive<>(BasicSerializers.DOUBLE));

    private static final Map<Class<?>, Object> ZEROS =
            Map.of(
                    boolean.class,
                    false,
                    byte.class,
                    (byte) 0,
                    short.class,
                    (short) 0,
                    char.class,
                    '\0',
                    int.class,
                    0,
                    long.class,
                    0L,
                    float.class,
                    0f,
                    double.class,
                    0d);

    private Primitives() {}

    static Serializer<?> serializer(Class<?> primitive) {
        return SERIALIZERS.get(primitive);
    }

    /** Zero of a primitive type, null of any other. */
    static Object zero(Class<?> type) {
        return ZEROS.get(type);
    }

    /**
     * Same bytes as the wrapper's serializer, another name: a component of primitive type has no
     * null flag.
     */
    private record Primitive<T>(Serializer<T> wrapper) implements Serializer<T> {

        @Override
        public void write(T value, DataOutput out) throws IOException {
            wrapper.write(value, out);
        }

        @Override
        public T read(DataInput in) throws IOException {
            return wrapper.read(in);
        }

        @Override
        public T copy(T value) {
            return value;
        }

        @Override
        public int fixedLength() {
            return wrapper.fixedLength();
        }

        @Override
        public SerializerSnapshot snapshot() {
            return SerializerSnapshot.named("primitive-" + wrapper);
        }

        @Override
        public Compatibility<T> compatibilityWith(SerializerSnapshot written) {
            return Widening.verdict(this, written);
        }
    }
}
