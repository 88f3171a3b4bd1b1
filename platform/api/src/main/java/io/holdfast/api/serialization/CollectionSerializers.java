package io.holdfast.api.serialization;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Serializers of lists and maps as values; copies are deep and mutable. */
final class CollectionSerializers {

    private CollectionSerializers() {}

    /** i32 count, then the elements. */
    record ListSerializer<T>(Serializer<T> element) implements Serializer<List<T>> {

        @Override
        public void write(List<T> value, DataOutput out) throws IOException {
            out.writeInt(value.size());
            for (T each : value) {
                element.write(each, out);
            }
        }

        @Override
        public List<T> read(DataInput in) throws IOException {
            int count = count(in);
            List<T> list = new ArrayList<>(Math.min(count, 1024));
            for (int i = 0; i < count; i++) {
                list.add(element.read(in));
            }
            return list;
        }

        @Override
        public List<T> copy(List<T> value) {
            List<T> copy = new ArrayList<>(value.size());
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
        public Serializer<List<T>> duplicate() {
            Serializer<T> own = element.duplicate();
            return own == element ? this : new ListSerializer<>(own);
        }

        @Override
        public SerializerSnapshot snapshot() {
            return SerializerSnapshot.of("list", element.snapshot());
        }

        @Override
        public Compatibility<List<T>> compatibilityWith(SerializerSnapshot written) {
            if (!written.name().equals("list") || written.nested().size() != 1) {
                return Serializer.super.compatibilityWith(written);
            }
            return Parts.lift(
                    element.compatibilityWith(written.nested().get(0)), ListSerializer::new);
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
            Map<K, V> map = new LinkedHashMap<>(Math.min(count, 1024));
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

    private static int count(DataInput in) throws IOException {
        int count = in.readInt();
        if (count < 0) {
            throw new IOException("a negative count: " + count);
        }
        return count;
    }
}
