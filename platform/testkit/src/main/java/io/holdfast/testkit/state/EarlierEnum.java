package io.holdfast.testkit.state;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.SerializerSnapshot;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes enum constants as an earlier version of the program did, in which there were other
 * constants or they stood in another order.
 *
 * @param type the enum as it is now
 * @param names the constants it had, in order
 * @param <E> type of the enum
 */
record EarlierEnum<E extends Enum<E>>(Class<E> type, List<String> names) implements Serializer<E> {

    @Override
    public void write(E value, DataOutput out) throws IOException {
        out.writeInt(names.indexOf(value.name()));
    }

    @Override
    public E read(DataInput in) throws IOException {
        return Enum.valueOf(type, names.get(in.readInt()));
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
        return new SerializerSnapshot(
                "enum:" + type.getName(),
                1,
                String.join("\n", names).getBytes(StandardCharsets.UTF_8),
                List.of());
    }
}
