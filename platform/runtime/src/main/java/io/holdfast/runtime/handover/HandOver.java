package io.holdfast.runtime.handover;

import io.holdfast.runtime.checkpoint.Cut;
import io.holdfast.runtime.metrics.HandOverReport;
import io.holdfast.spi.state.MemoryBudget;
import io.holdfast.spi.state.StateBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;

/**
 * One exchange of a job's state backend: the cut at which it happens, and what all subtasks with
 * keyed state together decide on. Thread-safe.
 */
public final class HandOver implements Cut {
    /*
     * Two phases. Each subtask, when the cut has come through all of its channels, opens the
     * successor's state beside its own and says so; its own stays open and untouched. When all have
     * said so the job decides to take the successor, or, when one has failed or too much time has
     * passed, to keep what it has: then every subtask goes on as if nothing had been, and needs
     * nothing for it that could fail. No subtask processes a record in between, so at no time do two
     * of them work with different backends.
     */
    private final long id;
    private final StateBackend successor;
    private final boolean sameName;
    private final IntFunction<MemoryBudget> memory;
    private final CompletableFuture<Void> prepared = new CompletableFuture<>();
    private final CompletableFuture<Boolean> decision = new CompletableFuture<>();
    private final CompletableFuture<List<HandOverReport.Subtask>> resumed =
            new CompletableFuture<>();
    private final CompletableFuture<Void> left = new CompletableFuture<>();

    // Guarded by this.
    private int unprepared;
    private int leaving;
    private final int participants;
    private final List<HandOverReport.Subtask> reports = new ArrayList<>();

    /**
     * A hand-over that was not begun.
     *
     * @param id greater than that of all cuts before
     * @param successor what the job is to go on with
     * @param sameName whether it is of the same name as its predecessor, so that it may take its
     *     files
     * @param memory the successor's budget, by subtask
     * @param participants number of subtasks with keyed state
     */
    public HandOver(
            long id,
            StateBackend successor,
            boolean sameName,
            IntFunction<MemoryBudget> memory,
            int participants) {
        this.id = id;
        this.successor = Objects.requireNonNull(successor, "successor");
        this.sameName = sameName;
        this.memory = Objects.requireNonNull(memory, "memory");
        this.participants = participants;
        this.unprepared = participants;
        this.leaving = participants;
        if (participants == 0) {
            prepared.complete(null);
            resumed.complete(List.of());
            left.complete(null);
        }
    }

    @Override
    public long checkpointId() {
        return id;
    }

    /** What is behind the cut belongs to the successor. */
    @Override
    public boolean holdsBack() {
        return true;
    }

    // ---- the job ----

    /**
     * The first phase.
     *
     * @return completes when all subtasks could take over; exceptionally when the first could not
     */
    public CompletionStage<Void> prepared() {
        return prepared;
    }

    /**
     * Ends the first phase; only the first call counts.
     *
     * @param take true to go on with the successor, false to keep what is there
     */
    public void decide(boolean take) {
        decision.complete(take);
    }

    /**
     * The second phase.
     *
     * @return completes when all subtasks process records again
     */
    public CompletionStage<List<HandOverReport.Subtask>> resumed() {
        return resumed;
    }

    /**
     * The end.
     *
     * @return completes when every subtask has closed what it does not go on with
     */
    public CompletionStage<Void> left() {
        return left;
    }

    /**
     * What the job is to go on with.
     *
     * @return the state backend
     */
    public StateBackend successor() {
        return successor;
    }

    // ---- the subtasks ----

    boolean sameName() {
        return sameName;
    }

    MemoryBudget memory(int subtask) {
        return memory.apply(subtask);
    }

    CompletableFuture<Boolean> decision() {
        return decision;
    }

    synchronized void ready() {
        if (--unprepared == 0) {
            prepared.complete(null);
        }
    }

    void failed(Throwable cause) {
        prepared.completeExceptionally(cause);
    }

    synchronized void resumed(HandOverReport.Subtask report) {
        reports.add(report);
        if (reports.size() == participants) {
            resumed.complete(List.copyOf(reports));
        }
    }

    synchronized void loserClosed() {
        if (--leaving == 0) {
            left.complete(null);
        }
    }
}
