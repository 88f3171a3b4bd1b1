package io.holdfast.spi.state;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.SerializerSnapshot;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The only namespace of states that need none. */
public enum VoidNamespace {
    /** The namespace. */
    INSTANCE;

    /**
     * Writes one zero byte and calls its length 0, as Flink does, so that composite keys are the
     * same.
     */
    public static final Serializer<VoidNamespace> SERIALIZER =
            new Serializer<>() {
                private final SerializerSnapshot snapshot = SerializerSnapshot.named("void");

                @Override
                public void write(VoidNamespace value, DataOutput out) throws IOException {
                    out.writeByte(0);
                }

                @Override
                public VoidNamespace read(DataInput in) throws IOException {
                    in.readByte();
                    return INSTANCE;
                }

                @Override
                public VoidNamespace copy(VoidNamespace value) {
                    return value;
                }

                @Override
                public int fixedLength() {
                    return 0;
                }

                @Override
                public SerializerSnapshot snapshot() {
                    return snapshot;
                }
            };
}
