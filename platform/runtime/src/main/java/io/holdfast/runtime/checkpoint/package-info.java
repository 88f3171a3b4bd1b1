/**
 * Checkpoints of a running job: triggering, collecting, publishing, keeping, restoring; and when to
 * restart. Read {@link io.holdfast.runtime.checkpoint.Barrier} and {@link
 * io.holdfast.runtime.checkpoint.CheckpointTask}: the engine's side of it; then the life of a
 * checkpoint in {@link io.holdfast.runtime.checkpoint.CheckpointCoordinator}.
 *
 * <p>Knows nothing of graphs, records or operators: a task is a name, ids of operators and a few
 * calls that must not block. Depends on {@code toolkit.metadata}, {@code spi.storage}, {@code
 * spi.snapshot}, {@code api.config}, {@code api.error}.
 */
package io.holdfast.runtime.checkpoint;
