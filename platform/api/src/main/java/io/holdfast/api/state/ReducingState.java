package io.holdfast.api.state;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * One value per key, the combination of all values added. Read as null before the first.
 *
 * @param <T> type of the values
 */
@ConsumerType
public interface ReducingState<T> extends AppendingState<T, T> {}
