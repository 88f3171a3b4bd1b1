package io.holdfast.api.config;

import java.time.Duration;

/** Options of checkpoints: when they are taken, where they go, how many stay. */
public final class CheckpointingOptions {
    private static final MemorySize MAX_INLINE = MemorySize.ofMebi(1);
    private static final Duration SHORTEST = Duration.ofMillis(10);

    /** {@code execution.checkpointing.storage}: what makes snapshots durable. */
    public static final ConfigOption<String> CHECKPOINT_STORAGE =
            ConfigOptions.key("execution.checkpointing.storage")
                    .stringType()
                    .noDefaultValue()
                    .withDeprecatedKeys("state.checkpoint-storage")
                    .withDescription(
                            "The checkpoint storage, by the name it has among the installed"
                                    + " modules, such as 'jobmanager' or 'filesystem', in any"
                                    + " case. If it is not set: 'filesystem' where a checkpoint"
                                    + " directory is set, else 'jobmanager'.");

    /** {@code execution.checkpointing.dir}: where checkpoints are written. */
    public static final ConfigOption<String> CHECKPOINTS_DIRECTORY =
            ConfigOptions.key("execution.checkpointing.dir")
                    .stringType()
                    .noDefaultValue()
                    .withDeprecatedKeys("state.checkpoints.dir", "state.backend.fs.checkpointdir")
                    .withDescription(
                            "The directory, as a URI, under which all backends write the data and"
                                    + " metadata of checkpoints.");

    /** {@code execution.checkpointing.savepoint-dir}: where savepoints go by default. */
    public static final ConfigOption<String> SAVEPOINT_DIRECTORY =
            ConfigOptions.key("execution.checkpointing.savepoint-dir")
                    .stringType()
                    .noDefaultValue()
                    .withDeprecatedKeys("state.savepoints.dir", "savepoints.state.backend.fs.dir")
                    .withDescription(
                            "The directory, as a URI, for savepoints that are requested without"
                                    + " one.");

    /** {@code execution.checkpointing.create-subdir}: one directory per job. */
    public static final ConfigOption<Boolean> CREATE_CHECKPOINT_SUB_DIR =
            ConfigOptions.key("execution.checkpointing.create-subdir")
                    .booleanType()
                    .defaultValue(true)
                    .withDeprecatedKeys("state.checkpoints.create-subdir")
                    .withDescription(
                            "Whether the checkpoints of a job go into a directory of their own,"
                                    + " named after the job's id, below the checkpoint directory.");

    /** {@code execution.checkpointing.num-retained}: how many checkpoints stay. */
    public static final ConfigOption<Integer> MAX_RETAINED_CHECKPOINTS =
            ConfigOptions.key("execution.checkpointing.num-retained")
                    .intType()
                    .defaultValue(1)
                    .withDeprecatedKeys("state.checkpoints.num-retained")
                    .check("at least 1", count -> count >= 1)
                    .withDescription("How many completed checkpoints are kept, the newest first.");

    /** {@code execution.checkpointing.incremental}: write only what changed. */
    public static final ConfigOption<Boolean> INCREMENTAL_CHECKPOINTS =
            ConfigOptions.key("execution.checkpointing.incremental")
                    .booleanType()
                    .defaultValue(false)
                    .withDeprecatedKeys("state.backend.incremental")
                    .withDescription(
                            "Whether a checkpoint holds only what changed since the one before,"
                                    + " where the backend can do that.");

    /** {@code execution.checkpointing.data-inline-threshold}: small state travels in metadata. */
    public static final ConfigOption<MemorySize> FS_SMALL_FILE_THRESHOLD =
            ConfigOptions.key("execution.checkpointing.data-inline-threshold")
                    .memoryType()
                    .defaultValue(MemorySize.ofKibi(20))
                    .withDeprecatedKeys(
                            "state.storage.fs.memory-threshold",
                            "state.backend.fs.memory-threshold")
                    .check("at most 1 mb", size -> size.compareTo(MAX_INLINE) <= 0)
                    .withDescription(
                            "State of up to this size is kept inside the checkpoint's metadata"
                                    + " instead of in a file of its own.");

