package io.holdfast.runtime.task;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.runtime.channel.BarrierMark;
import io.holdfast.runtime.channel.Batch;
import io.holdfast.runtime.channel.CancelledException;
import io.holdfast.runtime.channel.Channel;
import io.holdfast.runtime.channel.Element;
import io.holdfast.runtime.channel.EndOfData;
import io.holdfast.runtime.channel.Inbox;
import io.holdfast.runtime.channel.Mail;
import io.holdfast.runtime.channel.Watermark;
import io.holdfast.runtime.checkpoint.Barrier;
import io.holdfast.runtime.checkpoint.CheckpointTask;
import io.holdfast.runtime.checkpoint.Cut;
import io.holdfast.runtime.checkpoint.StopMode;
import io.holdfast.runtime.graph.Body;
import io.holdfast.runtime.graph.ChainedOperator;
import io.holdfast.runtime.handover.HandOver;
import io.holdfast.runtime.operator.KeyedOperator;
import io.holdfast.runtime.operator.Operator;
import io.holdfast.runtime.source.SourceOperator;
import io.holdfast.spi.snapshot.RunningSnapshot;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.snapshot.SnapshotRequest;
import io.holdfast.spi.state.KeyedStateBackend;
import io.holdfast.toolkit.expiring.ExpiringStates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One subtask of a chain of operators, with a thread of its own. */
public final class Task implements CheckpointTask {
    /*
     * Everything happens on the task's thread, between two records: mail (triggers, completed and
     * aborted checkpoints, the request to finish), elements of channels or records of the source,
     * timers of processing time. Only the bytes of snapshots are written elsewhere.
     *
     * A task whose input has ended does not end: it emits the last watermark and the end of data,
     * finishes its operators, and goes on passing barriers, because the checkpoint at the end of
     * the job needs all tasks. It ends when it is told to finish.
     *
     * Cancelling closes the inbox. That wakes the thread if it waits for input, and producers that
     * wait for space; and since the inboxes of all tasks are closed, this thread too if it waits
     * for space elsewhere. Threads are not interrupted: an interrupt closes the file channels of
     * whoever happens to be reading or writing.
     */
    private static final long FOREVER = Duration.ofHours(1).toMillis();

    /** How many times as much as a state asks for is cleaned up at once, while records come. */
    private static final int BUSY = 1;

    /** The same while none come: still short enough that the next one hardly waits. */
    private static final int IDLE = 16;

    private final TaskPlan plan;
    private final TaskServices services;
    private final TaskListener listener;
    private final Inbox inbox;
    private final String name;
    private final List<String> operatorIds;
    private final Map<String, OperatorStats> stats = new LinkedHashMap<>();
    private final OperatorChain chain;
    private final AsyncSnapshots snapshots;
    private final BarrierAlignment alignment;
    private final InputWatermarks watermarks;
    private int openInputs;
    private boolean drained;
    private boolean finishing;
    private Optional<Long> suspendedAt = Optional.empty();
    private volatile long shownWatermark = Long.MIN_VALUE;
    private volatile boolean flushWanted;
    private volatile SourceOperator<?> cancellable;
    private volatile boolean cancelled;

    /**
     * A task that was not started yet.
     *
     * @param plan which part of the job it is
     * @param services what it uses
     * @param listener told what happens
     */
    public Task(TaskPlan plan, TaskServices services, TaskListener listener) {
        this.plan = plan;
        this.services = services;
        this.listener = listener;
        this.inbox = plan.inbox();
        this.name = plan.chain().name();
        List<ChainedOperator> operators = plan.chain().operators();
        this.operatorIds = operators.stream().map(ChainedOperator::id).toList();
        operatorIds.forEach(id -> stats.put(id, new OperatorStats(id)));
        this.chain = new OperatorChain(plan, services, stats);
        this.snapshots =
                new AsyncSnapshots(
                        this, operatorIds.get(0), services.responder(), services.writers());
        this.alignment = new BarrierAlignment(inbox.channels(), new Gate());
        this.watermarks = new InputWatermarks(inbox.channels());
        this.openInputs = inbox.channels();
    }

    private final class Gate implements BarrierAlignment.Gate {
        @Override
        public void block(int channel, boolean blocked) {
            inbox.block(channel, blocked);
        }

