/**
 * Checkpoints and savepoints looked at from outside: what they hold and whether they are whole,
 * without the job that wrote them. Read {@link io.holdfast.runtime.inspect.CheckpointInspector},
 * then {@link io.holdfast.runtime.inspect.KeyedSnapshots}.
 *
 * <p>Everything here is data of strangers: nothing is written, no class is loaded, no file is read
 * that lies outside of the checkpoint, and what is read is verified. Depends on the host for file
 * systems and backends; knows no job.
 */
package io.holdfast.runtime.inspect;
