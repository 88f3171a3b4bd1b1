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
 * added and reordered later; a constant that disappears makes the serializer incompatible.
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
        int position = in.readInt();
        if (position < 0 || position >= constants.size()) {
            throw new IOException(
                    "position " + position + " of " + constants.size() + " constants of " + type);
        }
        return constants.get(position);
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
        if (!own.name().equals(written.name()) || own.version() != written.version()) {
            return Serializer.super.compatibilityWith(written);
        }
        List<E> order = new ArrayList<>();
        for (String name : storedNames(written)) {
            E known = constant(name);
            if (known == null) {
                return Compatibility.incompatible(
                        "constant " + name + " of " + type.getName() + " is stored but gone");
            }
            order.add(known);
        }
        for (E constant : type.getEnumConstants()) {
            if (!order.contains(constant)) {
                order.add(constant);
            }
        }
        return Compatibility.reconfigured(new EnumSerializer<>(type, order));
    }

    private static String[] storedNames(SerializerSnapshot written) {
        String names = new String(written.body(), StandardCharsets.UTF_8);
        return names.isEmpty() ? new String[0] : names.split("\n", -1);
    }

    private E constant(String name) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return "enum:" + type.getName();
    }
}
