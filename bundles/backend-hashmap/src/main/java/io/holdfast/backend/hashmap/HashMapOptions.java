package io.holdfast.backend.hashmap;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.ConfigOptions;
import io.holdfast.api.config.ReadableConfig;

/**
 * Options of the backend {@code hashmap}. Its snapshots are compressed by {@link
 * io.holdfast.api.config.CheckpointingOptions#SNAPSHOT_COMPRESSION}.
 */
public final class HashMapOptions {
    private static final int USUAL_MOST = 4;

    /** {@code state.backend.hashmap.snapshot.threads}: how many threads one snapshot may use. */
    public static final ConfigOption<Integer> SNAPSHOT_THREADS =
            ConfigOptions.key("state.backend.hashmap.snapshot.threads")
                    .intType()
                    .noDefaultValue()
                    .check("1 to 64", threads -> threads >= 1 && threads <= 64)
                    .withDescription(
                            "Most threads that write one checkpoint of a subtask, and that read it when it is restored, 1 to 64. Fewer are used for a small state. Default: as many as there are processors, but no more than 4.");

    private HashMapOptions() {}

    /** Number of threads for one snapshot. */
    static int snapshotThreads(ReadableConfig config) {
        return config.getOptional(SNAPSHOT_THREADS)
                .orElseGet(() -> Math.min(USUAL_MOST, Runtime.getRuntime().availableProcessors()));
    }
}
