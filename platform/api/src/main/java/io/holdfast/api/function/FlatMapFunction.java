package io.holdfast.api.function;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Turns one record into any number of others.
 *
 * @param <I> type of the input
 * @param <O> type of the output
 */
@ConsumerType
@FunctionalInterface
public interface FlatMapFunction<I, O> {
    /**
     * Turns one record into others.
     *
     * @param value a record
     * @param out takes the results, in order; not to be used after return
     * @throws Exception any failure: the job fails and restarts by its strategy
     */
    void flatMap(I value, Collector<O> out) throws Exception;
}
