package io.holdfast.config.resolve;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.ReadableConfig;
import io.holdfast.config.layer.Entry;
import java.util.Optional;

/** All layers as one configuration; its errors say where a value was set. Immutable. */
final class EffectiveConfiguration implements ReadableConfig {
    private final LayerStack stack;

    EffectiveConfiguration(LayerStack stack) {
        this.stack = stack;
    }

    @Override
    public <T> Optional<T> getOptional(ConfigOption<T> option) {
        return stack.find(option)
                .map(Found::entry)
                .map(
                        (Entry entry) ->
                                option.read(entry.value(), entry.key(), entry.origin().toString()));
    }
}
