package io.holdfast.api.config;

/** Options of a job as a whole. */
public final class PipelineOptions {
    /** {@code pipeline.name}: what the job is called. */
    public static final ConfigOption<String> NAME =
            ConfigOptions.key("pipeline.name")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("The name of the job, for people.");

    /** {@code pipeline.max-parallelism}: number of key groups. */
    public static final ConfigOption<Integer> MAX_PARALLELISM =
            ConfigOptions.key("pipeline.max-parallelism")
                    .intType()
                    .defaultValue(-1)
                    .check(
                            "between 1 and 32768, or -1 to derive it from the parallelism",
                            count -> count == -1 || (count >= 1 && count <= 1 << 15))
                    .withDescription(
                            "The number of key groups, and so the highest parallelism the job can"
                                    + " ever be rescaled to. It cannot change while state is kept.");

    private PipelineOptions() {}
}
