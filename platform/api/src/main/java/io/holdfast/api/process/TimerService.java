package io.holdfast.api.process;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Time, and timers of the current key. A timer is set once per key and time, however often it is
 * registered, fires once, and is part of checkpoints. Times are milliseconds since
 * 1970-01-01T00:00Z.
 */
@ProviderType
public interface TimerService {

    /**
     * The clock of the machine.
     *
     * @return now
     */
    long currentProcessingTime();

    /**
     * The watermark of the operator.
     *
     * @return the watermark, {@link Long#MIN_VALUE} before the first
     */
    long currentWatermark();

    /**
     * Sets a timer that fires when the watermark reaches {@code time}.
     *
     * @param time event time
     */
    void registerEventTimeTimer(long time);

    /**
     * Sets a timer that fires when the clock reaches {@code time}; one that became due while the
     * job was down fires after the restart.
     *
     * @param time processing time
     */
    void registerProcessingTimeTimer(long time);

    /**
     * Removes a timer; nothing happens if it is not set.
     *
     * @param time event time
     */
    void deleteEventTimeTimer(long time);

    /**
     * Removes a timer; nothing happens if it is not set.
     *
     * @param time processing time
     */
    void deleteProcessingTimeTimer(long time);
}
