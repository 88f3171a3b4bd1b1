package io.holdfast.api.state;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * One accumulator per key. Read as null before the first value.
 *
 * @param <I> type of what is added
 * @param <O> type of the result
 */
@ConsumerType
public interface AggregatingState<I, O> extends AppendingState<I, O> {}
