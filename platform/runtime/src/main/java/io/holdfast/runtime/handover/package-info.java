/**
 * Exchanges the state backend of a running job at a cut of the stream: in all subtasks, or in none.
 * Begin with {@link io.holdfast.runtime.handover.HandOver}.
 */
package io.holdfast.runtime.handover;
