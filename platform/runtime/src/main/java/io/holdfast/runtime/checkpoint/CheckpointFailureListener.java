package io.holdfast.runtime.checkpoint;

import io.holdfast.api.error.Problem;

/** Told when checkpoints fail too often. Called by the coordinator's thread; must not block. */
@FunctionalInterface
public interface CheckpointFailureListener {

    /**
     * More checkpoints in a row have failed than the job tolerates: the job is to be restarted. The
     * count starts again.
     *
     * @param last why the last one failed
     */
    void tooManyFailures(Problem last);
}
