package io.holdfast.api.config;

import java.util.List;

/** Options of the choice of a state backend. */
public final class StateBackendOptions {
    /** {@code state.backend.type}: what holds the working state. */
    public static final ConfigOption<String> STATE_BACKEND =
            ConfigOptions.key("state.backend.type")
                    .stringType()
                    .defaultValue("hashmap")
                    .withDeprecatedKeys("state.backend")
                    .withDescription(
                            "The state backend, by the name it has among the installed modules,"
                                    + " such as 'hashmap' or 'rocksdb', in any case. The legacy"
                                    + " names 'jobmanager' and 'filesystem' mean 'hashmap' with"
                                    + " the checkpoint storage of that name.");

    /** {@code execution.batch-state-backend.enabled}: a backend for batch jobs. */
    public static final ConfigOption<Boolean> USE_BATCH_STATE_BACKEND =
            ConfigOptions.key("execution.batch-state-backend.enabled")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription(
                            "Whether jobs in batch mode use a backend made for sorted " + "input.")
                    .withoutEffect("There is no batch mode.");

    private StateBackendOptions() {}

    /**
     * All of them.
     *
     * @return each once
     */
    public static List<ConfigOption<?>> all() {
        return List.of(STATE_BACKEND, USE_BATCH_STATE_BACKEND);
    }
}
