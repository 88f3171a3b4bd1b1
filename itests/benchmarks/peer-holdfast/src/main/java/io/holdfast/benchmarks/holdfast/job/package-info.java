/**
 * The example Nexmark query 5 on Holdfast's engine behind {@link
 * io.holdfast.benchmarks.job.JobPeer}.
 */
package io.holdfast.benchmarks.holdfast.job;
