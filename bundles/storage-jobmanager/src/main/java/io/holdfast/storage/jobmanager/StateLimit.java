package io.holdfast.storage.jobmanager;

import io.holdfast.api.error.Problem;

/**
 * How large a state may be: the smaller of two limits holds.
 *
 * @param maxStateSize bytes, set in code
 * @param frameSize bytes, configured
 */
record StateLimit(int maxStateSize, long frameSize) {

    int bytes() {
        return (int) Math.min(maxStateSize, frameSize);
    }

    /** What to say of a state that reaches this size. */
    Problem exceededBy(long size) {
        Problem.Builder problem =
                Problem.environment(
                                "STORAGE-5005",
                                "A state is too large for the checkpoint storage 'jobmanager'.")
                        .with("size", "at least " + size + " bytes")
                        .with("limit", maxStateSize + " bytes for each state");
        String raise = "raise the limit: new JobManagerCheckpointStorage(bytes)";
        if (frameSize < maxStateSize) {
            String key = JobManagerCheckpointStorage.FRAME_SIZE.key();
            String former = JobManagerCheckpointStorage.FRAME_SIZE.formerKeys().get(0);
            problem.with("limit", frameSize + " bytes of " + key + " (formerly " + former + ")");
            raise = "raise " + key;
        }
        return problem.advise("choose the checkpoint storage 'filesystem', or " + raise).build();
    }
}
