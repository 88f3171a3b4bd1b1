package io.holdfast.config.resolve;

import io.holdfast.api.config.ConfigOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What can be chosen and what can be set.
 *
 * @param backends the installed state backends
 * @param storages the installed checkpoint storages
 * @param options options that are read whatever is chosen, such as {@link ApiOptions#all}
 * @param searched where modules were looked for, for problems: {@code class path; /opt/modules: 3
 *     jars}
 */
public record Catalog(
        List<Installed> backends,
        List<Installed> storages,
        List<ConfigOption<?>> options,
        String searched) {
    /** Refuses null parts and copies the lists. */
    public Catalog {
        backends = List.copyOf(backends);
        storages = List.copyOf(storages);
        options = List.copyOf(options);
        Objects.requireNonNull(searched, "searched");
    }

    static Optional<Installed> named(String name, List<Installed> installed) {
        return installed.stream().filter(candidate -> candidate.name().equals(name)).findFirst();
    }
}
