package io.holdfast.runtime;

import io.holdfast.api.connector.Source;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How fast sources give records: at a rate while a test does something to a job, then as fast as
 * they can, once it has done that.
 */
final class Pace {
    private final double perSecond;
    private final CountDownLatch hurry = new CountDownLatch(1);

    private Pace(double perSecond) {
        this.perSecond = perSecond;
    }

    /** So many records of each split in a second, hundreds at least: a reader waits for each. */
    static Pace of(double perSecond) {
        return new Pace(perSecond);
    }

    /** As fast as can be from the beginning. */
    static Pace unlimited() {
        Pace pace = new Pace(1);
        pace.hurry();
        return pace;
    }

    /** From now on, as fast as can be. */
    void hurry() {
        hurry.countDown();
    }

    /** Another source at this pace. */
    <T> Source<T> of(Source<T> source) {
        return new Source<>() {
            @Override
            public List<Split> splits() throws IOException {
                return source.splits();
            }

            @Override
            public SplitReader<T> open(Split split) throws IOException {
                return new Reader<>(source.open(split));
            }
        };
    }

    private final class Reader<T> implements Source.SplitReader<T> {
        private final Source.SplitReader<T> reader;
        private final long begin = System.nanoTime();
        private long records;

        Reader(Source.SplitReader<T> reader) {
            this.reader = reader;
        }

        @Override
        public T next() throws IOException {
            if (hurry.getCount() > 0) {
                long due = begin + (long) (records++ / perSecond * 1e9);
                try {
                    hurry.await(due - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return null;
                }
            }
            return reader.next();
        }

        @Override
        public long position() {
            return reader.position();
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }
}
