/**
 * The one command that measures everything: {@link io.holdfast.benchmarks.runner.BenchmarkMain}
 * starts a JVM per {@link io.holdfast.benchmarks.runner.Peer}, each with the class path of its
 * module, and writes one report.
 *
 * <p>The package must not depend on any peer, nor on the harness: it knows them by name only,
 * because their class paths exclude each other.
 */
package io.holdfast.benchmarks.runner;
