package io.holdfast.runtime.source;

import io.holdfast.api.connector.Source;
import io.holdfast.api.process.FunctionSnapshotContext;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.ListState;
import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.api.time.TimestampAssigner;
import io.holdfast.api.time.WatermarkStrategy;
import io.holdfast.runtime.connector.ImmediateSource;
import io.holdfast.runtime.operator.Operator;
import io.holdfast.runtime.operator.Watermarks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the splits of one subtask. They take turns of a few records, so that none runs ahead; the
 * watermark is the lowest of those that are not at their end.
 *
 * @param <T> type of the records
 */
public final class SourceOperator<T> extends Operator<T> {
    private static final Logger LOG = LoggerFactory.getLogger(SourceOperator.class);
    private static final int TURN = 32;
    private static final int TURNS_PER_WATERMARK = 32;

    /** How {@link #read()} went. */
    public enum Progress {
        /** Records were read. */
        READ,
        /** No split has data at present. */
        IDLE,
        /** All splits are at their end. */
        ENDED
    }

    private static final class OpenSplit<T> {
        final String id;
        final SplitCursor<T> cursor;
        long highest;

        OpenSplit(String id, SplitCursor<T> cursor, long highest) {
            this.id = id;
            this.cursor = cursor;
            this.highest = highest;
        }

        SplitProgress progress(boolean ended) {
            return new SplitProgress(new Source.Split(id, cursor.position()), highest, ended);
        }
    }

    private final Source<T> source;
    private final Optional<TimestampAssigner<T>> assigner;
    private final long disorder;
    private final Supplier<List<Source.Split>> freshSplits;
    private final Runnable dataArrived;

    /** Changed by the task's thread under its own lock; read by that thread without. */
    private final List<OpenSplit<T>> open = new ArrayList<>();

    private final List<SplitProgress> ended = new ArrayList<>();
    private ListState<SplitProgress> splits;
    private ListState<Boolean> started;
    private List<SplitProgress> begin = List.of();
    private int turn;
    private int turns;
    private int idleTurns;
    private long watermark = Long.MIN_VALUE;
    private volatile boolean cancelled;

    /**
     * A reader for one subtask.
     *
     * @param source what to read
     * @param strategy gives times and watermarks; without it records have no time
     * @param freshSplits all splits of the source, asked for if there is nothing to restore
     * @param dataArrived called by reading threads when data came after {@link Progress#IDLE}
     */
    public SourceOperator(
            Source<T> source,
            Optional<WatermarkStrategy<T>> strategy,
            Supplier<List<Source.Split>> freshSplits,
            Runnable dataArrived) {
        this.source = source;
        this.assigner = strategy.map(WatermarkStrategy::assigner);
        this.disorder = strategy.map(given -> given.disorder().toMillis()).orElse(0L);
        this.freshSplits = freshSplits;
        this.dataArrived = dataArrived;
    }

    @Override
    public void initialize() {
        splits =
                context()
                        .operatorStates()
                        .getListState(
                                new ListStateDescriptor<>("_splits", SplitProgress.SERIALIZER));
        started =
                context()
                        .operatorStates()
                        .getUnionListState(
                                new ListStateDescriptor<>("_started", Serializers.BOOLEAN));
        List<SplitProgress> restored = new ArrayList<>();
        splits.get().forEach(restored::add);
        begin = started.get().iterator().hasNext() ? restored : fresh();
        started.update(List.of(true));
    }

    private List<SplitProgress> fresh() {
        List<Source.Split> all = freshSplits.get();
        List<SplitProgress> mine = new ArrayList<>();
        for (int i = context().subtask(); i < all.size(); i += context().parallelism()) {
            mine.add(new SplitProgress(all.get(i), Long.MIN_VALUE, false));
        }
        return mine;
    }

    @Override
    public void open() throws IOException {
        for (SplitProgress progress : begin) {
            if (progress.ended()) {
                ended.add(progress);
            } else {
                openSplit(progress);
            }
        }
        begin = List.of();
    }

    private void openSplit(SplitProgress progress) throws IOException {
        Source.SplitReader<T> reader = source.open(progress.split());
        String id = progress.split().id();
        SplitCursor<T> cursor =
                source instanceof ImmediateSource<T>
                        ? SplitCursor.direct(reader)
                        : new PrefetchingCursor<>(
                                reader, "read " + context().operatorName() + " " + id, dataArrived);
        synchronized (open) {
            open.add(new OpenSplit<>(id, cursor, progress.highestTime()));
        }
        if (cancelled) {
            cursor.close();
        }
    }

    /**
     * Reads a few records of the split whose turn it is.
     *
     * @return how it went
     * @throws IOException if a split cannot be read
     */
    public Progress read() throws IOException {
        if (open.isEmpty()) {
            return Progress.ENDED;
        }
        turn = turn >= open.size() ? 0 : turn;
        OpenSplit<T> split = open.get(turn++);
        int read = 0;
        while (read < TURN) {
            SplitCursor.Found found = split.cursor.advance();
            if (found == SplitCursor.Found.END) {
                end(split);
                return open.isEmpty() ? Progress.ENDED : Progress.READ;
            }
            if (found == SplitCursor.Found.NOTHING) {
                break;
            }
            emit(split, split.cursor.record());
            read++;
        }
        if (++turns >= TURNS_PER_WATERMARK) {
            emitWatermark();
        }
        idleTurns = read == 0 ? idleTurns + 1 : 0;
        return idleTurns >= open.size() ? Progress.IDLE : Progress.READ;
    }

    private void emit(OpenSplit<T> split, T record) {
        if (assigner.isEmpty()) {
            output().emit(record, Long.MIN_VALUE);
            return;
        }
        long time = assigner.get().timestamp(record);
        if (time > split.highest) {
            split.highest = time;
        }
        output().emit(record, time);
    }

    private void end(OpenSplit<T> split) throws IOException {
        ended.add(split.progress(true));
        synchronized (open) {
            open.remove(split);
        }
        split.cursor.close();
        turn = Math.max(0, turn - 1);
    }

    /** Emits a watermark if it is higher than the last one. */
    public void emitWatermark() {
        turns = 0;
        long lowest = Long.MAX_VALUE;
        for (OpenSplit<T> split : open) {
            lowest = Math.min(lowest, Watermarks.of(split.highest, disorder));
        }
        if (assigner.isPresent() && !open.isEmpty() && lowest > watermark) {
            watermark = lowest;
            output().watermark(lowest);
        }
    }

    /**
     * Tells whether all splits are at their end.
     *
     * @return true if there is nothing to read any more
     */
    public boolean isEnded() {
        return open.isEmpty();
    }

    @Override
    public void process(int input, Object value, long timestamp) {
        throw new IllegalStateException("a source has no input");
    }

    @Override
    public void snapshot(FunctionSnapshotContext checkpoint) {
        List<SplitProgress> progress = new ArrayList<>(ended);
        open.forEach(split -> progress.add(split.progress(false)));
        splits.update(progress);
    }

    /** Stops readers that wait for data; from any thread. May block as long as a reader's close. */
    public void cancel() {
        cancelled = true;
        if (source instanceof ImmediateSource<T>) {
            return;
        }
        for (OpenSplit<T> split : openSplits()) {
            try {
                split.cursor.close();
            } catch (IOException | RuntimeException e) {
                LOG.debug("Closing split {} failed while it was read", split.id, e);
            }
        }
    }

    private List<OpenSplit<T>> openSplits() {
        synchronized (open) {
            return List.copyOf(open);
        }
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (OpenSplit<T> split : openSplits()) {
            try {
                split.cursor.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
