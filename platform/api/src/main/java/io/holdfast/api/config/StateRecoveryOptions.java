package io.holdfast.api.config;

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

    private StateRecoveryOptions() {}
}
