package io.holdfast.runtime.state;

import io.holdfast.api.serialization.SerializerSnapshot;
import io.holdfast.toolkit.metadata.OperatorStateHandle.Distribution;
import java.util.List;
import java.util.Objects;

/**
 * One state as it stands in a snapshot: its elements in bytes.
 *
 * @param name the state's name
 * @param distribution how it is given to subtasks
 * @param serializers of the element; or of map key and map value
 * @param elements the elements; a broadcast entry is key and value one after the other; not copied
 */
public record StoredState(
        String name,
        Distribution distribution,
        List<SerializerSnapshot> serializers,
        List<byte[]> elements) {
    /** Refuses null, copies the list of serializers. */
    public StoredState {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(distribution, "distribution");
        serializers = List.copyOf(serializers);
        Objects.requireNonNull(elements, "elements");
    }
}
