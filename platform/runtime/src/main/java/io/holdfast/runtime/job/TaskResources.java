package io.holdfast.runtime.job;

import io.holdfast.api.config.MemorySize;
import io.holdfast.api.connector.Source;
import io.holdfast.api.connector.Source.Split;
import io.holdfast.runtime.graph.Body;
import io.holdfast.runtime.graph.Chain;
import io.holdfast.runtime.graph.JobGraph;
import io.holdfast.runtime.task.TaskServices;
import io.holdfast.spi.state.MemoryBudget;
import io.holdfast.spi.state.StateBackend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * What the tasks of a job work with and what outlives their attempt: working directories, memory of
 * the slots, splits of the sources. Used by the owner's thread, but for {@link #open} and {@link
 * #close}, which block; the job may be closed while it is still being opened.
 */
final class TaskResources {
    private static final MemorySize SLOT_MEMORY = MemorySize.ofMebi(128);

    private final JobGraph graph;
    private final JobConfiguration job;
    private final JobCheckpoints checkpoints;
    private final Executor blocking;
    private final Map<Chain, Supplier<List<Split>>> freshSplits = new HashMap<>();
    private volatile Working working;
    private volatile WorkDirectories directories;

    /** Guarded by this. */
    private boolean closed;

    /**
     * What holds working state, and its memory. Each has its own: shared resources are objects of a
     * module's classes, and another version of the module has other classes.
     */
    private record Working(StateBackend backend, IntFunction<MemoryBudget> slots) {}

    TaskResources(
            JobGraph graph, JobConfiguration job, JobCheckpoints checkpoints, Executor blocking) {
        this.graph = graph;
        this.job = job;
        this.checkpoints = checkpoints;
        this.blocking = blocking;
        this.working = new Working(job.successors().backend(), slots());
        graph.chains().forEach(chain -> freshSplits.put(chain, splitsOnce(chain)));
    }

    /** Lists the splits of a source when they are first needed; keeps them for later attempts. */
    private static Supplier<List<Split>> splitsOnce(Chain chain) {
        if (!(chain.head().body() instanceof Body.Read<?> read)) {
            return List::of;
        }
        Source<?> source = read.source();
        return new Supplier<>() {
            private List<Split> known;

            @Override
            public synchronized List<Split> get() {
                if (known == null) {
                    try {
                        known = List.copyOf(source.splits());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
                return known;
            }
        };
    }

    /** Makes working directories, unless there are some. */
    void open() {
        if (directories != null) {
            return;
        }
        String configured = job.settings().get(JobOptions.TEMPORARY_DIRECTORIES);
        String bases = configured == null ? System.getProperty("java.io.tmpdir") : configured;
        List<Path> paths = new ArrayList<>();
        for (String base : bases.split(",")) {
            paths.add(Path.of(base.strip()).toAbsolutePath());
        }
        WorkDirectories opened = WorkDirectories.open(paths);
        synchronized (this) {
            directories = opened;
            if (!closed) {
                return;
            }
        }
        opened.close();
    }

    /** What a source reads that starts afresh. */
    Supplier<List<Split>> freshSplits(Chain chain) {
        return freshSplits.get(chain);
    }

    /** The surroundings of one task. */
    TaskServices services(int attempt, Chain chain, int subtask) {
        return new TaskServices(
                job.jobName(),
                this::stateBackend,
                checkpoints,
                working.slots().apply(subtask),
                directories.forTask(attempt, chain.index(), subtask),
                checkpoints,
                blocking,
                System::currentTimeMillis);
    }

    /** Budgets of slots that nobody uses yet; may be asked by any thread. */
    IntFunction<MemoryBudget> slots() {
        Map<Integer, MemoryBudget> slots = new ConcurrentHashMap<>();
        return slot -> slots.computeIfAbsent(slot, number -> new SlotMemory(slotBytes()));
    }

    /** Tasks that are made from now on work with another state backend. */
    void exchange(StateBackend backend, IntFunction<MemoryBudget> slots) {
        working = new Working(backend, slots);
    }

    /** What tasks work with that are opened now. */
    StateBackend stateBackend() {
        return working.backend();
    }

    private long slotBytes() {
        return job.settings()
                .getOptional(JobOptions.MANAGED_MEMORY)
                .map(size -> Math.max(1, size.bytes() / graph.slots()))
                .orElse(SLOT_MEMORY.bytes());
    }

    /** The tasks of an attempt have ended: removes their working files. */
    void removeAttempt(int attempt) {
        if (directories != null) {
            directories.removeAttempt(attempt);
        }
    }

    /** The job has ended: removes all working files. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        if (directories != null) {
            directories.close();
        }
    }
}
