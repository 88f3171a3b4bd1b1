package io.holdfast.api.serialization;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Enum constants as their position in the list of names that was stored: i32. Constants may be
 * added, reordered and renamed later; a constant that disappears makes the serializer incompatible,
 * unless another one bears its name in {@link FormerlyNamed}.
 */
final class EnumSerializer<E extends Enum<E>> implements Serializer<E> {
    private final Class<E> type;

    /** Position in the encoding to constant. */
    private final List<E> constants;

    /** Ordinal to position in the encoding. */
    private final int[] positions;

    EnumSerializer(Class<E> type) {
        this(type, Arrays.asList(type.getEnumConstants()));
    }

    private EnumSerializer(Class<E> type, List<E> constants) {
        this.type = type;
        this.constants = List.copyOf(constants);
        this.positions = new int[constants.size()];
        for (int i = 0; i < positions.length; i++) {
            positions[constants.get(i).ordinal()] = i;
        }
    }

    @Override
    public void write(E value, DataOutput out) throws IOException {
        out.writeInt(positions[value.ordinal()]);
    }

    @Override
    public E read(DataInput in) throws IOException {
        return constants.get(readPosition(in, constants.size()));
    }

    static int readPosition(DataInput in, int count) throws IOException {
        int position = in.readInt();
        if (position < 0 || position >= count) {
            throw new IOException("position " + position + " of " + count + " constants");
        }
        return position;
    }

    @Override
    public E copy(E value) {
        return value;
    }

    @Override
    public int fixedLength() {
        return 4;
    }

    @Override
    public SerializerSnapshot snapshot() {
        String names = String.join("\n", constants.stream().map(Enum::name).toList());
        return new SerializerSnapshot(
                "enum:" + type.getName(), 1, names.getBytes(StandardCharsets.UTF_8), List.of());
    }

    @Override
    public Compatibility<E> compatibilityWith(SerializerSnapshot written) {
        SerializerSnapshot own = snapshot();
        if (own.equals(written)) {
            return Compatibility.asIs();
        }
        if (written.version() != 1 || !FormerNames.means(written.name(), "enum", type)) {
            return Parts.mismatch(own, written);
        }
        List<E> present = Arrays.asList(type.getEnumConstants());
        List<FormerNames.Named> names = present.stream().map(FormerNames.Named::of).toList();
        List<E> order = new ArrayList<>();
        boolean merged = false;
        for (String name : storedNames(written)) {
            int index = FormerNames.indexOf(name, names);
            if (index < 0) {
                return Compatibility.incompatible(
                        "constant %s of %s is stored but gone; keep it, or put @FormerlyNamed(\"%s\") at the constant that takes its place"
                                .formatted(name, type.getName(), name));
            }
            merged |= order.contains(present.get(index));
            order.add(present.get(index));
        }
        if (merged) {
            return Compatibility.afterMigration(new StoredConstantReader(written, order));
        }
        boolean extended =
                order.addAll(
                        present.stream().filter(constant -> !order.contains(constant)).toList());
        return !extended && order.equals(constants)
                ? Compatibility.asIs()
                : Compatibility.reconfigured(new EnumSerializer<>(type, order));
    }

    static String[] storedNames(SerializerSnapshot written) {
        String names = new String(written.body(), StandardCharsets.UTF_8);
        return names.isEmpty() ? new String[0] : names.split("\n", -1);
    }

    @Override
    public String toString() {
        return "enum:" + type.getName();
    }

    /** Reads constants of which several were made one. */
    private final class StoredConstantReader extends StoredReader<E> {
        private final List<E> stored;

        StoredConstantReader(SerializerSnapshot written, List<E> stored) {
            super(written, EnumSerializer.this);
            this.stored = stored;
        }

        @Override
        public E read(DataInput in) throws IOException {
            return stored.get(readPosition(in, stored.size()));
        }
    }
}
