package io.holdfast.api.config;

import java.time.Duration;
import java.util.List;

/** Options of checkpoints: when they are taken, where they go, how many stay. */
public final class CheckpointingOptions {
    private static final MemorySize MAX_INLINE = MemorySize.ofMebi(1);
    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final String ALIGNED_ONLY = "Barriers are always aligned.";
    private static final String OWN_FILES = "Every subtask writes files of its own.";
    private static final String NO_LOCAL_COPIES = "There are no local copies of snapshots yet.";
    private static final String ONE_CLEANER = "One thread removes them.";

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
                    .checkBeyondFlink("at least 1", count -> count >= 1)
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
                    .checkBeyondFlink("at most 1 mb", size -> size.compareTo(MAX_INLINE) <= 0)
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
                    .checkBeyondFlink(
                            "0 or more, or -1 for the inline threshold", bytes -> bytes >= -1)
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

    /** {@code state.backend.async}: legacy backends only. */
    public static final ConfigOption<Boolean> ASYNC_SNAPSHOTS =
            ConfigOptions.key("state.backend.async")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription(
                            "Whether the legacy backends MemoryStateBackend and "
                                    + "FsStateBackend write snapshots while the job goes on. All "
                                    + "other backends always do.");

    /** {@code execution.checkpointing.cleaner.parallel-mode}: how old checkpoints are removed. */
    public static final ConfigOption<Boolean> CLEANER_PARALLEL_MODE =
            ConfigOptions.key("execution.checkpointing.cleaner.parallel-mode")
                    .booleanType()
                    .defaultValue(true)
                    .withDeprecatedKeys("state.checkpoint.cleaner.parallel-mode")
                    .withDescription(
                            "Whether the files of a checkpoint that is no longer kept are "
                                    + "removed by several threads.")
                    .withoutEffect(ONE_CLEANER);

    /** {@code execution.checkpointing.local-backup.enabled}: local copies. */
    public static final ConfigOption<Boolean> LOCAL_BACKUP_ENABLED =
            ConfigOptions.key("execution.checkpointing.local-backup.enabled")
                    .booleanType()
                    .defaultValue(false)
                    .withFallbackKeys("execution.state-recovery.from-local")
                    .withDeprecatedKeys("state.backend.local-recovery")
                    .withDescription(
                            "Whether a second copy of each snapshot stays on the local " + "disk.")
                    .withoutEffect(NO_LOCAL_COPIES);

    /** {@code execution.checkpointing.local-backup.dirs}: where local copies go. */
    public static final ConfigOption<String> LOCAL_RECOVERY_TASK_MANAGER_STATE_ROOT_DIRS =
            ConfigOptions.key("execution.checkpointing.local-backup.dirs")
                    .stringType()
                    .noDefaultValue()
                    .withDeprecatedKeys("taskmanager.state.local.root-dirs")
                    .withDescription("Directories for local copies of snapshots.")
                    .withoutEffect(NO_LOCAL_COPIES);

    /** {@code execution.checkpointing.snapshot-compression}: compression of snapshots. */
    public static final ConfigOption<Boolean> SNAPSHOT_COMPRESSION =
            ConfigOptions.key("execution.checkpointing.snapshot-compression")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether savepoints and checkpoints of the backends 'hashmap' and 'rocksdb' are compressed, block by block where that saves an eighth or more. What is compressed is restored without this setting, too.");

    /** {@code execution.checkpointing.file-merging.enabled}: shared files. */
    public static final ConfigOption<Boolean> FILE_MERGING_ENABLED =
            ConfigOptions.key("execution.checkpointing.file-merging.enabled")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription("Whether the snapshots of several subtasks share files.")
                    .withoutEffect(OWN_FILES);

    /** {@code execution.checkpointing.file-merging.across-checkpoint-boundary}: shared files. */
    public static final ConfigOption<Boolean> FILE_MERGING_ACROSS_BOUNDARY =
            ConfigOptions.key("execution.checkpointing.file-merging.across-checkpoint-boundary")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription("Whether the snapshots of several checkpoints share files.")
                    .withoutEffect(OWN_FILES);

