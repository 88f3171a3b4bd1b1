/**
 * Functions of one method each that a job is made of: map, filter, reduce, aggregate, choose a key.
 * Read {@link io.holdfast.api.function.AggregateFunction} for the only one with several.
 *
 * <p>All subtasks share the function object they were given and call it at the same time, so these
 * functions have no mutable fields. What needs state or a life cycle is in {@code api.process},
 * made once per subtask by a supplier. Depends on nothing.
 */
@Version("1.0.0")
package io.holdfast.api.function;

import org.osgi.annotation.versioning.Version;
