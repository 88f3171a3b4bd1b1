package io.holdfast.runtime.operator;

import io.holdfast.api.process.TimerService;
import io.holdfast.spi.state.VoidNamespace;
import java.util.function.LongSupplier;

/** What functions of keyed streams see of the timers. */
final class KeyTimers<K> implements TimerService {
    private final Timers<K, VoidNamespace> timers;
    private final OperatorContext context;
    private final LongSupplier watermark;

    KeyTimers(Timers<K, VoidNamespace> timers, OperatorContext context, LongSupplier watermark) {
        this.timers = timers;
        this.context = context;
        this.watermark = watermark;
    }

    @Override
    public long currentProcessingTime() {
        return context.processingTime();
    }

    @Override
    public long currentWatermark() {
        return watermark.getAsLong();
    }

    @Override
    public void registerEventTimeTimer(long time) {
        timers.eventTime().add(time, VoidNamespace.INSTANCE);
    }

    @Override
    public void registerProcessingTimeTimer(long time) {
        timers.processingTime().add(time, VoidNamespace.INSTANCE);
    }

    @Override
    public void deleteEventTimeTimer(long time) {
        timers.eventTime().remove(time, VoidNamespace.INSTANCE);
    }

    @Override
    public void deleteProcessingTimeTimer(long time) {
        timers.processingTime().remove(time, VoidNamespace.INSTANCE);
    }
}
