package io.holdfast.runtime.operator;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.state.KeyedStateBackend;
import io.holdfast.spi.state.TimerQueue;

/**
 * The timers of one operator: a queue for each clock. When one fires, its key is current.
 *
 * @param <K> type of the keys
 * @param <N> type of the namespaces
 */
public final class Timers<K, N> {

    /**
     * Called when a timer fires.
     *
     * @param <K> type of the key
     * @param <N> type of the namespace
     */
    @FunctionalInterface
    public interface Action<K, N> {

        /**
         * Handles a timer.
         *
         * @param timer the timer
         * @throws Exception if the function fails
         */
        void fire(TimerQueue.Timer<K, N> timer) throws Exception;
    }

    private final OperatorContext context;
    private final KeyedStateBackend<K> backend;
    private final TimerQueue<K, N> eventTime;
    private final TimerQueue<K, N> processingTime;
    private final Action<K, N> onEventTime;
    private final Action<K, N> onProcessingTime;

    /**
     * The timers of one operator.
     *
     * @param name tells apart several sets of timers
     * @param namespace serializer of the namespaces
     * @param context where the operator runs
     * @param backend holds them
     * @param onEventTime called when one of event time fires
     * @param onProcessingTime called when one of processing time fires
     */
    public Timers(
            String name,
            Serializer<N> namespace,
            OperatorContext context,
            KeyedStateBackend<K> backend,
            Action<K, N> onEventTime,
            Action<K, N> onProcessingTime) {
        this.context = context;
        this.backend = backend;
        this.eventTime = backend.timers("_timer_state/event_" + name, namespace);
        this.processingTime = backend.timers("_timer_state/processing_" + name, namespace);
        this.onEventTime = onEventTime;
        this.onProcessingTime = onProcessingTime;
    }

    /**
     * Those of event time.
     *
     * @return the queue
     */
    public TimerQueue<K, N> eventTime() {
        return eventTime;
    }

    /**
     * Those of processing time.
     *
     * @return the queue
     */
    public TimerQueue<K, N> processingTime() {
        return processingTime;
    }

    /**
     * Fires timers of event time.
     *
     * @param watermark up to when
     * @throws Exception if the function fails
     */
    public void advanceWatermark(long watermark) throws Exception {
        fire(eventTime, watermark, onEventTime);
    }

    /**
     * Fires timers of processing time.
     *
     * @param now up to when
     * @throws Exception if the function fails
     */
    public void advanceProcessingTime(long now) throws Exception {
        fire(processingTime, now, onProcessingTime);
    }

    private void fire(TimerQueue<K, N> queue, long upTo, Action<K, N> action) throws Exception {
        while (queue.nextTime() <= upTo && !queue.isEmpty()) {
            context.throwIfCancelled();
            TimerQueue.Timer<K, N> timer = queue.poll();
            backend.setCurrentKey(
                    timer.key(), KeyGroupRange.keyGroup(timer.key(), context.maxParallelism()));
            action.fire(timer);
        }
    }

    /**
     * When the next timer of processing time is due.
     *
     * @return the time, {@link Long#MAX_VALUE} for never
     */
    public long nextProcessingTime() {
        return processingTime.nextTime();
    }
}
