package io.holdfast.runtime.job;

import io.holdfast.runtime.checkpoint.RestorePlan;
import io.holdfast.runtime.checkpoint.RestorePoint;
import io.holdfast.runtime.graph.JobGraph;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Chooses what the attempts of a job start from. An attempt is prepared by one thread at a time;
 * {@link #first} may be called from any.
 */
final class StartingPoints {

    /**
     * What one attempt starts from.
     *
     * @param from a verified checkpoint or savepoint; empty to start afresh
     * @param deployment makes the tasks that are restored from it
     */
    record StartingPoint(Optional<RestorePoint> from, Deployment deployment) {}

    private final JobGraph graph;
    private final JobConfiguration job;
    private final JobCheckpoints checkpoints;
    private volatile Optional<RestorePoint> first = Optional.empty();
    private volatile boolean firstKnown;

    StartingPoints(JobGraph graph, JobConfiguration job, JobCheckpoints checkpoints) {
        this.graph = graph;
        this.job = job;
        this.checkpoints = checkpoints;
    }

    /** Chooses for the next attempt, and checks that the program fits. Blocks. */
    StartingPoint choose() throws IOException {
        OptionalInt maxParallelism =
                job.maxParallelism().map(OptionalInt::of).orElse(OptionalInt.empty());
        // Until it is known what the job starts from, every attempt asks anew: one that could
        // not find out must not be followed by one that starts from nothing.
        Optional<RestorePoint> from =
                firstKnown ? checkpoints.latest().or(() -> first) : checkpoints.first();
        RestorePlan plan = RestorePlan.none();
        if (from.isPresent()) {
            plan =
                    RestorePlan.of(
                            from.get().stored().pointer(),
                            from.get().metadata(),
                            Deployment.layouts(graph, maxParallelism),
                            checkpoints.ignoresUnclaimed());
        }
        return new StartingPoint(from, new Deployment(graph, plan, maxParallelism));
    }

    /** An attempt starts from what was chosen for it. */
    void taken(StartingPoint chosen) {
        if (!firstKnown) {
            first = chosen.from();
            firstKnown = true;
        }
    }

    /** What the first attempt that could be prepared started from. */
    Optional<RestorePoint> first() {
        return first;
    }
}
