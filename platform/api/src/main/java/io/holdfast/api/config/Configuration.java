package io.holdfast.api.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Settings by key, to be filled by a program: typed with {@link #set}, or as text with {@link
 * #setString}. Values are converted when an option reads them; an option finds its value under its
 * own key first, then under its fallback keys, then under its former keys.
 *
 * <p>Keeps the order of insertion. Not thread-safe.
 */
public final class Configuration implements ReadableConfig {
    private final Map<String, Object> values = new LinkedHashMap<>();

    /** A configuration without settings. */
    public Configuration() {}

    /**
     * A copy.
     *
     * @param other what to copy
     */
    public Configuration(Configuration other) {
        values.putAll(other.values);
    }

    /**
     * A configuration of texts.
     *
     * @param texts values by key
     * @return a new configuration
     */
    public static Configuration fromMap(Map<String, String> texts) {
        Configuration configuration = new Configuration();
        texts.forEach(configuration::setString);
        return configuration;
    }

    /**
     * Sets an option, under its own key. Entries under its former keys stay, and lose.
     *
     * @param option the option
     * @param value its value, not null; checked when it is read
     * @param <T> the class of the value
     * @return this configuration
     */
    public <T> Configuration set(ConfigOption<T> option, T value) {
        values.put(option.key(), Objects.requireNonNull(value, option.key()));
        return this;
    }

    /**
     * Sets a key to a text.
     *
     * @param key any key
     * @param value its text, not null
     * @return this configuration
     */
    public Configuration setString(String key, String value) {
        values.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, key));
        return this;
    }

    /**
     * Sets a key to a value as a typed file delivers it.
     *
     * @param key any key
     * @param value text, a boolean, a number, a list, a map, a secret or a value of an option's
     *     type
     * @return this configuration
     */
    public Configuration setRaw(String key, Object value) {
        values.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, key));
        return this;
    }

    /**
     * The text under exactly this key.
     *
     * @param key any key
     * @param otherwise what to return if nothing is set under it, may be null
     * @return the text; {@value Secret#HIDDEN} for a secret
     */
    public String getString(String key, String otherwise) {
        Object value = values.get(key);
        return value == null ? otherwise : ValueType.text(value);
    }

    /**
     * The value under exactly this key, as it was set.
     *
     * @param key any key
     * @return the value, or empty
     */
    public Optional<Object> getRaw(String key) {
        return Optional.ofNullable(values.get(key));
    }

    @Override
    public <T> Optional<T> getOptional(ConfigOption<T> option) {
        for (String key : option.allKeys()) {
            Object configured = values.get(key);
            if (configured == null && option.type().map()) {
                configured = below(key);
            }
            if (configured != null) {
                return Optional.of(option.read(configured, key, ""));
            }
        }
        return Optional.empty();
    }

    private Map<String, Object> below(String key) {
        String prefix = key + ".";
        Map<String, Object> found = new LinkedHashMap<>();
        values.forEach(
                (other, value) -> {
                    if (other.startsWith(prefix)) {
                        found.put(other.substring(prefix.length()), value);
                    }
                });
        return found.isEmpty() ? null : found;
    }

    /**
     * Whether an option is set under any of its keys.
     *
     * @param option the option
     * @return whether {@link #getOptional} would find something
     */
    public boolean contains(ConfigOption<?> option) {
        return option.allKeys().stream()
                .anyMatch(
                        key ->
                                values.containsKey(key)
                                        || (option.type().map() && below(key) != null));
    }

    /**
     * Whether something is set under exactly this key.
     *
     * @param key any key
     * @return whether it is set
     */
    public boolean containsKey(String key) {
        return values.containsKey(key);
    }

    /**
     * Removes an option under all of its keys.
     *
     * @param option the option
     * @return whether anything was removed
     */
    public boolean removeConfig(ConfigOption<?> option) {
        boolean removed = false;
        for (String key : option.allKeys()) {
            removed |= values.remove(key) != null;
            removed |=
                    option.type().map()
                            && values.keySet().removeIf(other -> other.startsWith(key + "."));
        }
        return removed;
    }

    /**
     * Copies every setting of another configuration over this one's, key by key.
     *
     * @param other what to copy
     * @return this configuration
     */
    public Configuration addAll(Configuration other) {
        values.putAll(other.values);
        return this;
    }

    /**
     * The keys that are set.
     *
     * @return a copy, in the order of insertion
     */
    public Set<String> keySet() {
        return Collections.unmodifiableSet(new LinkedHashSet<>(values.keySet()));
    }

    /**
     * All settings as texts, to print or compare; secrets are {@value Secret#HIDDEN}, which no
     * secret option accepts back.
     *
     * @return a copy, in the order of insertion
     */
    public Map<String, String> toMap() {
        return values.entrySet().stream()
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey,
                                entry -> ValueType.text(entry.getValue()),
                                (first, second) -> second,
                                LinkedHashMap::new));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Configuration that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** The keys only: any value may be a secret of an option that is not known here. */
    @Override
    public String toString() {
        return "Configuration" + new TreeSet<>(values.keySet());
    }
}
