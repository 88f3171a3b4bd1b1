package io.holdfast.api.config;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** A configuration as the code sees it that reads options from it. */
@ProviderType
public interface ReadableConfig {

    /**
     * The configured value of an option.
     *
     * @param option the option
     * @param <T> the class of its values
     * @return what is configured under any of its keys, or empty; never the default
     * @throws io.holdfast.api.error.HoldfastException {@code CONFIG-1001} if the value is not of
     *     the option's type, {@code CONFIG-1002} if it fails a check of the option
     */
    <T> Optional<T> getOptional(ConfigOption<T> option);

    /**
     * The effective value of an option.
     *
     * @param option the option
     * @param <T> the class of its values
     * @return what is configured under any of its keys, else its default, else null
     * @throws io.holdfast.api.error.HoldfastException as {@link #getOptional}
     */
    default <T> T get(ConfigOption<T> option) {
        return getOptional(option).orElse(option.defaultValue());
    }
}
