/**
 * Measured outcomes of Flink, compared with ours. Read {@code CasesIT} first. {@code
 * io.holdfast.itests.conformance.file} does the same for parsers and migration.
 */
package io.holdfast.itests.conformance;
