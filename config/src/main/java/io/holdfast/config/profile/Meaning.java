package io.holdfast.config.profile;

import java.util.Objects;
import java.util.Optional;

/**
 * What a name in the configuration stands for.
 *
 * @param name the name of a backend or storage
 * @param legacy the kind of legacy backend, where the name means a storage as well
 */
public record Meaning(String name, Optional<LegacyBackend> legacy) {
    /** Refuses null parts. */
    public Meaning {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(legacy, "legacy");
    }

    /**
     * A backend or storage alone.
     *
     * @param name its name
     * @return the meaning
     */
    public static Meaning of(String name) {
        return new Meaning(name, Optional.empty());
    }

    /**
     * A backend with its storage.
     *
     * @param name the name of the backend
     * @param legacy the kind
     * @return the meaning
     */
    public static Meaning of(String name, LegacyBackend legacy) {
        return new Meaning(name, Optional.of(legacy));
    }
}
