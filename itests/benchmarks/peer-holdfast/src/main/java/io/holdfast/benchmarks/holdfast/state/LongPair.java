package io.holdfast.benchmarks.holdfast.state;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.SerializerSnapshot;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Two numbers in an array that may be changed, as an accumulator is. */
final class LongPair implements Serializer<long[]> {

    @Override
    public void write(long[] value, DataOutput out) throws IOException {
        out.writeLong(value[0]);
        out.writeLong(value[1]);
    }

    @Override
    public long[] read(DataInput in) throws IOException {
        return new long[] {in.readLong(), in.readLong()};
    }

    @Override
    public long[] copy(long[] value) {
        return value.clone();
    }

    @Override
    public int fixedLength() {
        return 2 * Long.BYTES;
    }

    @Override
    public SerializerSnapshot snapshot() {
        return SerializerSnapshot.named("long-pair");
    }
}
