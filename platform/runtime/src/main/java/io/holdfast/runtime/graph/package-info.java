/**
 * A job as a graph: what the program asked for ({@link io.holdfast.runtime.graph.Node}) and how it
 * is run ({@link io.holdfast.runtime.graph.JobGraph}): operators that need no exchange of records
 * between subtasks are chained and share a thread. Runs nothing.
 */
package io.holdfast.runtime.graph;
