package io.holdfast.config.resolve;

import io.holdfast.api.config.Configuration;
import java.util.Objects;
import java.util.Optional;

/**
 * A state backend or checkpoint storage object that the program set; it takes the place of a name.
 *
 * @param name the name of its kind
 * @param call how it was set, such as {@code env.setStateBackend(new HashMapStateBackend())}
 * @param settings values that the object fixes and that others need to see, such as the directory
 *     of a storage; may be empty
 * @param ownStorage the name of the storage that a backend brings along, if it does
 */
public record SetInCode(
        String name, String call, Configuration settings, Optional<String> ownStorage) {
    /** Refuses null parts and copies the settings. */
    public SetInCode {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(call, "call");
        settings = new Configuration(settings);
        Objects.requireNonNull(ownStorage, "ownStorage");
    }

    /**
     * An object without a storage of its own.
     *
     * @param name the name of its kind
     * @param call how it was set
     * @param settings values that the object fixes
     */
    public SetInCode(String name, String call, Configuration settings) {
        this(name, call, settings, Optional.empty());
    }

    @Override
    public Configuration settings() {
        return new Configuration(settings);
    }
}
