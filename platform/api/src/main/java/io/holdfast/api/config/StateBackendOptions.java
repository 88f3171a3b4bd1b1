package io.holdfast.api.config;

/** The option that names the state backend. */
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

    private StateBackendOptions() {}
}
