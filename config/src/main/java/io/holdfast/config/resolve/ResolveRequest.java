package io.holdfast.config.resolve;

import io.holdfast.api.config.ReadableConfig;
import io.holdfast.api.config.ValueType;
import io.holdfast.config.layer.Layer;
import io.holdfast.config.profile.CompatibilityProfile;
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
     * The profile that the layers name under {@code config.profile}.
     *
     * @return the one of the highest layer that names one, else the default one
     * @throws io.holdfast.api.error.HoldfastException {@code CONFIG-1050} if there is no such
     *     profile
     */
    public CompatibilityProfile profile() {
        return profileOf(layers);
    }

    /**
     * The profile that layers name under {@code config.profile}.
     *
     * @param layers the layers in any order
     * @return the one of the highest layer that names one, else the default one
     * @throws io.holdfast.api.error.HoldfastException {@code CONFIG-1050} if there is no such
     *     profile
     */
    public static CompatibilityProfile profileOf(List<Layer> layers) {
        return new LayerStack(layers, CompatibilityProfile.DEFAULT)
                .winner(ApiOptions.PROFILE.key())
                .map(entry -> CompatibilityProfile.named(ValueType.text(entry.value())))
                .orElse(CompatibilityProfile.DEFAULT);
    }

    /**
     * What layers say to the host, to be read before it is known what is installed. Profiles do not
     * change it.
     *
     * @param layers the layers in any order; those of jobs and of code do not count
     * @return the settings; an error says where the value was set
     */
    public static ReadableConfig hostSettings(List<Layer> layers) {
        return new EffectiveConfiguration(
                new LayerStack(layers, CompatibilityProfile.DEFAULT).cluster(),
                new Reading(CompatibilityProfile.DEFAULT));
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
