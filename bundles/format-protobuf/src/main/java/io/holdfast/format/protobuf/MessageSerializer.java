package io.holdfast.format.protobuf;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.holdfast.api.serialization.Compatibility;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.SerializerSnapshot;
import io.holdfast.api.serialization.Serializers;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Messages of one type: i32 length, then Protobuf's encoding. The description is named {@code
 * protobuf:} and the full name of the message type, and its body is the set of files that describe
 * it.
 *
 * <p>Protobuf reads what any version of a type wrote, field by field number: fields that are gone
 * stay in the message as unknown ones, so that nothing is lost; fields that are new have their
 * default. So a changed type is reconfigured, not migrated: the present serializer reads and writes
 * the stored bytes as they are. What Protobuf would read as something else without a word, such as
 * a number whose wire type has changed, is incompatible; {@link TypeChanges} says which.
 *
 * @param <T> type of the messages
 */
final class MessageSerializer<T extends Message> implements Serializer<T> {
    private final T prototype;
    private final SerializerSnapshot snapshot;

    MessageSerializer(T prototype) {
        this.prototype = prototype;
        this.snapshot = StoredType.describe(prototype.getDescriptorForType());
    }

    @Override
    public void write(T value, DataOutput out) throws IOException {
        byte[] bytes = new byte[value.getSerializedSize()];
        CodedOutputStream coded = CodedOutputStream.newInstance(bytes);
        coded.useDeterministicSerialization();
        value.writeTo(coded);
        coded.checkNoSpaceLeft();
        Serializers.BYTES.write(bytes, out);
    }

    @Override
    @SuppressWarnings("unchecked") // its parser makes messages of its type
    public T read(DataInput in) throws IOException {
        byte[] bytes = Serializers.BYTES.read(in);
        try {
            return (T) prototype.getParserForType().parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IOException("not written as " + snapshot.name() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public T copy(T value) {
        return value;
    }

    @Override
    public int fixedLength() {
        return VARIABLE_LENGTH;
    }

    @Override
    public SerializerSnapshot snapshot() {
        return snapshot;
    }

    @Override
    public Compatibility<T> compatibilityWith(SerializerSnapshot written) {
        if (snapshot.equals(written)) {
            return Compatibility.asIs();
        }
        Descriptor own = prototype.getDescriptorForType();
        if (!StoredType.describes(written) || !written.name().equals(snapshot.name())) {
            return Compatibility.incompatible(
                    "stored as %s, the job uses %s; give what has the new type a new name"
                            .formatted(written, snapshot));
        }
        Optional<Descriptor> stored = StoredType.parse(written);
        if (stored.isEmpty()) {
            return Compatibility.incompatible(
                    "the stored description of %s is damaged".formatted(written.name()));
        }
        List<String> refused = TypeChanges.refused(stored.get(), own);
        return refused.isEmpty()
                ? Compatibility.reconfigured(this)
                : Compatibility.incompatible(String.join("; ", refused));
    }
}
