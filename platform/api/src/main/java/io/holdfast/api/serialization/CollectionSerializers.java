package io.holdfast.api.serialization;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/** Serializers of lists, sets, maps and optional values; copies are deep and mutable. */
final class CollectionSerializers {

    /** No more than this is reserved for elements that have not arrived. */
    static final int FIRST_CHUNK = 1024;

    private CollectionSerializers() {}

    static <T> Serializer<List<T>> list(Serializer<T> element) {
        return new Elements<>("list", element, ArrayList::new);
    }

    static <T> Serializer<Set<T>> set(Serializer<T> element) {
        return new Elements<>("set", element, LinkedHashSet::new);
    }

    /** i32 count, then the elements in the order of the collection. */
    private record Elements<T, C extends Collection<T>>(
            String name, Serializer<T> element, IntFunction<C> maker) implements Serializer<C> {

        @Override
        public void write(C value, DataOutput out) throws IOException {
            out.writeInt(value.size());
            for (T each : value) {
                element.write(each, out);
            }
        }

        @Override
        public C read(DataInput in) throws IOException {
            int count = count(in);
            C collection = maker.apply(Math.min(count, FIRST_CHUNK));
            for (int i = 0; i < count; i++) {
                collection.add(element.read(in));
            }
            return collection;
        }

        @Override
        public C copy(C value) {
            C copy = maker.apply(value.size());
            for (T each : value) {
                copy.add(element.copy(each));
            }
            return copy;
        }

        @Override
        public int fixedLength() {
            return VARIABLE_LENGTH;
        }

        @Override
        public Serializer<C> duplicate() {
            Serializer<T> own = element.duplicate();
            return own == element ? this : new Elements<>(name, own, maker);
        }

        @Override
        public SerializerSnapshot snapshot() {
            return SerializerSnapshot.of(name, element.snapshot());
        }

        @Override
        public Compatibility<C> compatibilityWith(SerializerSnapshot written) {
            return Parts.ofElements(
                    this, element, written, reader -> new Elements<>(name, reader, maker));
        }

        @Override
        public String toString() {
            return snapshot().toString();
        }
    }

    /** u8 1 if there is no value, else 0 and the value. */
    record OptionalSerializer<T>(Serializer<T> value) implements Serializer<Optional<T>> {

        @Override
        public void write(Optional<T> optional, DataOutput out) throws IOException {
            out.writeBoolean(optional.isEmpty());
            if (optional.isPresent()) {
                value.write(optional.get(), out);
            }
        }

        @Override
        public Optional<T> read(DataInput in) throws IOException {
            return in.readBoolean() ? Optional.empty() : Optional.of(value.read(in));
        }

        @Override
        public Optional<T> copy(Optional<T> optional) {
            if (optional.isEmpty()) {
                return optional;
            }
            T copy = value.copy(optional.get());
            return copy == optional.get() ? optional : Optional.of(copy);
        }

        @Override
        public int fixedLength() {
            return VARIABLE_LENGTH;
        }

        @Override
        public Serializer<Optional<T>> duplicate() {
            Serializer<T> own = value.duplicate();
            return own == value ? this : new OptionalSerializer<>(own);
        }

        @Override
        public SerializerSnapshot snapshot() {
            return SerializerSnapshot.of("optional", value.snapshot());
        }

        @Override
        public Compatibility<Optional<T>> compatibilityWith(SerializerSnapshot written) {
            return Parts.ofElements(this, value, written, OptionalSerializer::new);
        }
    }

    /** i32 count, then for each entry the key, u8 1 if the value is null, the value unless null. */
    record MapSerializer<K, V>(Serializer<K> key, Serializer<V> value)
            implements Serializer<Map<K, V>> {

        @Override
        public void write(Map<K, V> map, DataOutput out) throws IOException {
            out.writeInt(map.size());
            for (Map.Entry<K, V> entry : map.entrySet()) {
                key.write(entry.getKey(), out);
                out.writeBoolean(entry.getValue() == null);
                if (entry.getValue() != null) {
                    value.write(entry.getValue(), out);
                }
            }
        }

        @Override
        public Map<K, V> read(DataInput in) throws IOException {
            int count = count(in);
            Map<K, V> map = new LinkedHashMap<>(Math.min(count, FIRST_CHUNK));
            for (int i = 0; i < count; i++) {
                K entryKey = key.read(in);
                map.put(entryKey, in.readBoolean() ? null : value.read(in));
            }
            return map;
        }

        @Override
        public Map<K, V> copy(Map<K, V> map) {
            Map<K, V> copy = new LinkedHashMap<>();
            map.forEach((k, v) -> copy.put(key.copy(k), v == null ? null : value.copy(v)));
            return copy;
        }

        @Override
        public int fixedLength() {
            return VARIABLE_LENGTH;
        }

        @Override
        public Serializer<Map<K, V>> duplicate() {
            Serializer<K> ownKey = key.duplicate();
            Serializer<V> ownValue = value.duplicate();
            return ownKey == key && ownValue == value
                    ? this
                    : new MapSerializer<>(ownKey, ownValue);
        }

        @Override
        public SerializerSnapshot snapshot() {
            return SerializerSnapshot.of("map", key.snapshot(), value.snapshot());
        }

        @Override
        public Compatibility<Map<K, V>> compatibilityWith(SerializerSnapshot written) {
            if (!written.name().equals("map") || written.nested().size() != 2) {
                return Serializer.super.compatibilityWith(written);
            }
            return Parts.lift(
                    key,
                    key.compatibilityWith(written.nested().get(0)),
                    value,
                    value.compatibilityWith(written.nested().get(1)),
                    MapSerializer::new);
        }
    }

    /** A count that was stored; what it counts is not there yet, so nothing is reserved for it. */
    static int count(DataInput in) throws IOException {
        int count = in.readInt();
        if (count < 0) {
            throw new IOException("a negative count: " + count);
        }
        return count;
    }
}
