package io.holdfast.runtime.checkpoint;

import io.holdfast.api.error.Problem;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.spi.storage.CheckpointWrite;
import io.holdfast.toolkit.metadata.CheckpointMetadata;
import io.holdfast.toolkit.metadata.OperatorMetadata;
import io.holdfast.toolkit.metadata.OperatorSnapshot;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * One checkpoint from its trigger to its end. Holds its state and refuses steps that do not belong
 * to it; what a step brings about is the coordinator's business. Used by the coordinator's thread.
 */
final class PendingCheckpoint {

    /** Where a checkpoint stands. */
    enum State {
        /** Its place in the storage is being prepared. */
        TRIGGERED,
        /** Barriers are out, tasks deliver. */
        ACKING,
        /** All have delivered; the metadata are being stored. */
        PUBLISHING,
        /** Durable. */
        COMPLETE,
        /** Given up; something may still have to be cleaned up. */
        ABORTED;

        boolean leadsTo(State next) {
            return switch (this) {
                case TRIGGERED -> next == ACKING || next == ABORTED;
                case ACKING -> next == PUBLISHING || next == ABORTED;
                case PUBLISHING -> next == COMPLETE || next == ABORTED;
                case COMPLETE, ABORTED -> false;
            };
        }
    }

    final long id;
    final CheckpointOrder order;
    final SnapshotKind kind;
    final JobAttempt attempt;
    final Instant triggeredAt;
    private final long startNanos;
    private final Set<CheckpointTask> waitingFor =
            Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<String, OperatorSnapshot[]> snapshots = new HashMap<>();
    private State state = State.TRIGGERED;
    private SnapshotTimings timings = SnapshotTimings.NONE;
    private long publishNanos;
    private Duration publish = Duration.ZERO;
    private long totalBytes;
    private long newBytes;

    /** True while a thread works on it in the storage: begins, publishes or cleans up. */
    boolean storageBusy;

    /** Takes its streams and metadata, once begun. */
    CheckpointWrite write;

    /** What tasks write through, once begun. */
    CheckpointSink sink;

    /** Runs out at the timeout; afterwards, again and again, while the storage does not answer. */
    CoordinatorThreads.Timer timer = () -> {};

    PendingCheckpoint(
            long id,
            CheckpointOrder order,
            SnapshotKind kind,
            JobAttempt attempt,
            Instant triggeredAt,
            long nanos) {
        this.id = id;
        this.order = order;
        this.kind = kind;
        this.attempt = attempt;
        this.triggeredAt = triggeredAt;
        this.startNanos = nanos;
        waitingFor.addAll(attempt.tasks());
    }

    State state() {
        return state;
    }

    boolean isUnderWay() {
        return state != State.COMPLETE && state != State.ABORTED;
    }

    /** A step from one state to the next; a wrong one is a defect and must not be written down. */
    void enter(State next) {
        if (!state.leadsTo(next)) {
            throw Problem.bug(
                            "JOB-6100",
                            "Checkpoint %d cannot go from %s to %s.".formatted(id, state, next))
                    .exception();
        }
        state = next;
    }

    CheckpointMetadata.Kind metadataKind() {
        return order.isSavepoint()
                ? CheckpointMetadata.Kind.SAVEPOINT
                : CheckpointMetadata.Kind.CHECKPOINT;
    }

    /** Says what it is, for messages. */
    String describe() {
        return (order.isSavepoint() ? "Savepoint " : "Checkpoint ") + id;
    }

    boolean waitsFor(CheckpointTask task) {
        return waitingFor.contains(task);
    }

    boolean isDelivered() {
        return waitingFor.isEmpty();
    }

    /** The tasks that have not delivered, for messages. */
    String missing() {
        int listed = 5;
        String names =
                waitingFor.stream()
                        .map(task -> task.name() + " (" + (task.subtask() + 1) + ")")
                        .sorted()
                        .limit(listed)
                        .collect(Collectors.joining(", "));
        int more = waitingFor.size() - listed;
        return more > 0 ? names + " and " + more + " more" : names;
    }

    /** Takes what a task delivers. */
    void deliver(
            CheckpointTask task,
            Map<String, OperatorSnapshot> delivered,
            SnapshotTimings taskTimings) {
        waitingFor.remove(task);
        delivered.forEach(
                (operator, snapshot) ->
                        snapshots
                                        .computeIfAbsent(
                                                operator,
                                                name ->
                                                        new OperatorSnapshot
                                                                [attempt.operator(name)
                                                                        .parallelism()])[
                                        task.subtask()] =
                                snapshot);
        timings = timings.max(taskTimings);
    }

    CheckpointMetadata metadata(String jobId, String jobName, Instant now) {
        List<OperatorMetadata> operators = new ArrayList<>();
        for (OperatorLayout operator : attempt.operators()) {
            OperatorSnapshot[] delivered = snapshots.get(operator.id());
            List<OperatorSnapshot> subtasks = new ArrayList<>();
            for (int i = 0; i < operator.parallelism(); i++) {
                boolean stateless = delivered == null || delivered[i] == null;
                subtasks.add(stateless ? OperatorSnapshot.EMPTY : delivered[i]);
            }
            operators.add(
                    new OperatorMetadata(
                            operator.id(),
                            operator.name(),
                            operator.parallelism(),
                            operator.maxParallelism().getAsInt(),
                            subtasks));
        }
        return new CheckpointMetadata(
                id,
                metadataKind(),
                order.stop() == StopMode.DRAIN,
                triggeredAt,
                now,
                jobId,
                jobName,
                operators);
    }

    void publishing(CheckpointMetadata metadata, Predicate<URI> known, long nanos) {
        publishNanos = nanos;
        Set<StreamHandle.InFile> seen = new HashSet<>();
        for (StreamHandle stream : (Iterable<StreamHandle>) metadata.streams()::iterator) {
            if (!(stream instanceof StreamHandle.InFile file)) {
                totalBytes += stream.length();
                newBytes += stream.length();
            } else if (seen.add(file)) {
                totalBytes += stream.length();
                newBytes += known.test(file.file()) ? 0 : stream.length();
            }
        }
    }

    void published(long nanos) {
        publish = Duration.ofNanos(nanos - publishNanos);
    }

    CheckpointStatistics statistics(long nanos, Optional<CheckpointFailure> failure) {
        return new CheckpointStatistics(
                id,
                metadataKind(),
                kind,
                order.stop(),
                triggeredAt,
                switch (state) {
                    case TRIGGERED, ACKING, PUBLISHING -> CheckpointStatistics.Status.IN_PROGRESS;
                    case COMPLETE -> CheckpointStatistics.Status.COMPLETED;
                    case ABORTED -> CheckpointStatistics.Status.ABORTED;
                },
                attempt.tasks().size(),
                attempt.tasks().size() - waitingFor.size(),
                timings,
                publish,
                Duration.ofNanos(nanos - startNanos),
                totalBytes,
                newBytes,
                failure);
    }
}
