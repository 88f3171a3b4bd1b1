/**
 * State backends: who holds the working state of a job. Read {@link
 * io.holdfast.spi.state.StateBackendFactory}, {@link io.holdfast.spi.state.StateBackend}, {@link
 * io.holdfast.spi.state.KeyedStateBackend}.
 *
 * <p>A factory is found by name, makes a backend from configuration, and that opens one keyed
 * backend per subtask. A keyed backend belongs to one thread; only what a {@link
 * io.holdfast.spi.snapshot.RunningSnapshot} does may run on another. Operator state needs no
 * backend: the engine holds it on the heap for all of them. A backend that also says where
 * checkpoints go is a {@link io.holdfast.spi.state.CompositeStateBackend}. Depends on {@code
 * spi.snapshot} and, for that, on {@code spi.storage}.
 */
@Version("1.0.0")
package io.holdfast.spi.state;

import org.osgi.annotation.versioning.Version;
