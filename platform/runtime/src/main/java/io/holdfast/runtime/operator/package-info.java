/**
 * What is done with records: the operators of a chain, their context and their timers. Read {@link
 * io.holdfast.runtime.operator.Operator}, then {@link
 * io.holdfast.runtime.operator.KeyedProcessOperator}.
 *
 * <p>An operator belongs to one subtask and is used by its thread alone; it knows its output, not
 * who is behind it. Depends on {@code runtime.state}; knows no threads, channels or checkpoints.
 */
package io.holdfast.runtime.operator;
