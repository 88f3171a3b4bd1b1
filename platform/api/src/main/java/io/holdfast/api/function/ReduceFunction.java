package io.holdfast.api.function;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Combines two values of a type into one. Must be associative; where windows merge, commutative
 * too.
 *
 * @param <T> type of the values
 */
@ConsumerType
@FunctionalInterface
public interface ReduceFunction<T> {
    /**
     * Combines two values.
     *
     * @param first the value so far
     * @param second the value that is added
     * @return the combination; may be one of the arguments, modified; null removes what was stored
     * @throws Exception any failure: the job fails and restarts by its strategy
     */
    T reduce(T first, T second) throws Exception;
}
