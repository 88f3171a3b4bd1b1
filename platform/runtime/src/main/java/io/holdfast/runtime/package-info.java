/**
 * The embedded engine, as a program sees it. Read {@link
 * io.holdfast.runtime.StreamExecutionEnvironment}, then {@link io.holdfast.runtime.DataStream}.
 *
 * <p>A program describes its job by streams and functions; {@code execute} plans and runs it in
 * this process. Functions of one method are shared by all subtasks and have no state; what has
 * state or a life cycle is given as a supplier, which makes one object for each subtask.
 */
@Version("1.0.0")
package io.holdfast.runtime;

import org.osgi.annotation.versioning.Version;