        @Override
        public void superseded(Cut older, Cut newer) {
            if (older instanceof HandOver) {
                return; // It was given up, or nothing newer would have been sent.
            }
            services.responder()
                    .decline(
                            Task.this,
                            older.checkpointId(),
                            new IllegalStateException(
                                    "barrier %d came before barrier %d had come through all channels"
                                            .formatted(
                                                    newer.checkpointId(), older.checkpointId())));
        }
    }

    /** Starts the thread. */
    public void start() {
        Thread thread =
                new Thread(
                        this::run,
                        "%s (%d/%d)#%d"
                                .formatted(
                                        name,
                                        plan.info().subtask() + 1,
                                        plan.info().parallelism(),
                                        plan.info().attempt()));
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            chain.open();
            cancellable = chain.source();
            if (cancelled) {
                throw new CancelledException();
            }
            listener.running(this);
            if (chain.source() == null) {
                restoreWatermark();
                processInput();
            } else {
                chain.source().emitWatermark();
                readSource();
            }
        } catch (CancelledException e) {
            // Not a failure of this task: whoever closed the inbox knows why.
            cancelled = true;
        } catch (Throwable e) {
            listener.failed(this, explained(e));
        } finally {
            inbox.close();
            snapshots.close();
            chain.close();
            listener.ended(this);
        }
    }

    private Throwable explained(Throwable failure) {
        String operator = name;
        Throwable cause = failure;
        if (failure instanceof OperatorFailure named) {
            operator = named.operator();
            cause = named.getCause();
        }
        String where =
                "%s (%d/%d)"
                        .formatted(operator, plan.info().subtask() + 1, plan.info().parallelism());
        if (cause instanceof HoldfastException known) {
            Problem problem = known.problem();
            List<Problem.Detail> details = new ArrayList<>(problem.details());
            details.add(new Problem.Detail("in", where));
            return new HoldfastException(
                    new Problem(
                            problem.code(),
                            problem.category(),
                            problem.summary(),
                            details,
                            problem.advice()),
                    cause);
        }
        return Problem.user("JOB-6020", "Operator %s failed: %s".formatted(where, cause))
                .with("attempt", plan.info().attempt())
                .exception(cause);
    }

    private void restoreWatermark() throws Exception {
        long restored = chain.restoredWatermark();
        if (restored > Long.MIN_VALUE) {
            watermarks.restore(restored);
            shownWatermark = restored;
            chain.watermark(restored);
        }
    }

    private void processInput() throws Exception {
        KeyedOperator<?, ?> keyed = chain.keyedHead();
        OperatorStats head = stats.get(operatorIds.get(0));
        while (!finishing) {
            Object taken = inbox.take(0);
            if (taken == null) {
                chain.flush();
                boolean more = cleanUp(chain.keyedStates(), IDLE);
                taken = inbox.take(more ? 0 : untilThereIsWork(keyed));
            }
            if (taken instanceof Batch batch) {
                head.recordsIn().add(batch.size());
                processBatch(batch, keyed);
            } else if (taken instanceof Mail mail) {
                mail.run();
            } else if (taken instanceof Element element) {
                processEvent(element);
            }
            if (keyed != null) {
                fireTimers(keyed);
                cleanUp(chain.keyedStates(), BUSY);
            }
            flushIfWanted();
        }
    }

    /** Removes some of what has expired; whether there is more to do now. */
    private static boolean cleanUp(ExpiringStates<?> states, int often) {
        if (states == null) {
            return false;
        }
        states.betweenRecords();
        return states.cleanInBackground(often);
    }

    private void processBatch(Batch batch, KeyedOperator<?, ?> keyed) {
        Operator<?> head = chain.head();
        int input = inbox.lastChannel().input();
        int size = batch.size();
        ExpiringStates<?> states = chain.keyedStates();
        ExpiringStates<?> cleaned =
                states != null && states.isCleanedIncrementally() ? states : null;
        try {
            for (int i = 0; i < size; i++) {
                if (keyed != null) {
                    keyed.setCurrentKey(batch.key(i), batch.keyGroup(i));
                }
                head.process(input, batch.value(i), batch.timestamp(i));
                if (cleaned != null) {
                    cleaned.betweenRecords();
                }
            }
        } catch (Exception e) {
            throw ChainOutput.failure(chain.headName(), e);
        }
    }

    private void processEvent(Element event) throws Exception {
        Channel channel = inbox.lastChannel();
        if (event instanceof Watermark watermark) {
            advanceWatermark(channel, watermark.time());
        } else if (event instanceof BarrierMark mark) {
            Optional<BarrierAlignment.Aligned> aligned =
                    alignment.arrived(channel.index(), mark.cut(), System.nanoTime());
            if (aligned.isPresent()) {
                reached(aligned.get());
            }
        } else if (event == EndOfData.INSTANCE) {
            advanceWatermark(channel, Long.MAX_VALUE);
            if (--openInputs == 0) {
                drain();
            }
        }
    }

    private void reached(BarrierAlignment.Aligned aligned) throws Exception {
        if (aligned.barrier() instanceof Barrier barrier) {
            checkpoint(barrier, Duration.ofNanos(aligned.nanos()));
        } else if (aligned.barrier() instanceof HandOver handOver) {
            exchange(handOver);
        }
    }

    /** Passes the cut on before: those behind do not wait for this task longer than they must. */
    private void exchange(HandOver handOver) {
        chain.broadcast(new BarrierMark(handOver));
        chain.flush();
        chain.handOver(handOver, () -> snapshots.stopBefore(handOver.checkpointId()));
    }

    private void advanceWatermark(Channel channel, long time) throws Exception {
        if (watermarks.advance(channel.index(), time)) {
            shownWatermark = watermarks.current();
            chain.watermark(watermarks.current());
        }
    }

    /** How long nothing happens by itself. */
    private long untilThereIsWork(KeyedOperator<?, ?> keyed) {
        if (keyed == null) {
            return FOREVER;
        }
        long next = Math.min(keyed.nextProcessingTime(), chain.keyedStates().nextBackground());
        if (next == Long.MAX_VALUE) {
            return FOREVER;
        }
        long now = services.clock().getAsLong();
        return next <= now ? 0 : Math.min(FOREVER, next - now);
    }

    private void fireTimers(KeyedOperator<?, ?> keyed) {
        long next = keyed.nextProcessingTime();
        if (next == Long.MAX_VALUE || drained) {
            return;
        }
        long now = services.clock().getAsLong();
        if (next <= now) {
            try {
                keyed.advanceProcessingTime(now);
            } catch (Exception e) {
                throw ChainOutput.failure(chain.headName(), e);
            }
        }
    }

    private void readSource() throws Exception {
        SourceOperator<?> source = chain.source();
        while (!finishing) {
            while (inbox.urgent()) {
                Object mail = inbox.take(0);
                if (mail instanceof Mail message) {
                    message.run();
                }
            }
            boolean idle = drained || suspendedAt.isPresent();
            if (!idle) {
                switch (read(source)) {
                    case READ -> {}
                    case IDLE -> idle = true;
                    case ENDED -> drain();
                }
            }
            if (idle && !finishing) {
                source.emitWatermark();
                chain.flush();
                if (inbox.take(FOREVER) instanceof Mail message) {
                    message.run();
                }
            }
            if (flushWanted && !drained) {
                source.emitWatermark();
            }
            flushIfWanted();
        }
    }

    private SourceOperator.Progress read(SourceOperator<?> source) {
        try {
            return source.read();
        } catch (Exception e) {
            throw ChainOutput.failure(chain.headName(), e);
        }
    }

    private void flushIfWanted() {
        if (flushWanted) {
            flushWanted = false;
            chain.flush();
        }
    }

    /** The input ended: everything that was held back comes out. */
    private void drain() throws Exception {
        if (drained) {
            return;
        }
        drained = true;
        if (chain.source() != null) {
            chain.watermark(Long.MAX_VALUE);
        }
        shownWatermark = Long.MAX_VALUE;
        chain.finish(plan.checkpointing());
        chain.broadcast(EndOfData.INSTANCE);
        listener.drained(this);
    }

    private void checkpoint(Barrier barrier, Duration aligned) throws Exception {
        chain.broadcast(new BarrierMark(barrier));
        long begin = System.nanoTime();
        Optional<RunningSnapshot> keyed = Optional.empty();
        try {
            ChainSnapshot states = chain.snapshot(barrier, watermarks.current());
            if (chain.backend().isPresent()) {
                keyed = Optional.of(keyedSnapshot(chain.backend().get(), barrier));
            }
            Duration sync = Duration.ofNanos(System.nanoTime() - begin);
            snapshots.start(barrier, keyed, states, aligned, sync);
        } catch (CancelledException e) {
            throw e;
        } catch (Exception e) {
            keyed.ifPresent(RunningSnapshot::close);
            services.responder().decline(this, barrier.checkpointId(), explained(e));
        }
    }

    private RunningSnapshot keyedSnapshot(KeyedStateBackend<?> backend, Barrier barrier)
            throws Exception {
        SnapshotKind kind =
                chain.stateBackend().snapshotKinds().contains(barrier.kind())
                        ? barrier.kind()
                        : SnapshotKind.FULL;
        return backend.snapshot(new SnapshotRequest(barrier.checkpointId(), kind, barrier.sink()));
    }

    private void begin(Barrier barrier) throws Exception {
        if (!alignment.begins(barrier)) {
            return;
        }
        if (barrier.stop() == StopMode.DRAIN) {
            drain();
        }
        checkpoint(barrier, Duration.ZERO);
        if (barrier.stop() == StopMode.SUSPEND) {
            suspendedAt = Optional.of(barrier.checkpointId());
        }
    }

    @Override
    public void trigger(Barrier barrier) {
        inbox.post(() -> begin(barrier));
    }

    @Override
    public void completed(long checkpointId) {
        inbox.post(() -> chain.checkpointCompleted(checkpointId));
    }

    @Override
    public void aborted(long checkpointId) {
        inbox.post(
                () -> {
                    alignment.aborted(checkpointId);
                    chain.checkpointAborted(checkpointId);
                    if (suspendedAt.equals(Optional.of(checkpointId))) {
                        suspendedAt = Optional.empty();
                    }
                });
        services.writers().execute(() -> snapshots.abort(checkpointId));
    }

    /**
     * Lets the keyed state prepare for a hand-over beside the work.
     *
     * @return whether it would be short now; never completes if the task ends before
     */
    public CompletableFuture<Boolean> prepareHandOver() {
        CompletableFuture<Boolean> ready = new CompletableFuture<>();
        inbox.post(
                () -> {
                    try {
                        ready.complete(chain.prepareLocalFiles());
                    } catch (RuntimeException | LinkageError e) {
                        ready.completeExceptionally(e);
                    }
                });
        return ready;
    }

    /**
     * Asks a source to send the cut of a hand-over, as soon as it is between two records.
     *
     * @param handOver the hand-over
     */
    public void handOver(HandOver handOver) {
        inbox.post(
                () -> {
                    if (alignment.begins(handOver)) {
                        exchange(handOver);
                    }
                });
    }

    /**
     * A hand-over was given up: its cut is not waited for any more.
     *
     * @param handOver the hand-over
     */
    public void givenUp(HandOver handOver) {
        inbox.post(() -> alignment.aborted(handOver.checkpointId()));
    }

    /**
     * Tells whether the task takes part in hand-overs.
     *
     * @return true if its first operator has keyed state
     */
    public boolean hasKeyedState() {
        return plan.chain().head().body() instanceof Body.Process process
                && process.key().isPresent();
    }

    /** Asks a drained or suspended task to end, behind all mail posted before. */
    public void finish() {
        inbox.post(() -> finishing = true);
    }

    /** Ends the task wherever it is. Returns at once; {@link TaskListener#ended} follows. */
    public void cancel() {
        cancelled = true;
        inbox.close();
        SourceOperator<?> source = cancellable;
        if (source != null) {
            services.writers().execute(source::cancel);
        }
    }

    /** Asks the task to send what it holds back in batches. Called every few milliseconds. */
    public void flushSoon() {
        flushWanted = true;
    }

    /**
     * The watermark of the task, for people.
     *
     * @return event time in milliseconds; {@link Long#MIN_VALUE} before the first, and for sources
     */
    public long watermark() {
        return shownWatermark;
    }

    /**
     * What its operators counted.
     *
     * @return in the order of the chain
     */
    public List<OperatorStats> stats() {
        return List.copyOf(stats.values());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int subtask() {
        return plan.info().subtask();
    }

    @Override
    public List<String> operatorIds() {
        return operatorIds;
    }

    @Override
    public boolean isSource() {
        return inbox.channels() == 0;
    }
}
