package io.holdfast.runtime.task;

import io.holdfast.runtime.checkpoint.CheckpointResponder;
import io.holdfast.spi.snapshot.SnapshotSource;
import io.holdfast.spi.state.MemoryBudget;
import io.holdfast.spi.state.StateBackend;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What a task uses of its surroundings.
 *
 * @param jobName names the job in messages
 * @param stateBackend opens keyed state; asked when the task is opened, and not kept: a job may be
 *     handed over to another one
 * @param restoreFrom opens streams of the checkpoint that is restored
 * @param memory the budget of the task's slot
 * @param workDirectory a directory for this task alone, which does not exist yet
 * @param responder takes answers to barriers
 * @param writers writes snapshots beside the tasks
 * @param clock processing time in milliseconds
 */
public record TaskServices(
        String jobName,
        Supplier<StateBackend> stateBackend,
        SnapshotSource restoreFrom,
        MemoryBudget memory,
        Path workDirectory,
        CheckpointResponder responder,
        Executor writers,
        LongSupplier clock) {
    /** Refuses null. */
    public TaskServices {
        Objects.requireNonNull(jobName, "jobName");
        Objects.requireNonNull(stateBackend, "stateBackend");
        Objects.requireNonNull(restoreFrom, "restoreFrom");
        Objects.requireNonNull(memory, "memory");
        Objects.requireNonNull(workDirectory, "workDirectory");
        Objects.requireNonNull(responder, "responder");
        Objects.requireNonNull(writers, "writers");
        Objects.requireNonNull(clock, "clock");
    }
}
