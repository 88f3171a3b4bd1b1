package io.holdfast.api.function;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Keeps or drops records.
 *
 * @param <T> type of the records
 */
@ConsumerType
@FunctionalInterface
public interface FilterFunction<T> {
    /**
     * Decides on one record.
     *
     * @param value a record
     * @return true to keep it
     * @throws Exception any failure: the job fails and restarts by its strategy
     */
    boolean filter(T value) throws Exception;
}
