/**
 * How records, watermarks and barriers travel from task to task: bounded queues of small batches.
 * Read {@link io.holdfast.runtime.channel.Inbox}, then {@link io.holdfast.runtime.channel.Outlet}.
 *
 * <p>Backpressure is blocking: a producer waits while the queue is full. Closing an inbox wakes
 * everybody who waits on either side; threads are never interrupted. Knows no operators.
 */
package io.holdfast.runtime.channel;
