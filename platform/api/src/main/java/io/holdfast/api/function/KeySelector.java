package io.holdfast.api.function;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Chooses the key of a record.
 *
 * <p>The result must depend on the record alone, and its {@code hashCode} on its content: arrays,
 * enums and objects with the identity hash are refused, because their hash differs in the next
 * process.
 *
 * @param <T> type of the records
 * @param <K> type of the key
 */
@ConsumerType
@FunctionalInterface
public interface KeySelector<T, K> {
    /**
     * Chooses the key.
     *
     * @param value a record
     * @return its key, never null
     * @throws Exception any failure: the job fails and restarts by its strategy
     */
    K getKey(T value) throws Exception;
}
