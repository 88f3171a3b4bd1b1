/**
 * {@code holdfast checkpoint}: what can be done with checkpoints and savepoints while no job runs.
 * Read {@link io.holdfast.cli.checkpoint.CheckpointCommand}. The work is done by {@link
 * io.holdfast.runtime.inspect}; here are words.
 *
 * <p>All names and values come from strangers: what is printed goes through {@link
 * io.holdfast.cli.output.Words#visible}.
 */
package io.holdfast.cli.checkpoint;
