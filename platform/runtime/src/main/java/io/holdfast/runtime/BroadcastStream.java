package io.holdfast.runtime;

import io.holdfast.api.state.MapStateDescriptor;
import java.util.List;

/**
 * A stream whose records every subtask of the next operator gets.
 *
 * @param <B> type of the records
 */
public final class BroadcastStream<B> {
    private final DataStream<B> stream;
    private final List<MapStateDescriptor<?, ?>> states;

    BroadcastStream(DataStream<B> stream, List<MapStateDescriptor<?, ?>> states) {
        this.stream = stream;
        this.states = List.copyOf(states);
    }

    DataStream<B> stream() {
        return stream;
    }

    List<MapStateDescriptor<?, ?>> states() {
        return states;
    }
}
