package io.holdfast.config.resolve;

import io.holdfast.api.config.ConfigOption;
import java.util.List;
import java.util.Objects;

/**
 * A state backend or checkpoint storage that can be chosen by name.
 *
 * @param name lower-case words joined by dashes
 * @param options what its factory reads
 */
public record Installed(String name, List<ConfigOption<?>> options) {
    /** Refuses null parts and copies the options. */
    public Installed {
        Objects.requireNonNull(name, "name");
        options = List.copyOf(options);
    }
}
