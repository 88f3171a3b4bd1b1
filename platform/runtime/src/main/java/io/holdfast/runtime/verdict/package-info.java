/**
 * Whether a job can go on from a checkpoint, told before anything is stopped. Read {@link
 * io.holdfast.runtime.verdict.JobCheck}, then {@link io.holdfast.runtime.verdict.JobVerdict}.
 *
 * <p>No verdict is made here: the job's operators are opened to learn what they ask for, and then
 * the job's own backend, opened on what the checkpoint says of its states but on none of their
 * entries, is asked for the same. Depends on {@code runtime.inspect}, on graphs and operators; the
 * engine does not depend on it.
 */
package io.holdfast.runtime.verdict;
