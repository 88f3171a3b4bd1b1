package io.holdfast.runtime.task;

import io.holdfast.runtime.checkpoint.Barrier;
import io.holdfast.runtime.checkpoint.CheckpointResponder;
import io.holdfast.runtime.checkpoint.CheckpointTask;
import io.holdfast.runtime.checkpoint.SnapshotTimings;
import io.holdfast.runtime.state.OperatorStateSnapshot;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle.ByKeyGroup;
import io.holdfast.spi.snapshot.RunningSnapshot;
import io.holdfast.toolkit.metadata.OperatorSnapshot;
import io.holdfast.toolkit.metadata.OperatorStateHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.LongPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the snapshots of one task on other threads and answers for them. Every running snapshot is
 * closed, at the latest by {@link #close()}, which comes before the backend is closed.
 */
final class AsyncSnapshots {
    private static final Logger LOG = LoggerFactory.getLogger(AsyncSnapshots.class);
    private static final long WAIT_NANOS = Duration.ofSeconds(3).toNanos();

    /** What is written for one barrier. */
    private static final class Running {
        final Barrier barrier;
        final Optional<RunningSnapshot> keyed;

        Running(Barrier barrier, Optional<RunningSnapshot> keyed) {
            this.barrier = barrier;
            this.keyed = keyed;
        }
    }

    private final CheckpointTask task;
    private final String keyedOperator;
    private final CheckpointResponder responder;
    private final Executor writers;
    private final Map<Long, Running> running = new HashMap<>();
    private boolean closed;

    AsyncSnapshots(
            CheckpointTask task,
            String keyedOperator,
            CheckpointResponder responder,
            Executor writers) {
        this.task = task;
        this.keyedOperator = keyedOperator;
        this.responder = responder;
        this.writers = writers;
    }

    void start(
            Barrier barrier,
            Optional<RunningSnapshot> keyed,
            ChainSnapshot states,
            Duration alignment,
            Duration sync) {
        Running snapshot = new Running(barrier, keyed);
        synchronized (running) {
            running.put(barrier.checkpointId(), snapshot);
        }
        writers.execute(() -> write(snapshot, states, alignment, sync));
    }

    private void write(Running snapshot, ChainSnapshot states, Duration alignment, Duration sync) {
        Barrier barrier = snapshot.barrier;
        long begin = System.nanoTime();
        Map<String, OperatorSnapshot> written = null;
        Throwable failure = null;
        try {
            written = write(snapshot, states);
        } catch (Exception | LinkageError | OutOfMemoryError e) {
            failure = e;
        }
        end(snapshot);
        synchronized (running) {
            running.remove(barrier.checkpointId());
            running.notifyAll();
            if (closed) {
                return;
            }
        }
        if (failure != null) {
            responder.decline(task, barrier.checkpointId(), failure);
        } else {
            Duration async = Duration.ofNanos(System.nanoTime() - begin);
            responder.acknowledge(
                    task,
                    barrier.checkpointId(),
                    written,
                    new SnapshotTimings(alignment, sync, async));
        }
    }

    private Map<String, OperatorSnapshot> write(Running snapshot, ChainSnapshot states)
            throws Exception {
        List<KeyedSnapshotHandle> keyed = new ArrayList<>();
        if (snapshot.keyed.isPresent()) {
            keyed.add(snapshot.keyed.get().write());
        }
        Optional<ByKeyGroup> rawKeyed = Optional.empty();
        if (states.rawKeyed().isPresent()) {
            rawKeyed = Optional.of(states.rawKeyed().get().write(snapshot.barrier.sink()));
        }
        Map<String, OperatorStateHandle> handles = new LinkedHashMap<>();
        for (Map.Entry<String, OperatorStateSnapshot> state : states.operatorStates().entrySet()) {
            handles.put(state.getKey(), state.getValue().write(snapshot.barrier.sink()));
        }
        Set<String> operators = new LinkedHashSet<>(handles.keySet());
        operators.add(keyedOperator);
        Map<String, OperatorSnapshot> written = new LinkedHashMap<>();
        for (String operator : operators) {
            written.put(
                    operator,
                    new OperatorSnapshot(
                            operator.equals(keyedOperator) ? keyed : List.of(),
                            operator.equals(keyedOperator) ? rawKeyed : Optional.empty(),
                            Optional.ofNullable(handles.get(operator))));
        }
        return written;
    }

    private void end(Running snapshot) {
        try {
            snapshot.keyed.ifPresent(RunningSnapshot::close);
        } catch (RuntimeException e) {
            LOG.warn("Closing a snapshot of '{}' failed", task.name(), e);
        }
    }

    /** Stops what is written for a checkpoint; may wait for the storage a little. */
    void abort(long checkpointId) {
        Running snapshot;
        synchronized (running) {
            snapshot = running.get(checkpointId);
        }
        if (snapshot != null) {
            end(snapshot);
        }
    }

    /** Stops everything and waits until nothing is written any more, but not for ever. */
    void close() {
        synchronized (running) {
            closed = true;
        }
        stopAll(checkpointId -> true);
    }

    /** Stops those of checkpoints before one, and waits until they are not written any more. */
    void stopBefore(long checkpoint) {
        stopAll(checkpointId -> checkpointId < checkpoint);
    }

    private void stopAll(LongPredicate which) {
        List<Running> open;
        synchronized (running) {
            open =
                    running.values().stream()
                            .filter(each -> which.test(each.barrier.checkpointId()))
                            .toList();
        }
        open.forEach(this::end);
        long deadline = System.nanoTime() + WAIT_NANOS;
        synchronized (running) {
            while (running.keySet().stream().anyMatch(which::test)
                    && deadline - System.nanoTime() > 0) {
                try {
                    running.wait(100);
                } catch (InterruptedException e) {
                    LOG.debug("Interrupted while waiting for snapshots of '{}'", task.name(), e);
                }
            }
            if (running.keySet().stream().anyMatch(which::test)) {
                LOG.warn(
                        "Writing snapshots {} of '{}' did not stop; going on without",
                        running.keySet(),
                        task.name());
            }
        }
    }
}
