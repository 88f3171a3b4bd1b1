package io.holdfast.api.process;

import io.holdfast.api.state.AggregatingState;
import io.holdfast.api.state.AggregatingStateDescriptor;
import io.holdfast.api.state.ListState;
import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.api.state.MapState;
import io.holdfast.api.state.MapStateDescriptor;
import io.holdfast.api.state.ReducingState;
import io.holdfast.api.state.ReducingStateDescriptor;
import io.holdfast.api.state.ValueState;
import io.holdfast.api.state.ValueStateDescriptor;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Where a function runs, and its keyed state. State can be asked for from {@link RichFunction#open}
 * on, by functions of keyed streams only; others get STATE-3008.
 */
@ProviderType
public interface RuntimeContext {

    /**
     * Name of the operator.
     *
     * @return as given in the job
     */
    String operatorName();

    /**
     * Which subtask this is.
     *
     * @return 0 to {@link #parallelism()} - 1
     */
    int subtask();

    /**
     * Number of subtasks of the operator.
     *
     * @return 1 or more
     */
    int parallelism();

    /**
     * Number of key groups.
     *
     * @return 1 to 32,768
     */
    int maxParallelism();

    /**
     * How often the job was started anew since it was submitted or its process began.
     *
     * @return 0 the first time
     */
    int attempt();

    /**
     * A name for this run of the job's subtasks, the same for all subtasks, different after each
     * restart, also in a new process.
     *
     * @return letters and digits, fit for file names
     */
    String attemptId();

    /**
     * Value state of the current key.
     *
     * @param descriptor names it
     * @param <T> type of the value
     * @return the state
     */
    <T> ValueState<T> getState(ValueStateDescriptor<T> descriptor);

    /**
     * List state of the current key.
     *
     * @param descriptor names it
     * @param <T> type of the elements
     * @return the state
     */
    <T> ListState<T> getListState(ListStateDescriptor<T> descriptor);

    /**
     * Map state of the current key.
     *
     * @param descriptor names it
     * @param <K> type of the map keys
     * @param <V> type of the values
     * @return the state
     */
    <K, V> MapState<K, V> getMapState(MapStateDescriptor<K, V> descriptor);

    /**
     * Reducing state of the current key.
     *
     * @param descriptor names it
     * @param <T> type of the values
     * @return the state
     */
    <T> ReducingState<T> getReducingState(ReducingStateDescriptor<T> descriptor);

    /**
     * Aggregating state of the current key.
     *
     * @param descriptor names it
     * @param <I> type of what is added
     * @param <A> type of the accumulator
     * @param <O> type of the result
     * @return the state
     */
    <I, A, O> AggregatingState<I, O> getAggregatingState(
            AggregatingStateDescriptor<I, A, O> descriptor);
}
