package io.holdfast.config.resolve;

import io.holdfast.config.layer.Layer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What one job says, and what was said before it.
 *
 * @param layers the layers in any order of levels; of two with the same level the later one wins
 * @param backend the state backend object the program set
 * @param storage the checkpoint storage object the program set
 */
public record ResolveRequest(
        List<Layer> layers, Optional<SetInCode> backend, Optional<SetInCode> storage) {
    /** Refuses null parts and copies the layers. */
    public ResolveRequest {
        layers = List.copyOf(layers);
        Objects.requireNonNull(backend, "backend");
        Objects.requireNonNull(storage, "storage");
    }

    /**
     * A job that sets no objects.
     *
     * @param layers the layers
     * @return the request
     */
    public static ResolveRequest of(List<Layer> layers) {
        return new ResolveRequest(layers, Optional.empty(), Optional.empty());
    }

    /**
     * The same with a state backend object.
     *
     * @param object the object
     * @return a copy
     */
    public ResolveRequest withBackend(SetInCode object) {
        return new ResolveRequest(layers, Optional.of(object), storage);
    }

    /**
     * The same with a checkpoint storage object.
     *
     * @param object the object
     * @return a copy
     */
    public ResolveRequest withStorage(SetInCode object) {
        return new ResolveRequest(layers, backend, Optional.of(object));
    }
}
