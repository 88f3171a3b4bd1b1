package io.holdfast.api.config;

import java.time.Duration;
import java.util.List;

/** Options of the changelog storage {@code filesystem}. */
public final class FsStateChangelogOptions {
    /** {@code state.changelog.dstl.dfs.base-path}: where changes go. */
    public static final ConfigOption<String> BASE_PATH =
            ConfigOptions.key("state.changelog.dstl.dfs.base-path")
                    .stringType()
                    .noDefaultValue()
                    .withDeprecatedKeys("dstl.dfs.base-path")
                    .withDescription("The directory, as a URI, below which changes are written.");

    /** {@code state.changelog.dstl.dfs.compression.enabled}: how changes are written. */
    public static final ConfigOption<Boolean> COMPRESSION_ENABLED =
            ConfigOptions.key("state.changelog.dstl.dfs.compression.enabled")
                    .booleanType()
                    .defaultValue(false)
                    .withDeprecatedKeys("dstl.dfs.compression.enabled")
                    .withDescription("Whether changes are compressed.");

    /** {@code state.changelog.dstl.dfs.preemptive-persist-threshold}: how changes are written. */
    public static final ConfigOption<MemorySize> PREEMPTIVE_PERSIST_THRESHOLD =
            ConfigOptions.key("state.changelog.dstl.dfs.preemptive-persist-threshold")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebi(5))
                    .withDeprecatedKeys("dstl.dfs.preemptive-persist-threshold")
                    .withDescription(
                            "Changes of this size are written without waiting for a "
                                    + "checkpoint.");

    /** {@code state.changelog.dstl.dfs.batch.persist-delay}: how changes are written. */
    public static final ConfigOption<Duration> PERSIST_DELAY =
            ConfigOptions.key("state.changelog.dstl.dfs.batch.persist-delay")
                    .durationType()
                    .defaultValue(Duration.ofMillis(10))
                    .withDeprecatedKeys("dstl.dfs.batch.persist-delay")
                    .withDescription(
                            "How long changes wait for more before they are written "
                                    + "together.");

    /** {@code state.changelog.dstl.dfs.batch.persist-size-threshold}: how changes are written. */
    public static final ConfigOption<MemorySize> PERSIST_SIZE_THRESHOLD =
            ConfigOptions.key("state.changelog.dstl.dfs.batch.persist-size-threshold")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebi(10))
                    .withDeprecatedKeys("dstl.dfs.batch.persist-size-threshold")
                    .withDescription("Size of waiting changes at which they are written at once.");

    /** {@code state.changelog.dstl.dfs.upload.buffer-size}: how changes are written. */
    public static final ConfigOption<MemorySize> UPLOAD_BUFFER_SIZE =
            ConfigOptions.key("state.changelog.dstl.dfs.upload.buffer-size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebi(1))
                    .withDeprecatedKeys("dstl.dfs.upload.buffer-size")
                    .withDescription("Buffer of a file of changes.");

    /** {@code state.changelog.dstl.dfs.upload.num-threads}: how changes are written. */
    public static final ConfigOption<Integer> NUM_UPLOAD_THREADS =
            ConfigOptions.key("state.changelog.dstl.dfs.upload.num-threads")
                    .intType()
                    .defaultValue(5)
                    .withDeprecatedKeys("dstl.dfs.upload.num-threads")
                    .checkBeyondFlink("at least 1", count -> count >= 1)
                    .withDescription("Threads that write changes.");

    /** {@code state.changelog.dstl.dfs.discard.num-threads}: how changes are kept. */
    public static final ConfigOption<Integer> NUM_DISCARD_THREADS =
            ConfigOptions.key("state.changelog.dstl.dfs.discard.num-threads")
                    .intType()
                    .defaultValue(1)
                    .withDeprecatedKeys("dstl.dfs.discard.num-threads")
                    .checkBeyondFlink("at least 1", count -> count >= 1)
                    .withDescription("Threads that remove changes which are not needed any more.");

    /** {@code state.changelog.dstl.dfs.upload.max-in-flight}: how changes are written. */
    public static final ConfigOption<MemorySize> IN_FLIGHT_DATA_LIMIT =
            ConfigOptions.key("state.changelog.dstl.dfs.upload.max-in-flight")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebi(100))
                    .withDeprecatedKeys("dstl.dfs.upload.max-in-flight")
                    .withDescription(
                            "Size of changes not yet written at which the job has to " + "wait.");

    /** {@code state.changelog.dstl.dfs.upload.retry-policy}: how changes are written. */
    public static final ConfigOption<String> RETRY_POLICY =
            ConfigOptions.key("state.changelog.dstl.dfs.upload.retry-policy")
                    .stringType()
                    .defaultValue("fixed")
                    .withDeprecatedKeys("dstl.dfs.upload.retry-policy")
                    .withDescription(
                            "What happens when writing fails: 'fixed' tries again a fixed "
                                    + "number of times, 'none' fails.");

    /** {@code state.changelog.dstl.dfs.upload.timeout}: how changes are written. */
    public static final ConfigOption<Duration> UPLOAD_TIMEOUT =
            ConfigOptions.key("state.changelog.dstl.dfs.upload.timeout")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(1))
                    .withDeprecatedKeys("dstl.dfs.upload.timeout")
                    .withDescription("Time after which an attempt to write counts as failed.");

    /** {@code state.changelog.dstl.dfs.upload.max-attempts}: how changes are written. */
    public static final ConfigOption<Integer> RETRY_MAX_ATTEMPTS =
            ConfigOptions.key("state.changelog.dstl.dfs.upload.max-attempts")
                    .intType()
                    .defaultValue(3)
                    .withDeprecatedKeys("dstl.dfs.upload.max-attempts")
                    .checkBeyondFlink("at least 1", count -> count >= 1)
                    .withDescription("How often writing is attempted.");

    /** {@code state.changelog.dstl.dfs.upload.next-attempt-delay}: how changes are written. */
    public static final ConfigOption<Duration> RETRY_DELAY_AFTER_FAILURE =
            ConfigOptions.key("state.changelog.dstl.dfs.upload.next-attempt-delay")
                    .durationType()
                    .defaultValue(Duration.ofMillis(500))
                    .withDeprecatedKeys("dstl.dfs.upload.next-attempt-delay")
                    .withDescription("Time between a failed attempt and the next.");

    /**
     * {@code state.changelog.dstl.dfs.download.local-cache.idle-timeout-ms}: how changes are kept.
     */
    public static final ConfigOption<Duration> CACHE_IDLE_TIMEOUT =
            ConfigOptions.key("state.changelog.dstl.dfs.download.local-cache.idle-timeout-ms")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(10))
                    .withDeprecatedKeys("dstl.dfs.download.local-cache.idle-timeout-ms")
                    .withDescription(
                            "How long a file of changes stays in the local cache without "
                                    + "being read.");

    private FsStateChangelogOptions() {}

    /**
     * All of them.
     *
     * @return each once
     */
    public static List<ConfigOption<?>> all() {
        return List.of(
                BASE_PATH,
                COMPRESSION_ENABLED,
                PREEMPTIVE_PERSIST_THRESHOLD,
                PERSIST_DELAY,
                PERSIST_SIZE_THRESHOLD,
                UPLOAD_BUFFER_SIZE,
                NUM_UPLOAD_THREADS,
                NUM_DISCARD_THREADS,
                IN_FLIGHT_DATA_LIMIT,
                RETRY_POLICY,
                UPLOAD_TIMEOUT,
                RETRY_MAX_ATTEMPTS,
                RETRY_DELAY_AFTER_FAILURE,
                CACHE_IDLE_TIMEOUT);
    }
}
