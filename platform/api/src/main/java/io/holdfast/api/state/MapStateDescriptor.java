package io.holdfast.api.state;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.Serializers;
import java.util.Objects;
import java.util.Optional;

/**
 * Describes a {@link MapState} or a {@link BroadcastState}.
 *
 * @param <K> type of the map keys
 * @param <V> type of the values
 */
public final class MapStateDescriptor<K, V> extends StateDescriptor<MapState<K, V>, V> {
    private final Serializer<K> keySerializer;

    /**
     * A map.
     *
     * @param name unique in its operator
     * @param keyType class of the map keys, see {@link Serializers#forClass}
     * @param valueType class of the values
     */
    public MapStateDescriptor(String name, Class<K> keyType, Class<V> valueType) {
        this(name, Serializers.forClass(keyType), Serializers.forClass(valueType));
    }

    /**
     * A map.
     *
     * @param name unique in its operator
     * @param key serializer of the map keys; equal keys must give equal bytes
     * @param value serializer of the values
     */
    public MapStateDescriptor(String name, Serializer<K> key, Serializer<V> value) {
        this(name, key, value, Optional.empty());
    }

    private MapStateDescriptor(
            String name,
            Serializer<K> key,
            Serializer<V> value,
            Optional<StateTtlConfig> timeToLive) {
        super(name, value, timeToLive);
        this.keySerializer = Objects.requireNonNull(key, "key");
    }

    /**
     * Serializer of the map keys.
     *
     * @return the serializer
     */
    public Serializer<K> keySerializer() {
        return keySerializer;
    }

    @Override
    public MapStateDescriptor<K, V> withTimeToLive(StateTtlConfig config) {
        return new MapStateDescriptor<>(name(), keySerializer, serializer(), Optional.of(config));
    }

    @Override
    public StateKind kind() {
        return StateKind.MAP;
    }
}
