/**
 * State that survives failures, by kind, and the descriptors that name it. Read {@link
 * io.holdfast.api.state.ValueState} and {@link io.holdfast.api.state.StateDescriptor}.
 *
 * <p>Keyed state always means the entry of the record's key: a value written under one key is never
 * seen under another. It is used by the operator's own thread only. What is read from keyed state
 * belongs to the state: do not change it in place, since a heap backend would see the change and
 * RocksDB would not; put it back with {@code update}. Failures of a backend are {@link
 * io.holdfast.api.error.HoldfastException}s. Depends on {@code api.function}, {@code
 * api.serialization}, {@code api.error}.
 */
@Version("1.0.0")
package io.holdfast.api.state;

import org.osgi.annotation.versioning.Version;
