package io.holdfast.api.function;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Turns one record into one other.
 *
 * @param <I> type of the input
 * @param <O> type of the output
 */
@ConsumerType
@FunctionalInterface
public interface MapFunction<I, O> {
    /**
     * Turns one record into another.
     *
     * @param value a record
     * @return the record that takes its place
     * @throws Exception any failure: the job fails and restarts by its strategy
     */
    O map(I value) throws Exception;
}
