package io.holdfast.runtime.connector;

import io.holdfast.api.connector.Sink;
import io.holdfast.api.error.Problem;
import io.holdfast.api.process.FunctionInitializationContext;
import io.holdfast.api.process.FunctionSnapshotContext;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.ListState;
import io.holdfast.api.state.ListStateDescriptor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Collects records in memory, each once also after restarts: records appear in {@link Results} when
 * their checkpoint is complete, or when the input ended if the job makes no checkpoints. For tests
 * and small results.
 *
 * @param <T> type of the records
 */
public final class CollectSink<T> implements Sink<T> {

    /**
     * What all subtasks collected. May be read by any thread.
     *
     * @param <T> type of the records
     */
    public static final class Results<T> {
        private final List<T> records = Collections.synchronizedList(new ArrayList<>());
        private final Set<String> committed = Collections.synchronizedSet(new HashSet<>());

        /** Empty results. */
        public Results() {}

        /**
         * The records so far, in no order.
         *
         * @return a copy
         */
        public List<T> records() {
            synchronized (records) {
                return List.copyOf(records);
            }
        }

        /**
         * Makes sinks that collect here, for {@code sinkTo}.
         *
         * @param serializer serializer of the records
         * @return a new sink at each call
         */
        public Supplier<CollectSink<T>> sink(Serializer<T> serializer) {
            return () -> new CollectSink<>(this, serializer);
        }

        private void commit(String transaction, List<T> part) {
            if (committed.add(transaction)) {
                records.addAll(part);
            }
        }
    }

    private final Results<T> results;
    private final ListStateDescriptor<Map<String, List<T>>> descriptor;
    private final TreeMap<Long, Map<String, List<T>>> pending = new TreeMap<>();
    private List<T> current = new ArrayList<>();
    private ListState<Map<String, List<T>>> state;
    private String prefix = "";
    private int transactions;
    private boolean ended;

    private CollectSink(Results<T> results, Serializer<T> serializer) {
        this.results = results;
        this.descriptor =
                new ListStateDescriptor<>(
                        "pending",
                        Serializers.map(Serializers.STRING, Serializers.list(serializer)));
    }

    @Override
    public void open(io.holdfast.api.process.RuntimeContext context) {
        prefix = context.attemptId() + "-" + context.subtask() + "-";
    }

    @Override
    public void initializeState(FunctionInitializationContext context) {
        state = context.operatorStateStore().getListState(descriptor);
        state.get().forEach(restored -> restored.forEach(results::commit));
    }

    @Override
    public void write(T record) {
        if (ended) {
            throw Problem.bug("JOB-6090", "A record came behind the end of data.").exception();
        }
        current.add(record);
    }

    private void closeTransaction(long checkpointId) {
        if (!current.isEmpty()) {
            pending.put(checkpointId, Map.of(prefix + transactions++, current));
            current = new ArrayList<>();
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) {
        closeTransaction(context.checkpointId());
        state.update(List.copyOf(pending.values()));
    }

    @Override
    public void commit(long checkpointId) {
        Map<Long, Map<String, List<T>>> complete = pending.headMap(checkpointId, true);
        complete.values().forEach(transaction -> transaction.forEach(results::commit));
        complete.clear();
    }

    @Override
    public void finish(boolean lastCheckpoint) {
        ended = true;
        if (!lastCheckpoint) {
            closeTransaction(0);
            commit(0);
        }
    }
}
