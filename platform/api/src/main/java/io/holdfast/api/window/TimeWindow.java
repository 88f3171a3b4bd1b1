package io.holdfast.api.window;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.SerializerSnapshot;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * From {@code start} to {@code end}, the latter not included, in milliseconds of event time.
 *
 * @param start first millisecond
 * @param end millisecond behind the last
 */
public record TimeWindow(long start, long end) implements Window, Comparable<TimeWindow> {

    /** Start and end, 16 bytes, as Flink writes them. */
    public static final Serializer<TimeWindow> SERIALIZER =
            new Serializer<>() {
                private final SerializerSnapshot snapshot = SerializerSnapshot.named("time-window");

                @Override
                public void write(TimeWindow value, DataOutput out) throws IOException {
                    out.writeLong(value.start);
                    out.writeLong(value.end);
                }

                @Override
                public TimeWindow read(DataInput in) throws IOException {
                    return new TimeWindow(in.readLong(), in.readLong());
                }

                @Override
                public TimeWindow copy(TimeWindow value) {
                    return value;
                }

                @Override
                public int fixedLength() {
                    return 16;
                }

                @Override
                public SerializerSnapshot snapshot() {
                    return snapshot;
                }
            };

    @Override
    public long maxTimestamp() {
        return end - 1;
    }

    /**
     * Tells whether two windows share a millisecond. Windows that only touch do not: whether a
     * record at the end of a session came before or after the session fired would otherwise decide
     * whether it belongs to it.
     *
     * @param other another window
     * @return true if so
     */
    public boolean overlaps(TimeWindow other) {
        return start < other.end && other.start < end;
    }

    /**
     * The smallest window that holds both.
     *
     * @param other another window
     * @return the window
     */
    public TimeWindow cover(TimeWindow other) {
        return new TimeWindow(Math.min(start, other.start), Math.max(end, other.end));
    }

    /** By start, then by end. */
    @Override
    public int compareTo(TimeWindow other) {
        int byStart = Long.compare(start, other.start);
        return byStart != 0 ? byStart : Long.compare(end, other.end);
    }
}
