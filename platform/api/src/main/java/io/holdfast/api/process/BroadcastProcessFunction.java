package io.holdfast.api.process;

import io.holdfast.api.function.Collector;
import io.holdfast.api.state.BroadcastState;
import io.holdfast.api.state.MapStateDescriptor;
import io.holdfast.api.state.ReadOnlyBroadcastState;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Processes the records of a stream in the light of another one that every subtask sees whole.
 *
 * @param <I> type of the stream's records
 * @param <B> type of the broadcast records
 * @param <O> type of the output
 */
public abstract class BroadcastProcessFunction<I, B, O> extends RichFunction {

    /** For subclasses. */
    protected BroadcastProcessFunction() {}

    /**
     * Processes a record of the stream.
     *
     * @param value the record
     * @param context about the record; valid during the call
     * @param out takes results
     * @throws Exception any failure: the job fails and restarts by its strategy
     */
    public abstract void processElement(I value, ReadOnlyContext context, Collector<O> out)
            throws Exception;

    /**
     * Processes a broadcast record; every subtask must change the state in the same way.
     *
     * @param value the record
     * @param context about the record; valid during the call
     * @param out takes results
     * @throws Exception any failure: the job fails and restarts by its strategy
     */
    public abstract void processBroadcastElement(B value, Context context, Collector<O> out)
            throws Exception;

    /** About a record of the stream. */
    @ProviderType
    public interface ReadOnlyContext extends ProcessFunction.Context {

        /**
         * Broadcast state.
         *
         * @param descriptor one of those the stream was broadcast with
         * @param <K> type of the map keys
         * @param <V> type of the values
         * @return the state
         */
        <K, V> ReadOnlyBroadcastState<K, V> broadcastState(MapStateDescriptor<K, V> descriptor);
    }

    /** About a broadcast record. */
    @ProviderType
    public interface Context extends ReadOnlyContext {

        @Override
        <K, V> BroadcastState<K, V> broadcastState(MapStateDescriptor<K, V> descriptor);
    }
}
