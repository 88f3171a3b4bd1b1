package io.holdfast.itests.faults;

import io.holdfast.api.connector.Source;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Another source at a speed that can be changed while it is read.
 *
 * @param <T> type of the records
 */
final class PacedSource<T> implements Source<T> {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Source<T> source;
    private final Pace pace;

    /** How fast, by position: freely, then at a rate, then slowly, then not at all. */
    static final class Pace {
        private static final double SLOWER = 20;

        private final double perSecond;
        private final long free;
        private final long slow;
        private final long last;
        private volatile boolean finishing;
        private volatile boolean held;

        /**
         * A pace.
         *
         * @param perSecond records of each split in a second
         * @param free position up to which records come as fast as they can
         * @param slow position from which they come at a fraction of the rate
         * @param last position behind which none come before {@link #finish}
         */
        Pace(double perSecond, long free, long slow, long last) {
            this.perSecond = perSecond;
            this.free = free;
            this.slow = slow;
            this.last = last;
        }

        /** Whether a split waits for {@link #finish}. */
        boolean held() {
            return held;
        }

        /** From now on, as fast as can be, and to the end. */
        void finish() {
            finishing = true;
        }

        private double nanosFor(long position) {
            return 1e9 / perSecond * (position < slow ? 1 : SLOWER);
        }
    }

    PacedSource(Source<T> source, Pace pace) {
        this.source = source;
        this.pace = pace;
    }

    @Override
    public List<Split> splits() throws IOException {
        return source.splits();
    }

    @Override
    public SplitReader<T> open(Split split) throws IOException {
        SplitReader<T> reader = source.open(split);
        return new SplitReader<>() {
            private volatile boolean closed;
            private double due = System.nanoTime();

            @Override
            public T next() throws IOException {
                if (reader.position() < pace.free) {
                    due = System.nanoTime();
                    return reader.next();
                }
                due += pace.nanosFor(reader.position());
                while (!closed && !pace.finishing) {
                    double left = due - System.nanoTime();
                    boolean behindTheLast = reader.position() > pace.last;
                    if (left <= 0 && !behindTheLast) {
                        break;
                    }
                    if (behindTheLast) {
                        pace.held = true;
                    }
                    LockSupport.parkNanos(
                            left > 0 ? Math.min((long) left, LOOK_NANOS) : LOOK_NANOS);
                }
                return closed ? null : reader.next();
            }

            @Override
            public long position() {
                return reader.position();
            }

            @Override
            public void close() throws IOException {
                closed = true;
                reader.close();
            }
        };
    }
}
