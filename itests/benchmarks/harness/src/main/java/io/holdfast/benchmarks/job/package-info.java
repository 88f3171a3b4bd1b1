/**
 * Whole jobs, measured by processor time per event. Read {@link
 * io.holdfast.benchmarks.job.JobPeer}, then {@link io.holdfast.benchmarks.job.JobMain}, which runs
 * in a JVM of the peer's own.
 */
package io.holdfast.benchmarks.job;
