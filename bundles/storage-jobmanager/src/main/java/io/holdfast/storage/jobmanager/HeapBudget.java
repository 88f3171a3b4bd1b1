package io.holdfast.storage.jobmanager;

import io.holdfast.api.config.MemorySize;
import io.holdfast.api.error.Problem;
import java.io.IOException;

/**
 * How much of the heap checkpoints may take together, so that too many of them are refused and do
 * not end the process. May be used by several threads.
 */
final class HeapBudget {
    private final long limit;
    private long used;

    HeapBudget(long limit) {
        this.limit = limit;
    }

    /**
     * Takes bytes.
     *
     * @throws IOException if the limit would be crossed; nothing was taken
     */
    synchronized void reserve(long bytes) throws IOException {
        if (bytes > limit - used) {
            throw new IOException(
                    Problem.environment(
                                    "STORAGE-5006",
                                    "Checkpoints do not fit into the coordinator's memory.")
                            .with("in use", MemorySize.ofBytes(used))
                            .with("needed", MemorySize.ofBytes(bytes) + " more")
                            .with("limit", MemorySize.ofBytes(limit) + ", half of the heap")
                            .advise(
                                    "give the JVM a larger heap (-Xmx), retain fewer checkpoints,"
                                            + " or choose the checkpoint storage 'filesystem'")
                            .build()
                            .toString());
        }
        used += bytes;
    }

    synchronized void release(long bytes) {
        used -= bytes;
    }

    synchronized long used() {
        return used;
    }
}