    /** {@code execution.checkpointing.file-merging.max-file-size}: shared files. */
    public static final ConfigOption<MemorySize> FILE_MERGING_MAX_FILE_SIZE =
            ConfigOptions.key("execution.checkpointing.file-merging.max-file-size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebi(32))
                    .withDescription("Size at which a shared file is closed.")
                    .withoutEffect(OWN_FILES);

    /** {@code execution.checkpointing.file-merging.max-space-amplification}: shared files. */
    public static final ConfigOption<Double> FILE_MERGING_MAX_SPACE_AMPLIFICATION =
            ConfigOptions.key("execution.checkpointing.file-merging.max-space-amplification")
                    .doubleType()
                    .defaultValue(2.0)
                    .withDescription(
                            "How many times the space of the live data shared files may "
                                    + "take before they are written anew.")
                    .withoutEffect(OWN_FILES);

    /** {@code execution.checkpointing.file-merging.max-subtasks-per-file}: shared files. */
    public static final ConfigOption<Integer> FILE_MERGING_MAX_SUBTASKS_PER_FILE =
            ConfigOptions.key("execution.checkpointing.file-merging.max-subtasks-per-file")
                    .intType()
                    .defaultValue(4)
                    .withDescription("How many subtasks may share a file.")
                    .withoutEffect(OWN_FILES);

    /** {@code execution.checkpointing.file-merging.pool-blocking}: shared files. */
    public static final ConfigOption<Boolean> FILE_MERGING_POOL_BLOCKING =
            ConfigOptions.key("execution.checkpointing.file-merging.pool-blocking")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether a subtask waits for a shared file instead of "
                                    + "beginning another.")
                    .withoutEffect(OWN_FILES);

