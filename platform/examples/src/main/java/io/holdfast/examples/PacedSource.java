package io.holdfast.examples;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.ConfigOptions;
import io.holdfast.api.config.ReadableConfig;
import io.holdfast.api.connector.Source;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Another source at a steady rate, so that a person can watch a job, or kill it. All its readers
 * together keep the rate.
 *
 * @param <T> type of the records
 */
public final class PacedSource<T> implements Source<T> {
    /** {@code rate}: records read a second. */
    public static final ConfigOption<Long> RATE =
            ConfigOptions.key("rate")
                    .longType()
                    .defaultValue(0L)
                    .check("1 or more, or 0", rate -> rate >= 0)
                    .withDescription(
                            "Records read a second, to have time to watch, or to kill it;"
                                    + " 0 is as fast as possible.");

    private final Source<T> source;
    private final double nanosPerRecord;
    private final AtomicLong records = new AtomicLong();
    private final AtomicLong began = new AtomicLong();

    /**
     * A source at the rate that was chosen.
     *
     * @param source what to read
     * @param choices may have {@link #RATE}
     * @param <T> type of the records
     * @return the source itself if it may run as fast as it can
     */
    public static <T> Source<T> of(Source<T> source, ReadableConfig choices) {
        long rate = choices.get(RATE);
        return rate == 0 ? source : new PacedSource<>(source, rate);
    }

    private PacedSource(Source<T> source, long recordsPerSecond) {
        this.source = source;
        nanosPerRecord = (double) TimeUnit.SECONDS.toNanos(1) / recordsPerSecond;
    }

    @Override
    public List<Split> splits() throws IOException {
        return source.splits();
    }

    @Override
    public SplitReader<T> open(Split split) throws IOException {
        began.compareAndSet(0, System.nanoTime());
        SplitReader<T> reader = source.open(split);
        return new SplitReader<>() {
            private volatile boolean closed;

            @Override
            public T next() throws IOException {
                long due = began.get() + (long) (records.getAndIncrement() * nanosPerRecord);
                for (long left = left(due); left > 0 && !closed; left = left(due)) {
                    LockSupport.parkNanos(Math.min(left, TimeUnit.MILLISECONDS.toNanos(100)));
                }
                if (closed) {
                    throw new IOException("split '" + split.id() + "' was closed");
                }
                return reader.next();
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

    private static long left(long due) {
        return due - System.nanoTime();
    }
}
