/**
 * A JMH profiler for machines that are shared with others: {@link
 * io.holdfast.benchmarks.profile.CpuTimeProfiler} counts operations per processor time instead of
 * wall time. Depends on nothing of the project.
 */
package io.holdfast.benchmarks.profile;
