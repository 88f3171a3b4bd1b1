package io.holdfast.api.config;

/** Options of how a job takes up the state of an earlier run. */
public final class StateRecoveryOptions {

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
