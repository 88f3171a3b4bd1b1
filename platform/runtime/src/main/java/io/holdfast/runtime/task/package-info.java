/**
 * Tasks: one thread for each subtask of a chain, its inputs, alignment of barriers, snapshots. Read
 * {@link io.holdfast.runtime.task.Task}.
 *
 * <p>A task is told what to do by mail and tells what happened to a {@link
 * io.holdfast.runtime.task.TaskListener}; it knows nothing of other tasks or of the job.
 */
package io.holdfast.runtime.task;
