/**
 * Reading sources: splits dealt out to subtasks, read in turn, each with its own watermark. Read
 * {@link io.holdfast.runtime.source.SourceOperator}.
 *
 * <p>A split that may wait for data is read by a thread of its own, so that its subtask can still
 * take part in checkpoints. Depends on {@code runtime.operator}, {@code runtime.connector}.
 */
package io.holdfast.runtime.source;
