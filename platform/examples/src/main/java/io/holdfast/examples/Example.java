package io.holdfast.examples;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.ReadableConfig;
import io.holdfast.runtime.StreamExecutionEnvironment;
import java.util.List;

/**
 * A job that the launcher can run. It says what it is called, what can be chosen, and builds itself
 * on an environment; it knows nothing of state backends, checkpoints or where its results go.
 * Without state; used by any thread.
 */
public interface Example {

    /**
     * What it is called on the command line.
     *
     * @return lower-case words joined by dashes
     */
    String name();

    /**
     * What it computes.
     *
     * @return one sentence
     */
    String sentence();

    /**
     * What can be chosen; {@code --key value} on the command line.
     *
     * @return options whose keys are single words
     */
    List<ConfigOption<?>> options();

    /**
     * Builds the job.
     *
     * @param environment where to build it; not executed
     * @param choices values of {@link #options()}
     * @return the streams that leave the job, exactly one of them with {@link
     *     ExampleOutput#result()}
     * @throws io.holdfast.api.error.HoldfastException if a choice is not possible
     */
    List<ExampleOutput> build(StreamExecutionEnvironment environment, ReadableConfig choices);
}
