package io.holdfast.config.resolve;

import static io.holdfast.api.config.CheckpointingOptions.MAX_CONCURRENT_CHECKPOINTS;
import static io.holdfast.api.config.StateChangelogOptions.STATE_CHANGE_LOG_STORAGE;
import static io.holdfast.api.config.StateRecoveryOptions.RESTORE_MODE;
import static io.holdfast.api.config.StateRecoveryOptions.SAVEPOINT_PATH;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.ReadableConfig;
import io.holdfast.api.config.RecoveryClaimMode;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.config.profile.Correction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a changelog cannot work with. Flink finds out at the first checkpoint, or never. */
final class ChangelogRules {
    private static final String MEMORY = "memory";
    private static final String JOBMANAGER = "jobmanager";

    private final LayerStack stack;
    private final ReadableConfig configuration;
    private final List<Problem> problems = new ArrayList<>();

    ChangelogRules(LayerStack stack, ReadableConfig configuration) {
        this.stack = stack;
        this.configuration = configuration;
    }

    /** All that is wrong with logging changes where checkpoints go to a storage. */
    List<Problem> check(String checkpointStorage) {
        String changes = value(STATE_CHANGE_LOG_STORAGE).orElse(MEMORY).toLowerCase(Locale.ROOT);
        if (changes.equals(MEMORY)) {
            refuse(
                    "The changelog is kept in memory, which does not survive a failure.",
                    STATE_CHANGE_LOG_STORAGE,
                    "set " + STATE_CHANGE_LOG_STORAGE.key() + " to 'filesystem'");
        }
        if (checkpointStorage.equals(JOBMANAGER)) {
            refuse(
                    "A changelog needs a durable checkpoint storage, and 'jobmanager' is none.",
                    STATE_CHANGE_LOG_STORAGE,
                    "set execution.checkpointing.dir to a URI such as file:///var/checkpoints");
        }
        if (value(MAX_CONCURRENT_CHECKPOINTS).orElse(1) > 1) {
            refuse(
                    "A changelog allows one checkpoint at a time.",
                    MAX_CONCURRENT_CHECKPOINTS,
                    "set " + MAX_CONCURRENT_CHECKPOINTS.key() + " to 1");
        }
        boolean claimed =
                value(RESTORE_MODE).orElse(RESTORE_MODE.defaultValue()) == RecoveryClaimMode.CLAIM;
        if (value(SAVEPOINT_PATH).isPresent() && !claimed) {
            refuse(
                    "A changelog can start from a checkpoint only if it may take it over.",
                    RESTORE_MODE,
                    "set " + RESTORE_MODE.key() + " to CLAIM");
        }
        return problems;
    }

    /** What cannot be read is told elsewhere. */
    private <T> Optional<T> value(ConfigOption<T> option) {
        try {
            return configuration.getOptional(option);
        } catch (HoldfastException e) {
            return Optional.empty();
        }
    }

    private void refuse(String summary, ConfigOption<?> option, String advice) {
        String setBy =
                stack.find(option)
                        .map(found -> Shown.setting(option, found.entry()))
                        .orElseGet(
                                () ->
                                        Shown.setting(
                                                option.key(),
                                                option.shown(option.defaultValue()),
                                                "default"));
        problems.add(
                Problem.user("CONFIG-1018", summary)
                        .with("set by", setBy)
                        .with("differs", Correction.CHANGELOG_CHECKED)
                        .advise(advice + ", or switch the changelog off")
                        .build());
    }
}
