package io.holdfast.runtime.task;

import java.util.Arrays;

/** The watermark of a task: the lowest of its channels, and never back. */
final class InputWatermarks {
    private final long[] byChannel;
    private long current = Long.MIN_VALUE;

    InputWatermarks(int channels) {
        byChannel = new long[channels];
        Arrays.fill(byChannel, Long.MIN_VALUE);
    }

    /** Begins at what was restored. */
    void restore(long time) {
        current = time;
    }

    long current() {
        return current;
    }

    /** Takes note of a channel's watermark; returns true if the task's watermark rose. */
    boolean advance(int channel, long time) {
        long before = byChannel[channel];
        if (time <= before) {
            return false;
        }
        byChannel[channel] = time;
        if (before > current) {
            return false;
        }
        long lowest = Long.MAX_VALUE;
        for (long watermark : byChannel) {
            lowest = Math.min(lowest, watermark);
        }
        if (lowest <= current) {
            return false;
        }
        current = lowest;
        return true;
    }
}
