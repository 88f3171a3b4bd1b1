package io.holdfast.host;

import io.holdfast.api.config.ConfigOption;
import java.util.Objects;

/**
 * An option and the provider that reads it. Several providers may read one option.
 *
 * @param option the option
 * @param kind what the provider provides
 * @param provider the provider's name
 */
public record DeclaredOption(ConfigOption<?> option, ProviderKind<?> kind, String provider) {
    /** Refuses null. */
    public DeclaredOption {
        Objects.requireNonNull(option, "option");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(provider, "provider");
    }
}
