package io.holdfast.runtime.job;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.ConfigOptions;
import io.holdfast.api.config.MemorySize;
import java.time.Duration;
import java.util.List;

/** Options of the engine itself. */
public final class JobOptions {

    /** {@code taskmanager.memory.managed.size}: memory outside the heap for state. */
    public static final ConfigOption<MemorySize> MANAGED_MEMORY =
            ConfigOptions.key("taskmanager.memory.managed.size")
                    .memoryType()
                    .noDefaultValue()
                    .withDeprecatedKeys("taskmanager.memory.size")
                    .check("more than 0", size -> size.bytes() > 0)
                    .withDescription(
                            "Memory outside the heap for the state backends of a job, divided"
                                    + " evenly among its slots, which are as many as its highest"
                                    + " parallelism. If it is not set: 128 mb for each slot.");

    /** {@code io.tmp.dirs}: where backends keep working files. */
    public static final ConfigOption<String> TEMPORARY_DIRECTORIES =
            ConfigOptions.key("io.tmp.dirs")
                    .stringType()
                    .noDefaultValue()
                    .withDeprecatedKeys("taskmanager.tmp.dirs")
                    .withDescription(
                            "Directories for working files of state backends, separated by commas;"
                                    + " subtasks are spread over them. If it is not set: the"
                                    + " system's directory for temporary files.");

    /** {@code task.cancellation.timeout}: how long a cancelled task may take to end. */
    public static final ConfigOption<Duration> CANCELLATION_TIMEOUT =
            ConfigOptions.key("task.cancellation.timeout")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(30))
                    .withDescription(
                            "How long a task that was cancelled may take to end. After that it is"
                                    + " left to itself; a job that was to be restarted fails,"
                                    + " because the old task might still do something.");

    /** {@code state.backend.hand-over.timeout}: how long a running job may stand still for it. */
    public static final ConfigOption<Duration> HAND_OVER_TIMEOUT =
            ConfigOptions.key("state.backend.hand-over.timeout")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(2))
                    .check("more than 0", wait -> !wait.isZero() && !wait.isNegative())
                    .withDescription(
                            "How long a hand-over of a running job to another state backend may"
                                    + " take, from the moment it is sent through the job until all"
                                    + " subtasks could go on with the new one. After that the job"
                                    + " goes on with the backend it has.");

    private JobOptions() {}

    /**
     * All of them.
     *
     * @return each once
     */
    public static List<ConfigOption<?>> all() {
        return List.of(
                MANAGED_MEMORY, TEMPORARY_DIRECTORIES, CANCELLATION_TIMEOUT, HAND_OVER_TIMEOUT);
    }
}
