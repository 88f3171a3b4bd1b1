package io.holdfast.config.layer;

import io.holdfast.api.config.Configuration;
import io.holdfast.api.error.Problem;
import java.util.List;
import java.util.Objects;

/**
 * Settings of one source. Of several entries with the same key the last one wins.
 *
 * @param level who speaks
 * @param entries the settings in the order they were written
 * @param warnings what was suspicious when the source was read, such as a line that its format
 *     ignores; shows no value
 */
public record Layer(Level level, List<Entry> entries, List<Problem> warnings) {
    /** Refuses null parts and copies the lists. */
    public Layer {
        Objects.requireNonNull(level, "level");
        entries = List.copyOf(entries);
        warnings = List.copyOf(warnings);
    }

    /**
     * Settings of a source that there is nothing to say about.
     *
     * @param level who speaks
     * @param entries the settings in the order they were written
     */
    public Layer(Level level, List<Entry> entries) {
        this(level, entries, List.of());
    }

    /**
     * The settings of a configuration object.
     *
     * @param level who speaks
     * @param configuration the settings
     * @param origin where the object came from
     * @return the layer
     */
    public static Layer of(Level level, Configuration configuration, Origin origin) {
        return new Layer(
                level,
                configuration.keySet().stream()
                        .map(key -> new Entry(key, configuration.getRaw(key).orElseThrow(), origin))
                        .toList());
    }
}
