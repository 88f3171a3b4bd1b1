/**
 * Nexmark query 5 as a DataStream job on Flink's MiniCluster. Read {@link
 * io.holdfast.benchmarks.flink.job.HotItemsJob}: step by step the same query as Holdfast's example.
 */
package io.holdfast.benchmarks.flink.job;
