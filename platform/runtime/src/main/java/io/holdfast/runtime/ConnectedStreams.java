package io.holdfast.runtime;

import io.holdfast.api.function.KeySelector;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.runtime.channel.StableKeys;

/**
 * Two streams that are to be processed together.
 *
 * @param <I> type of the records of the first
 * @param <J> type of the records of the second
 */
public final class ConnectedStreams<I, J> {
    private final DataStream<I> first;
    private final DataStream<J> second;

    ConnectedStreams(DataStream<I> first, DataStream<J> second) {
        this.first = first;
        this.second = second;
    }

    /**
     * Groups the records of both by key.
     *
     * @param firstSelector chooses the key of a record of the first
     * @param secondSelector chooses the key of a record of the second
     * @param keyType class of the keys, see {@link Serializers#forClass}
     * @param <K> type of the keys
     * @return both, grouped
     */
    public <K> ConnectedKeyedStreams<K, I, J> keyBy(
            KeySelector<I, K> firstSelector, KeySelector<J, K> secondSelector, Class<K> keyType) {
        StableKeys.require(keyType, "connected streams");
        return keyBy(firstSelector, secondSelector, Serializers.forClass(keyType));
    }

    /**
     * Groups the records of both by key.
     *
     * @param firstSelector chooses the key of a record of the first
     * @param secondSelector chooses the key of a record of the second
     * @param serializer serializer of the keys
     * @param <K> type of the keys
     * @return both, grouped
     */
    public <K> ConnectedKeyedStreams<K, I, J> keyBy(
            KeySelector<I, K> firstSelector,
            KeySelector<J, K> secondSelector,
            Serializer<K> serializer) {
        return new ConnectedKeyedStreams<>(
                first.keyBy(firstSelector, serializer), second.keyBy(secondSelector, serializer));
    }
}
