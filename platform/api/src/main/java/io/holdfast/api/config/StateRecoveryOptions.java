package io.holdfast.api.config;

import java.util.List;

/** Options of how a job takes up the state of an earlier run. */
public final class StateRecoveryOptions {

    /** {@code execution.state-recovery.path}: what a job starts from. */
    public static final ConfigOption<String> SAVEPOINT_PATH =
            ConfigOptions.key("execution.state-recovery.path")
                    .stringType()
                    .noDefaultValue()
                    .withDeprecatedKeys("execution.savepoint.path")
                    .withDescription(
                            "The checkpoint or savepoint a job starts from: the URI or path of its"
                                    + " directory, or 'latest' to continue the job of the same"
                                    + " name that has the newest checkpoint in the checkpoint"
                                    + " directory. Without it a job starts afresh.");

    /** {@code execution.state-recovery.ignore-unclaimed-state}: leave state behind. */
    public static final ConfigOption<Boolean> SAVEPOINT_IGNORE_UNCLAIMED_STATE =
            ConfigOptions.key("execution.state-recovery.ignore-unclaimed-state")
                    .booleanType()
                    .defaultValue(false)
                    .withDeprecatedKeys("execution.savepoint.ignore-unclaimed-state")
                    .withDescription(
                            "Whether state of operators that the job no longer has is left behind"
                                    + " instead of refused.");

    /** {@code execution.state-recovery.fall-back}: an older checkpoint if the newest is damaged. */
    public static final ConfigOption<Boolean> FALL_BACK =
            ConfigOptions.key("execution.state-recovery.fall-back")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether a job whose newest checkpoint is damaged continues from the"
                                    + " next older one that is whole, instead of stopping. What it"
                                    + " did in between is then done again.");

    /** {@code execution.state-recovery.claim-mode}: who owns what is restored. */
    public static final ConfigOption<RecoveryClaimMode> RESTORE_MODE =
            ConfigOptions.key("execution.state-recovery.claim-mode")
                    .enumType(RecoveryClaimMode.class)
                    .defaultValue(RecoveryClaimMode.NO_CLAIM)
                    .withDeprecatedKeys("execution.savepoint-restore-mode")
                    .withDescription("Who owns the files of what a job starts from.")
                    .withoutEffect(
                            "The files stay as they are and belong to nobody, as with NO_CLAIM.");

    /** {@code execution.state-recovery.from-local}: restore from local copies. */
    public static final ConfigOption<Boolean> LOCAL_RECOVERY =
            ConfigOptions.key("execution.state-recovery.from-local")
                    .booleanType()
                    .defaultValue(false)
                    .withDeprecatedKeys("state.backend.local-recovery")
                    .withDescription(
                            "Whether a restore reads local copies of snapshots where "
                                    + "there are any.")
                    .withoutEffect("There are no local copies of snapshots yet.");

    /** {@code execution.state-recovery.approximate-local-recovery}: restart of one task. */
    public static final ConfigOption<Boolean> APPROXIMATE_LOCAL_RECOVERY =
            ConfigOptions.key("execution.state-recovery.approximate-local-recovery")
                    .booleanType()
                    .defaultValue(false)
                    .withDeprecatedKeys("execution.checkpointing.approximate-local-recovery")
                    .withDescription(
                            "Whether a task that failed is restarted alone, although "
                                    + "records are lost.")
                    .withoutEffect("A job is restarted as a whole.");

    /**
     * {@code execution.state-recovery.without-channel-state.checkpoint-id}: a restore without
     * overtaken records.
     */
    public static final ConfigOption<Long> CHECKPOINT_ID_OF_IGNORED_IN_FLIGHT_DATA =
            ConfigOptions.key("execution.state-recovery.without-channel-state.checkpoint-id")
                    .longType()
                    .defaultValue(-1L)
                    .withDeprecatedKeys(
                            "execution.checkpointing.recover-without-channel-state.checkpoint-id")
                    .withDescription(
                            "The checkpoint whose overtaken records are left out when it "
                                    + "is restored.")
                    .withoutEffect("Checkpoints hold no overtaken records.");

    private StateRecoveryOptions() {}

    /**
     * All of them.
     *
     * @return each once
     */
    public static List<ConfigOption<?>> all() {
        return List.of(
                SAVEPOINT_PATH,
                SAVEPOINT_IGNORE_UNCLAIMED_STATE,
                FALL_BACK,
                RESTORE_MODE,
                LOCAL_RECOVERY,
                APPROXIMATE_LOCAL_RECOVERY,
                CHECKPOINT_ID_OF_IGNORED_IN_FLIGHT_DATA);
    }
}
