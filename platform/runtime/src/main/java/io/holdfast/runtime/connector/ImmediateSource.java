package io.holdfast.runtime.connector;

import io.holdfast.api.connector.Source;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A source whose readers never wait for data to appear, so that they can be read on the thread of
 * their subtask. Readers of other sources get a thread each.
 *
 * @param <T> type of the records
 */
@ConsumerType
public interface ImmediateSource<T> extends Source<T> {}
