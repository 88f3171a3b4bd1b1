package io.holdfast.config.resolve;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.Configuration;
import io.holdfast.api.config.ReadableConfig;
import java.util.Optional;
import java.util.Set;

/** Layers as one configuration; its errors say where a value was set. Immutable. */
final class EffectiveConfiguration implements ReadableConfig {
    private final LayerStack stack;
    private final Reading reading;
    private final Set<String> hidden;

    EffectiveConfiguration(LayerStack stack, Reading reading) {
        this(stack, reading, Set.of());
    }

    private EffectiveConfiguration(LayerStack stack, Reading reading, Set<String> hidden) {
        this.stack = stack;
        this.reading = reading;
        this.hidden = hidden;
    }

    /** The same, in which some options seem not to be set. */
    EffectiveConfiguration without(Set<String> keys) {
        return keys.isEmpty() ? this : new EffectiveConfiguration(stack, reading, Set.copyOf(keys));
    }

    /** The same, beaten by what an object set in code says. */
    ReadableConfig overlaid(Configuration settings) {
        if (settings.keySet().isEmpty()) {
            return this;
        }
        EffectiveConfiguration below = this;
        return new ReadableConfig() {
            @Override
            public <T> Optional<T> getOptional(ConfigOption<T> option) {
                Optional<T> above = settings.getOptional(option);
                return above.isPresent() ? above : below.getOptional(option);
            }
        };
    }

    @Override
    public <T> Optional<T> getOptional(ConfigOption<T> option) {
        if (hidden.contains(option.key())) {
            return Optional.empty();
        }
        Optional<Found> found = stack.find(option);
        return found.isPresent()
                ? reading.read(option, found.get().entry())
                : reading.unset(option);
    }
}
