package io.holdfast.format.avro;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.SerializerSnapshot;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;

/** Reads values of a stored schema as trees of maps, lists, numbers, texts and booleans. */
final class TreeReader implements Serializer<Object> {
    private final SerializerSnapshot written;
    private final Serializer<Object> values;

    TreeReader(SerializerSnapshot written, Serializer<Object> values) {
        this.written = written;
        this.values = values;
    }

    @Override
    public Object read(DataInput in) throws IOException {
        return tree(values.read(in));
    }

    private static Object tree(Object value) {
        if (value == null || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        if (value instanceof IndexedRecord record) {
            Map<String, Object> members = new LinkedHashMap<>();
            for (Schema.Field field : record.getSchema().getFields()) {
                members.put(field.name(), tree(record.get(field.pos())));
            }
            return members;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> entries = new LinkedHashMap<>();
            map.forEach((key, each) -> entries.put(key.toString(), tree(each)));
            return entries;
        }
        if (value instanceof Collection<?> elements) {
            List<Object> list = new ArrayList<>();
            elements.forEach(each -> list.add(tree(each)));
            return list;
        }
        if (value instanceof ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return HexFormat.of().formatHex(copy);
        }
        return value instanceof GenericFixed fixed
                ? HexFormat.of().formatHex(fixed.bytes())
                : value.toString();
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
