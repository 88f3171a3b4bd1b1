package io.holdfast.api.serialization;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;

/**
 * Serializers of arrays: i32 count, then the elements. Copies are new arrays. {@code byte[]} is
 * among the basic ones.
 */
final class ArraySerializers {
    private static final int FIRST_CHUNK = 1 << 13;

    static final Map<Class<?>, Serializer<?>> BY_CLASS =
            Map.of(
                    boolean[].class,
                    new Primitive<boolean[]>(
                            "booleans",
                            boolean[]::new,
                            array -> array.length,
                            (array, i, out) -> out.writeBoolean(array[i]),
                            (array, i, in) -> array[i] = in.readBoolean()),
                    char[].class,
                    new Primitive<char[]>(
                            "characters",
                            char[]::new,
                            array -> array.length,
                            (array, i, out) -> out.writeChar(array[i]),
                            (array, i, in) -> array[i] = in.readChar()),
                    short[].class,
                    new Primitive<short[]>(
                            "shorts",
                            short[]::new,
                            array -> array.length,
                            (array, i, out) -> out.writeShort(array[i]),
                            (array, i, in) -> array[i] = in.readShort()),
                    int[].class,
                    new Primitive<int[]>(
                            "integers",
                            int[]::new,
                            array -> array.length,
                            (array, i, out) -> out.writeInt(array[i]),
                            (array, i, in) -> array[i] = in.readInt()),
                    long[].class,
                    new Primitive<long[]>(
                            "longs",
                            long[]::new,
                            array -> array.length,
                            (array, i, out) -> out.writeLong(array[i]),
                            (array, i, in) -> array[i] = in.readLong()),
                    float[].class,
                    new Primitive<float[]>(
                            "floats",
                            float[]::new,
                            array -> array.length,
                            (array, i, out) -> out.writeFloat(array[i]),
                            (array, i, in) -> array[i] = in.readFloat()),
                    double[].class,
                    new Primitive<double[]>(
                            "doubles",
                            double[]::new,
                            array -> array.length,
                            (array, i, out) -> out.writeDouble(array[i]),
                            (array, i, in) -> array[i] = in.readDouble()));

    private ArraySerializers() {}

    /** Writes one element. */
    private interface ElementWriting<A> {
        void write(A array, int index, DataOutput out) throws IOException;
    }

    /** Reads one element into its place. */
    private interface ElementReading<A> {
        void read(A array, int index, DataInput in) throws IOException;
    }

    /** Arrays of one primitive type. */
    private record Primitive<A>(
            String name,
            IntFunction<A> maker,
            ToIntFunction<A> length,
            ElementWriting<A> writing,
            ElementReading<A> reading)
            implements Serializer<A> {

        @Override
        public void write(A value, DataOutput out) throws IOException {
            int count = length.applyAsInt(value);
            out.writeInt(count);
            for (int i = 0; i < count; i++) {
                writing.write(value, i, out);
            }
        }

        @Override
        public A read(DataInput in) throws IOException {
            int count = CollectionSerializers.count(in);
            A array = maker.apply(Math.min(count, FIRST_CHUNK));
            int capacity = length.applyAsInt(array);
            for (int i = 0; i < count; i++) {
                if (i == capacity) {
                    capacity = (int) Math.min(count, 2L * capacity);
                    array = resized(array, i, capacity);
                }
                reading.read(array, i, in);
            }
            return array;
        }

        @SuppressWarnings("SuspiciousSystemArraycopy")
        private A resized(A array, int used, int capacity) {
            A larger = maker.apply(capacity);
            System.arraycopy(array, 0, larger, 0, used);
            return larger;
        }

        @Override
        public A copy(A value) {
            int count = length.applyAsInt(value);
            return resized(value, count, count);
        }

        @Override
        public int fixedLength() {
            return VARIABLE_LENGTH;
        }

        @Override
        public SerializerSnapshot snapshot() {
            return SerializerSnapshot.named(name);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Arrays of objects; before each element u8 1 if it is null. */
    record Objects<T>(Class<T> type, Serializer<T> element) implements Serializer<T[]> {

        @Override
        public void write(T[] value, DataOutput out) throws IOException {
            out.writeInt(value.length);
            for (T each : value) {
                out.writeBoolean(each == null);
                if (each != null) {
                    element.write(each, out);
                }
            }
        }

        @Override
        public T[] read(DataInput in) throws IOException {
            int count = CollectionSerializers.count(in);
            List<T> elements = new ArrayList<>(Math.min(count, CollectionSerializers.FIRST_CHUNK));
            for (int i = 0; i < count; i++) {
                elements.add(in.readBoolean() ? null : element.read(in));
            }
            return elements.toArray(array(0));
        }

        @SuppressWarnings("unchecked")
        private T[] array(int length) {
            return (T[]) Array.newInstance(type, length);
        }

        @Override
        public T[] copy(T[] value) {
            T[] copy = array(value.length);
            for (int i = 0; i < copy.length; i++) {
                copy[i] = value[i] == null ? null : element.copy(value[i]);
            }
            return copy;
        }

        @Override
        public int fixedLength() {
            return VARIABLE_LENGTH;
        }

        @Override
        public Serializer<T[]> duplicate() {
            Serializer<T> own = element.duplicate();
            return own == element ? this : new Objects<>(type, own);
        }

        @Override
        public SerializerSnapshot snapshot() {
            return SerializerSnapshot.of("array", element.snapshot());
        }

        @Override
        public Compatibility<T[]> compatibilityWith(SerializerSnapshot written) {
            return Parts.ofElements(this, element, written, reader -> new Objects<>(type, reader));
        }
    }
}
