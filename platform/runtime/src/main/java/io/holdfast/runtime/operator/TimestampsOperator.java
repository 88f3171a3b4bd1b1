package io.holdfast.runtime.operator;

import io.holdfast.api.process.FunctionSnapshotContext;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.ListState;
import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.api.time.TimestampAssigner;
import io.holdfast.api.time.WatermarkStrategy;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives records new times, and makes watermarks of these; those from above are dropped, except the
 * last one. How far event time went is part of checkpoints, so that what was late before a restart
 * is late behind it.
 *
 * @param <T> type of the records
 */
public final class TimestampsOperator<T> extends Operator<T> {
    private static final int EVERY = 256;

    private final TimestampAssigner<T> assigner;
    private final long disorder;
    private long highest = Long.MIN_VALUE;
    private long emitted = Long.MIN_VALUE;
    private int sinceWatermark;
    private ListState<Long> state;

    /**
     * For one strategy.
     *
     * @param strategy shared by all subtasks
     */
    public TimestampsOperator(WatermarkStrategy<T> strategy) {
        assigner = strategy.assigner();
        disorder = strategy.disorder().toMillis();
    }

    @Override
    public void initialize() {
        state =
                context()
                        .operatorStates()
                        .getUnionListState(
                                new ListStateDescriptor<>("_highest-time", Serializers.LONG));
        List<Long> restored = new ArrayList<>();
        state.get().forEach(restored::add);
        if (restored.size() == context().parallelism()) {
            highest = restored.get(context().subtask());
        } else {
            highest = restored.stream().mapToLong(time -> time).min().orElse(Long.MIN_VALUE);
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(int input, Object value, long timestamp) throws Exception {
        long time = assigner.timestamp((T) value);
        output().emit((T) value, time);
        highest = Math.max(highest, time);
        if (++sinceWatermark >= EVERY) {
            emitWatermark();
        }
    }

    private void emitWatermark() {
        sinceWatermark = 0;
        long watermark = Watermarks.of(highest, disorder);
        if (watermark > emitted) {
            emitted = watermark;
            output().watermark(watermark);
        }
    }

    @Override
    protected void onWatermark(long time) {
        if (time == Long.MAX_VALUE) {
            emitted = time;
            output().watermark(time);
        } else {
            emitWatermark();
        }
    }

    @Override
    public void snapshot(FunctionSnapshotContext checkpoint) {
        state.update(List.of(highest));
    }
}
