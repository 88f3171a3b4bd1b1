package io.holdfast.api.function;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Collects values in an accumulator and makes a result of it.
 *
 * <p>An accumulator belongs to the state it is stored in: {@link #add} and {@link #merge} may
 * change and return the one they are given.
 *
 * @param <I> type of the values
 * @param <A> type of the accumulator
 * @param <O> type of the result
 */
@ConsumerType
public interface AggregateFunction<I, A, O> {
    /**
     * Makes an empty accumulator.
     *
     * @return a new one at each call if it is mutable
     */
    A createAccumulator();

    /**
     * Adds a value.
     *
     * @param value the value
     * @param accumulator what was collected so far
     * @return the accumulator with the value in it; null removes what was stored
     */
    A add(I value, A accumulator);

    /**
     * Makes the result.
     *
     * @param accumulator what was collected; must not be changed
     * @return the result
     */
    O getResult(A accumulator);

    /**
     * Combines two accumulators, as windows that merge need it.
     *
     * @param first one accumulator
     * @param second another one
     * @return an accumulator with the content of both
     */
    A merge(A first, A second);
}
