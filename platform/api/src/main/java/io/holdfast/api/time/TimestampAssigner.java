package io.holdfast.api.time;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Tells when a record happened.
 *
 * @param <T> type of the records
 */
@ConsumerType
@FunctionalInterface
public interface TimestampAssigner<T> {

    /**
     * The time of a record.
     *
     * @param record the record
     * @return event time in milliseconds
     */
    long timestamp(T record);
}
