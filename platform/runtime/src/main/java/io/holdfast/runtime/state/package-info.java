/**
 * State that no backend holds. Operator state: lists and broadcast maps without keys, on the heap
 * of a subtask; read {@link io.holdfast.runtime.state.OperatorStates}. Raw keyed state: bytes that
 * functions write by key group; read {@link io.holdfast.runtime.state.RawKeyedState}. {@link
 * io.holdfast.runtime.state.OperatorStateFormat} and {@link
 * io.holdfast.runtime.state.RawKeyedFormat} specify what is stored. Knows no tasks.
 */
package io.holdfast.runtime.state;
