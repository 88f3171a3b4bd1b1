package io.holdfast.api.config;

/** Options that concern all jobs of a process. */
public final class CoreOptions {
    /** {@code parallelism.default}: subtasks of an operator that says nothing else. */
    public static final ConfigOption<Integer> DEFAULT_PARALLELISM =
            ConfigOptions.key("parallelism.default")
                    .intType()
                    .defaultValue(1)
                    .check("at least 1", count -> count >= 1)
                    .withDescription(
                            "The number of parallel subtasks of every operator for which the"
                                    + " program does not set one.");

    private CoreOptions() {}
}
