package io.holdfast.api.window;

import io.holdfast.api.error.Problem;
import io.holdfast.api.serialization.Serializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Tumbling, sliding and session windows of event time. Lengths are whole milliseconds of at least
 * 1; windows are aligned to 1970.
 */
public final class EventTimeWindows {

    private EventTimeWindows() {}

    /**
     * Windows of one length, one after the other.
     *
     * @param size their length
     * @return the assigner
     */
    public static WindowAssigner<TimeWindow> tumbling(Duration size) {
        return sliding(size, size);
    }

    /**
     * Windows of one length that begin at regular distances, so that they overlap.
     *
     * @param size their length
     * @param slide distance between their beginnings, at most {@code size}
     * @return the assigner
     */
    public static WindowAssigner<TimeWindow> sliding(Duration size, Duration slide) {
        long length = millis("size", size);
        long step = millis("slide", slide);
        if (step > length) {
            throw Problem.user(
                            "JOB-6001",
                            "Sliding windows of %s every %s would leave out records."
                                    .formatted(size, slide))
                    .advise("choose a slide of at most the size")
                    .exception();
        }
        return new Sliding(length, step);
    }

    /**
     * Windows that go on as long as records follow each other within a gap.
     *
     * @param gap a pause of this length ends a session
     * @return the assigner
     */
    public static WindowAssigner.Merging<TimeWindow> session(Duration gap) {
        return new Session(millis("gap", gap));
    }

    private static long millis(String what, Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1) {
            throw Problem.user("JOB-6002", "A window's " + what + " cannot be " + duration + ".")
                    .with("possible", "1 ms or more")
                    .exception();
        }
        return millis;
    }

    private record Sliding(long size, long slide) implements WindowAssigner<TimeWindow> {

        @Override
        public Collection<TimeWindow> assign(long timestamp) {
            long last = timestamp - Math.floorMod(timestamp, slide);
            if (slide == size) {
                return List.of(new TimeWindow(last, last + size));
            }
            List<TimeWindow> windows = new ArrayList<>((int) (size / slide) + 1);
            for (long start = last; start > timestamp - size; start -= slide) {
                windows.add(new TimeWindow(start, start + size));
            }
            return windows;
        }

        @Override
        public Serializer<TimeWindow> serializer() {
            return TimeWindow.SERIALIZER;
        }
    }

    private record Session(long gap) implements WindowAssigner.Merging<TimeWindow> {

        @Override
        public Collection<TimeWindow> assign(long timestamp) {
            return List.of(new TimeWindow(timestamp, timestamp + gap));
        }

        @Override
        public boolean meet(TimeWindow first, TimeWindow second) {
            return first.overlaps(second);
        }

        @Override
        public TimeWindow merge(TimeWindow first, TimeWindow second) {
            return first.cover(second);
        }

        @Override
        public Serializer<TimeWindow> serializer() {
            return TimeWindow.SERIALIZER;
        }
    }
}
