package io.holdfast.runtime.connector;

import io.holdfast.api.error.Problem;
import java.util.List;
import java.util.Objects;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/**
 * Records made from the numbers 0 to n - 1. Split <i>i</i> of <i>s</i> has the numbers whose
 * remainder by <i>s</i> is <i>i</i>, in order; so the records of each split do not depend on the
 * parallelism.
 *
 * @param <T> type of the records
 */
public final class GeneratorSource<T> implements ImmediateSource<T> {
    private final LongFunction<T> maker;
    private final long count;
    private final int splits;

    /**
     * Generates records.
     *
     * @param maker makes the record of a number, always the same; used by several threads
     * @param count how many records there are, {@link Long#MAX_VALUE} for no end
     * @param splits in how many parts they are read, at least the parallelism
     */
    public GeneratorSource(LongFunction<T> maker, long count, int splits) {
        if (count < 0 || splits < 1) {
            throw Problem.user(
                            "JOB-6030",
                            "Nothing generates %d records in %d splits.".formatted(count, splits))
                    .with("possible", "0 or more records, 1 or more splits")
                    .exception();
        }
        this.maker = Objects.requireNonNull(maker, "maker");
        this.count = count;
        this.splits = splits;
    }

    @Override
    public List<Split> splits() {
        return IntStream.range(0, splits)
                .mapToObj(split -> new Split(Integer.toString(split), split))
                .toList();
    }

    @Override
    public SplitReader<T> open(Split split) {
        return new SplitReader<>() {
            private long next = split.position();

            @Override
            public T next() {
                if (next >= count || next < 0) {
                    return null;
                }
                T record = maker.apply(next);
                next += splits;
                return record;
            }

            @Override
            public long position() {
                return next;
            }

            @Override
            public void close() {}
        };
    }
}
