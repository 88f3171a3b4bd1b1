/**
 * Operator state: lists and broadcast maps without keys, held on the heap of a subtask. Read {@link
 * io.holdfast.runtime.state.OperatorStates}; {@link io.holdfast.runtime.state.OperatorStateFormat}
 * specifies the bytes. Knows no tasks.
 */
package io.holdfast.runtime.state;
