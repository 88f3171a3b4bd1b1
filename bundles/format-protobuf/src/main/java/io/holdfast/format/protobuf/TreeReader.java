package io.holdfast.format.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.SerializerSnapshot;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads messages of a stored type as trees of maps, lists, numbers, texts and booleans. */
final class TreeReader implements Serializer<Object> {
    private final SerializerSnapshot written;
    private final Serializer<? extends Message> messages;

    TreeReader(SerializerSnapshot written, Serializer<? extends Message> messages) {
        this.written = written;
        this.messages = messages;
    }

    @Override
    public Object read(DataInput in) throws IOException {
        return tree(messages.read(in));
    }

    private static Object tree(Object value) {
        if (value instanceof Message message) {
            Map<String, Object> fields = new LinkedHashMap<>();
            for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
                fields.put(
                        field.getKey().getName(),
                        field.getKey().isMapField()
                                ? entries((List<?>) field.getValue())
                                : tree(field.getValue()));
            }
            return fields;
        }
        if (value instanceof Collection<?> elements) {
            List<Object> list = new ArrayList<>();
            elements.forEach(each -> list.add(tree(each)));
            return list;
        }
        if (value instanceof ByteString bytes) {
            return HexFormat.of().formatHex(bytes.toByteArray());
        }
        return value instanceof EnumValueDescriptor constant ? constant.getName() : value;
    }

    /** The entries of a map field, which are messages of a key, number 1, and a value, number 2. */
    private static Map<Object, Object> entries(List<?> stored) {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (Object each : stored) {
            Message entry = (Message) each;
            map.put(
                    tree(entry.getField(entry.getDescriptorForType().findFieldByNumber(1))),
                    tree(entry.getField(entry.getDescriptorForType().findFieldByNumber(2))));
        }
        return map;
    }

    @Override
    public void write(Object value, DataOutput out) {
        throw new UnsupportedOperationException(
                "reads what was stored as " + written + ", does not write it");
    }

    @Override
    public Object copy(Object value) {
        return value;
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
