package io.holdfast.runtime.connector;

import io.holdfast.api.connector.Source;
import io.holdfast.api.error.Problem;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Another source, slowed down: each split gives at most so many records in a second.
 *
 * @param <T> type of the records
 */
public final class RateLimitedSource<T> implements Source<T> {
    private final Source<T> source;
    private final double perSecond;

    /**
     * Slows a source down.
     *
     * @param source the source
     * @param perSecond records of each split in a second, more than 0
     */
    public RateLimitedSource(Source<T> source, double perSecond) {
        if (!(perSecond > 0)) {
            throw Problem.user("JOB-6031", "A rate cannot be " + perSecond + " in a second.")
                    .with("possible", "more than 0")
                    .exception();
        }
        this.source = Objects.requireNonNull(source, "source");
        this.perSecond = perSecond;
    }

    @Override
    public List<Split> splits() throws IOException {
        return source.splits();
    }

    @Override
    public SplitReader<T> open(Split split) throws IOException {
        SplitReader<T> reader = source.open(split);
        return new SplitReader<>() {
            private final CountDownLatch closed = new CountDownLatch(1);
            private final long begin = System.nanoTime();
            private long records;

            @Override
            public T next() throws IOException {
                long due = begin + (long) (records++ / perSecond * 1e9);
                try {
                    if (closed.await(due - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                        return null;
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return null;
                }
                return reader.next();
            }

            @Override
            public long position() {
                return reader.position();
            }

            @Override
            public void close() throws IOException {
                closed.countDown();
                reader.close();
            }
        };
    }
}
