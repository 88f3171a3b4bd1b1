package io.holdfast.api.serialization;

import io.holdfast.api.error.Problem;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The subtypes of a sealed type: the position in the list of subtypes that was stored, in 7 bits a
 * byte, then the value by the subtype's own serializer. The description holds the subtypes'
 * descriptions, whose names are those of the classes. Subtypes may be added, reordered and renamed;
 * one that is gone makes the serializer incompatible, unless another one takes its values by
 * bearing its name in {@link FormerlyNamed}.
 */
final class SealedSerializer<T> implements Serializer<T> {
    private final Class<T> type;

    /** The present subtypes, in order of declaration. */
    private final List<Subtype> declared;

    /** Position in the encoding to subtype. */
    private final List<Subtype> encoded;

    private final Map<Class<?>, Integer> positions = new HashMap<>();

    /** A subtype that objects have, and its serializer. */
    record Subtype(Class<?> type, Serializer<Object> serializer) {}

    SealedSerializer(Class<T> type, List<Subtype> declared) {
        this(type, declared, declared);
    }

    private SealedSerializer(Class<T> type, List<Subtype> declared, List<Subtype> encoded) {
        this.type = type;
        this.declared = declared;
        this.encoded = encoded;
        for (int i = 0; i < encoded.size(); i++) {
            positions.putIfAbsent(encoded.get(i).type(), i);
        }
    }

    private int position(T value) {
        Class<?> found =
                value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
        Integer position = positions.get(found);
        if (position == null) {
            throw Problem.user(
                            "STATE-3022",
                            "%s is none of the subtypes of %s that can be stored."
                                    .formatted(found.getName(), type.getName()))
                    .with(
                            "possible",
                            String.join(
                                    ", ",
                                    declared.stream()
                                            .map(subtype -> subtype.type().getName())
                                            .toList()))
                    .advise("make its parent sealed, and itself final")
                    .exception();
        }
        return position;
    }

    @Override
    public void write(T value, DataOutput out) throws IOException {
        int position = position(value);
        BasicSerializers.writeVarInt(position, out);
        encoded.get(position).serializer().write(value, out);
    }

    @Override
    public T read(DataInput in) throws IOException {
        return type.cast(readOne(in, encoded.size(), i -> encoded.get(i).serializer()));
    }

    /** Serializer of a subtype by its position. */
    interface Subtypes {
        Serializer<Object> at(int position);
    }

    /** Reads a position and the value behind it. */
    static Object readOne(DataInput in, int count, Subtypes subtypes) throws IOException {
        return subtypes.at(readPosition(in, count)).read(in);
    }

    static int readPosition(DataInput in, int count) throws IOException {
        int position = BasicSerializers.readVarInt(in);
        if (position < 0 || position >= count) {
            throw new IOException("subtype " + position + " of " + count);
        }
        return position;
    }

    @Override
    @SuppressWarnings("unchecked")
    public T copy(T value) {
        return (T) encoded.get(position(value)).serializer().copy(value);
    }

    @Override
    public int fixedLength() {
        return VARIABLE_LENGTH;
    }

    @Override
    public Serializer<T> duplicate() {
        boolean same = true;
        Map<Class<?>, Subtype> own = new HashMap<>();
        for (Subtype subtype : encoded) {
            Serializer<Object> serializer = subtype.serializer().duplicate();
            same &= serializer == subtype.serializer();
            own.put(subtype.type(), new Subtype(subtype.type(), serializer));
        }
        return same
                ? this
                : new SealedSerializer<>(
                        type,
                        declared.stream().map(subtype -> own.get(subtype.type())).toList(),
                        encoded.stream().map(subtype -> own.get(subtype.type())).toList());
    }

    @Override
    public SerializerSnapshot snapshot() {
        return SerializerSnapshot.of(
                toString(),
                encoded.stream()
                        .map(subtype -> subtype.serializer().snapshot())
                        .toArray(SerializerSnapshot[]::new));
    }

    @Override
    public Compatibility<T> compatibilityWith(SerializerSnapshot written) {
        SerializerSnapshot own = snapshot();
        if (own.equals(written)) {
            return Compatibility.asIs();
        }
        if (written.version() != 1 || !FormerNames.means(written.name(), "sealed", type)) {
            return Parts.mismatch(own, written);
        }
        List<FormerNames.Named> names =
                declared.stream().map(subtype -> FormerNames.Named.of(subtype.type())).toList();
        List<Subtype> stored = new ArrayList<>();
        Set<Class<?>> seen = new HashSet<>();
        boolean migrate = false;
        boolean reconfigure = false;
        for (SerializerSnapshot description : written.nested()) {
            String name = description.name().substring(description.name().indexOf(':') + 1);
            int index = FormerNames.indexOf(name, names);
            if (index < 0) {
                return Compatibility.incompatible(
                        "subtype %s of %s is gone, and its stored values would be lost; keep it, or put @FormerlyNamed(\"%s\") at the subtype that takes them"
                                .formatted(name, type.getName(), name));
            }
            Subtype subtype = declared.get(index);
            Compatibility<Object> verdict = subtype.serializer().compatibilityWith(description);
            if (verdict instanceof Compatibility.Incompatible<Object> no) {
                return Compatibility.incompatible(
                        "subtype " + name + " of " + type.getName() + ": " + no.reason());
            }
            migrate |= verdict instanceof Compatibility.AfterMigration || !seen.add(subtype.type());
            reconfigure |= verdict instanceof Compatibility.Reconfigured;
            stored.add(new Subtype(subtype.type(), Parts.reader(subtype.serializer(), verdict)));
        }
        if (migrate) {
            return Compatibility.afterMigration(new StoredSubtypeReader(written, stored));
        }
        reconfigure |=
                stored.addAll(
                        declared.stream().filter(subtype -> seen.add(subtype.type())).toList());
        return reconfigure || !types(stored).equals(types(encoded))
                ? Compatibility.reconfigured(new SealedSerializer<>(type, declared, stored))
                : Compatibility.asIs();
    }

    private static List<Class<?>> types(List<Subtype> subtypes) {
        return subtypes.stream().<Class<?>>map(Subtype::type).toList();
    }

    @Override
    public String toString() {
        return "sealed:" + type.getName();
    }

    /** Reads values under the subtypes of an earlier version. */
    private final class StoredSubtypeReader extends StoredReader<T> {
        private final List<Subtype> stored;

        StoredSubtypeReader(SerializerSnapshot written, List<Subtype> stored) {
            super(written, SealedSerializer.this);
            this.stored = stored;
        }

        @Override
        public T read(DataInput in) throws IOException {
            return type.cast(readOne(in, stored.size(), i -> stored.get(i).serializer()));
        }
    }
}
