package io.holdfast.runtime.source;

import io.holdfast.api.connector.Source.Split;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.SerializerSnapshot;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Objects;

/**
 * How far a split was read.
 *
 * @param split where to go on
 * @param highestTime highest event time seen in it, {@link Long#MIN_VALUE} if none was
 * @param ended whether its end was reached
 */
record SplitProgress(Split split, long highestTime, boolean ended) {
    SplitProgress {
        Objects.requireNonNull(split, "split");
    }

    /** UTF id, i64 position, i64 highest time, u8 ended. */
    static final Serializer<SplitProgress> SERIALIZER =
            new Serializer<>() {
                private final SerializerSnapshot snapshot =
                        SerializerSnapshot.named("split-progress");

                @Override
                public void write(SplitProgress value, DataOutput out) throws IOException {
                    out.writeUTF(value.split.id());
                    out.writeLong(value.split.position());
                    out.writeLong(value.highestTime);
                    out.writeBoolean(value.ended);
                }

                @Override
                public SplitProgress read(DataInput in) throws IOException {
                    Split split = new Split(in.readUTF(), in.readLong());
                    return new SplitProgress(split, in.readLong(), in.readBoolean());
                }

                @Override
                public SplitProgress copy(SplitProgress value) {
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
            };
}
