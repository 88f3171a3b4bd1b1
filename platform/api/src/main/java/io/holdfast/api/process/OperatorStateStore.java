package io.holdfast.api.process;

import io.holdfast.api.state.BroadcastState;
import io.holdfast.api.state.ListState;
import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.api.state.MapStateDescriptor;
import org.osgi.annotation.versioning.ProviderType;

/**
 * State of a subtask, without keys. It is held on the heap, whatever the state backend, and lives
 * for ever: a descriptor with a time to live is refused (STATE-3023).
 */
@ProviderType
public interface OperatorStateStore {

    /**
     * A list whose elements are dealt out to the subtasks in turn when the job is restored.
     *
     * @param descriptor names it
     * @param <T> type of the elements
     * @return the state
     */
    <T> ListState<T> getListState(ListStateDescriptor<T> descriptor);

    /**
     * A list of which every subtask gets the elements of all subtasks when the job is restored.
     *
     * @param descriptor names it
     * @param <T> type of the elements
     * @return the state
     */
    <T> ListState<T> getUnionListState(ListStateDescriptor<T> descriptor);

    /**
     * A map that is the same in all subtasks.
     *
     * @param descriptor names it
     * @param <K> type of the map keys
     * @param <V> type of the values
     * @return the state
     */
    <K, V> BroadcastState<K, V> getBroadcastState(MapStateDescriptor<K, V> descriptor);
}
