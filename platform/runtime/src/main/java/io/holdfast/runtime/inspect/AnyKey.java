package io.holdfast.runtime.inspect;

import io.holdfast.api.serialization.Compatibility;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.SerializerSnapshot;
import java.io.DataInput;
import java.io.DataOutput;

/**
 * Stands for the serializer of keys that somebody else wrote: it takes over whatever was written,
 * and says of itself that it is that. So a backend opens a snapshot without the job's serializer.
 * It reads and writes nothing, which no backend needs for states that nobody asks for.
 */
final class AnyKey implements Serializer<Object> {
    private SerializerSnapshot written = SerializerSnapshot.named("any");

    @Override
    public Compatibility<Object> compatibilityWith(SerializerSnapshot stored) {
        written = stored;
        return Compatibility.asIs();
    }

    @Override
    public SerializerSnapshot snapshot() {
        return written;
    }

    @Override
    public void write(Object value, DataOutput out) {
        throw new UnsupportedOperationException("keys of " + written + " are not written");
    }

    @Override
    public Object read(DataInput in) {
        throw new UnsupportedOperationException("keys of " + written + " are not read");
    }

    @Override
    public Object copy(Object value) {
        return value;
    }

    @Override
    public int fixedLength() {
        return VARIABLE_LENGTH;
    }
}