    /** {@code execution.checkpointing.interval-during-backlog}: interval while catching up. */
    public static final ConfigOption<Duration> CHECKPOINTING_INTERVAL_DURING_BACKLOG =
            ConfigOptions.key("execution.checkpointing.interval-during-backlog")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "Time between two checkpoints while a source works off a " + "backlog.")
                    .withoutEffect("Sources do not tell of a backlog.");

    /** {@code execution.checkpointing.unaligned.enabled}: barriers that overtake. */
    public static final ConfigOption<Boolean> ENABLE_UNALIGNED =
            ConfigOptions.key("execution.checkpointing.unaligned.enabled")
                    .booleanType()
                    .defaultValue(false)
                    .withDeprecatedKeys("execution.checkpointing.unaligned")
                    .withDescription(
                            "Whether barriers overtake records, which are then part of "
                                    + "the checkpoint.")
                    .withoutEffect(ALIGNED_ONLY);

    /**
     * {@code execution.checkpointing.aligned-checkpoint-timeout}: when barriers begin to overtake.
     */
    public static final ConfigOption<Duration> ALIGNED_CHECKPOINT_TIMEOUT =
            ConfigOptions.key("execution.checkpointing.aligned-checkpoint-timeout")
                    .durationType()
                    .defaultValue(Duration.ZERO)
                    .withDeprecatedKeys("execution.checkpointing.alignment-timeout")
                    .withDescription("How long barriers are aligned before they overtake.")
                    .withoutEffect(ALIGNED_ONLY);

    /** {@code execution.checkpointing.unaligned.forced}: barriers that overtake anywhere. */
    public static final ConfigOption<Boolean> FORCE_UNALIGNED =
            ConfigOptions.key("execution.checkpointing.unaligned.forced")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether barriers overtake also in jobs with iterations or "
                                    + "own partitioning.")
                    .withoutEffect(ALIGNED_ONLY);

    /**
     * {@code execution.checkpointing.unaligned.interruptible-timers.enabled}: barriers between
     * timers.
     */
    public static final ConfigOption<Boolean> ENABLE_UNALIGNED_INTERRUPTIBLE_TIMERS =
            ConfigOptions.key("execution.checkpointing.unaligned.interruptible-timers.enabled")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription("Whether a barrier interrupts the firing of many timers.")
                    .withoutEffect(ALIGNED_ONLY);

    /**
     * {@code execution.checkpointing.unaligned.max-subtasks-per-channel-state-file}: files of
     * overtaken records.
     */
    public static final ConfigOption<Integer> UNALIGNED_MAX_SUBTASKS_PER_CHANNEL_STATE_FILE =
            ConfigOptions.key(
                            "execution.checkpointing.unaligned.max-subtasks-per-channel-state-file")
                    .intType()
                    .defaultValue(5)
                    .withDescription("How many subtasks share a file of overtaken records.")
                    .withoutEffect(ALIGNED_ONLY);

    /**
     * {@code execution.checkpointing.unaligned.recover-output-on-downstream.enabled}: who restores
     * overtaken records.
     */
    public static final ConfigOption<Boolean> UNALIGNED_RECOVER_OUTPUT_ON_DOWNSTREAM =
            ConfigOptions.key(
                            "execution.checkpointing.unaligned.recover-output-on-downstream.enabled")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether overtaken records of an output are restored by the "
                                    + "task that reads it.")
                    .withoutEffect(ALIGNED_ONLY);

    /** {@code execution.checkpointing.during-recovery.enabled}: checkpoints during a restore. */
    public static final ConfigOption<Boolean> CHECKPOINTING_DURING_RECOVERY_ENABLED =
            ConfigOptions.key("execution.checkpointing.during-recovery.enabled")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether checkpoints are taken while overtaken records are "
                                    + "still being restored.")
                    .withoutEffect(ALIGNED_ONLY);

    /** {@code execution.checkpointing.checkpoints-after-tasks-finish}: checkpoints near the end. */
    public static final ConfigOption<Boolean> ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH =
            ConfigOptions.key("execution.checkpointing.checkpoints-after-tasks-finish")
                    .booleanType()
                    .defaultValue(true)
                    .withDeprecatedKeys(
                            "execution.checkpointing.checkpoints-after-tasks-finish.enabled")
                    .withDescription("Whether checkpoints go on when some tasks have ended.")
                    .withoutEffect("No task ends before the others, so checkpoints always go on.");

    /** {@code execution.checkpointing.force}: checkpoints of iterations. */
    public static final ConfigOption<Boolean> FORCE_CHECKPOINTING =
            ConfigOptions.key("execution.checkpointing.force")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether jobs with iterations are checkpointed although that "
                                    + "loses records.")
                    .withoutEffect("There are no iterations.");

    /** {@code pipeline.sources.pause-until-first-checkpoint}: sources wait for a checkpoint. */
    public static final ConfigOption<Boolean> PAUSE_SOURCES_UNTIL_FIRST_CHECKPOINT =
            ConfigOptions.key("pipeline.sources.pause-until-first-checkpoint")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether sources wait until the first checkpoint after a "
                                    + "restore is complete.")
                    .withoutEffect("Sources never wait.");

    private CheckpointingOptions() {}

    /**
     * All of them.
     *
     * @return each once
     */
    public static List<ConfigOption<?>> all() {
        return List.of(
                CHECKPOINT_STORAGE,
                CHECKPOINTS_DIRECTORY,
                SAVEPOINT_DIRECTORY,
                CREATE_CHECKPOINT_SUB_DIR,
                MAX_RETAINED_CHECKPOINTS,
                INCREMENTAL_CHECKPOINTS,
                FS_SMALL_FILE_THRESHOLD,
                FS_WRITE_BUFFER_SIZE,
                CHECKPOINTING_INTERVAL,
                CHECKPOINTING_CONSISTENCY_MODE,
                CHECKPOINTING_TIMEOUT,
                MIN_PAUSE_BETWEEN_CHECKPOINTS,
                MAX_CONCURRENT_CHECKPOINTS,
                TOLERABLE_FAILURE_NUMBER,
                EXTERNALIZED_CHECKPOINT_RETENTION,
                ASYNC_SNAPSHOTS,
                CLEANER_PARALLEL_MODE,
                LOCAL_BACKUP_ENABLED,
                LOCAL_RECOVERY_TASK_MANAGER_STATE_ROOT_DIRS,
                SNAPSHOT_COMPRESSION,
                FILE_MERGING_ENABLED,
                FILE_MERGING_ACROSS_BOUNDARY,
                FILE_MERGING_MAX_FILE_SIZE,
                FILE_MERGING_MAX_SPACE_AMPLIFICATION,
                FILE_MERGING_MAX_SUBTASKS_PER_FILE,
                FILE_MERGING_POOL_BLOCKING,
                CHECKPOINTING_INTERVAL_DURING_BACKLOG,
                ENABLE_UNALIGNED,
                ALIGNED_CHECKPOINT_TIMEOUT,
                FORCE_UNALIGNED,
                ENABLE_UNALIGNED_INTERRUPTIBLE_TIMERS,
                UNALIGNED_MAX_SUBTASKS_PER_CHANNEL_STATE_FILE,
                UNALIGNED_RECOVER_OUTPUT_ON_DOWNSTREAM,
                CHECKPOINTING_DURING_RECOVERY_ENABLED,
                ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH,
                FORCE_CHECKPOINTING,
                PAUSE_SOURCES_UNTIL_FIRST_CHECKPOINT);
    }
}
