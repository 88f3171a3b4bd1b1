/**
 * How long it takes to find out what holds. Read {@link
 * io.holdfast.benchmarks.holdfast.resolve.ResolutionBenchmark} first.
 */
package io.holdfast.benchmarks.holdfast.resolve;