    /** {@code execution.checkpointing.write-buffer-size}: buffer of checkpoint files, in bytes. */
    public static final ConfigOption<Integer> FS_WRITE_BUFFER_SIZE =
            ConfigOptions.key("execution.checkpointing.write-buffer-size")
                    .intType()
                    .defaultValue(4 * 1024)
                    .withDeprecatedKeys(
                            "state.storage.fs.write-buffer-size",
                            "state.backend.fs.write-buffer-size")
                    .check("0 or more, or -1 for the inline threshold", bytes -> bytes >= -1)
                    .withDescription(
                            "Bytes buffered while a checkpoint file is written, a number without"
                                    + " unit; at least the inline threshold is used.");

    /** {@code execution.checkpointing.interval}: time between the starts of two checkpoints. */
    public static final ConfigOption<Duration> CHECKPOINTING_INTERVAL =
            ConfigOptions.key("execution.checkpointing.interval")
                    .durationType()
                    .noDefaultValue()
                    .check(
                            "at least 10 ms, or 0 for no periodic checkpoints",
                            time -> time.isZero() || time.compareTo(SHORTEST) >= 0)
                    .withDescription(
                            "Time from the start of one periodic checkpoint to the next. Without"
                                    + " it, or with 0, none are taken.");

    /** {@code execution.checkpointing.mode}: what a checkpoint promises. */
    public static final ConfigOption<CheckpointingMode> CHECKPOINTING_CONSISTENCY_MODE =
            ConfigOptions.key("execution.checkpointing.mode")
                    .enumType(CheckpointingMode.class)
                    .defaultValue(CheckpointingMode.EXACTLY_ONCE)
                    .withDescription(
                            "What state may show of a record after a restore. With"
                                    + " at-least-once, records are not held back while barriers"
                                    + " are waited for, and some count twice after a failure;"
                                    + " savepoints are exact in any case.");

    /** {@code execution.checkpointing.timeout}: longest a checkpoint may take. */
    public static final ConfigOption<Duration> CHECKPOINTING_TIMEOUT =
            ConfigOptions.key("execution.checkpointing.timeout")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(10))
                    .check("at least 10 ms", time -> time.compareTo(SHORTEST) >= 0)
                    .withDescription("A checkpoint that is not complete by then is given up.");

    /** {@code execution.checkpointing.min-pause}: rest between two checkpoints. */
    public static final ConfigOption<Duration> MIN_PAUSE_BETWEEN_CHECKPOINTS =
            ConfigOptions.key("execution.checkpointing.min-pause")
                    .durationType()
                    .defaultValue(Duration.ZERO)
                    .withDescription(
                            "Least time from the end of one checkpoint to the start of the next.");

    /** {@code execution.checkpointing.max-concurrent-checkpoints}: how many run at once. */
    public static final ConfigOption<Integer> MAX_CONCURRENT_CHECKPOINTS =
            ConfigOptions.key("execution.checkpointing.max-concurrent-checkpoints")
                    .intType()
                    .defaultValue(1)
                    .check("at least 1", count -> count >= 1)
                    .withDescription("How many checkpoints may be under way at the same time.");

    /** {@code execution.checkpointing.tolerable-failed-checkpoints}: failures in a row. */
    public static final ConfigOption<Integer> TOLERABLE_FAILURE_NUMBER =
            ConfigOptions.key("execution.checkpointing.tolerable-failed-checkpoints")
                    .intType()
                    .defaultValue(0)
                    .check("0 or more", count -> count >= 0)
                    .withDescription("How many checkpoints in a row may fail before the job does.");

    /** {@code execution.checkpointing.externalized-checkpoint-retention}: after cancellation. */
    public static final ConfigOption<ExternalizedCheckpointRetention>
            EXTERNALIZED_CHECKPOINT_RETENTION =
                    ConfigOptions.key("execution.checkpointing.externalized-checkpoint-retention")
                            .enumType(ExternalizedCheckpointRetention.class)
                            .defaultValue(
                                    ExternalizedCheckpointRetention.NO_EXTERNALIZED_CHECKPOINTS)
                            .withDescription(
                                    "What happens to the retained checkpoints when the job ends.");

    private CheckpointingOptions() {}
}
