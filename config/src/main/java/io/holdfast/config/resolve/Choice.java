package io.holdfast.config.resolve;

import io.holdfast.api.config.ReadableConfig;
import java.util.Objects;

/**
 * The state backend or checkpoint storage that was chosen.
 *
 * @param name its name among the installed modules, or the class name of a factory
 * @param source what chose it
 * @param configuration what it is to be created or configured with
 */
public record Choice(String name, Source source, ReadableConfig configuration) {

    /** What chose. */
    public enum Source {
        /** An object the program set. */
        CODE,
        /** The option that names it. */
        OPTION,
        /** The state backend: a legacy name that means a backend and a storage. */
        BACKEND,
        /** Nobody: the default. */
        DEFAULT
    }

    /** Refuses null parts. */
    public Choice {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(configuration, "configuration");
    }
}
