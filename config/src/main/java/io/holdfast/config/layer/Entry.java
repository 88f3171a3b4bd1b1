package io.holdfast.config.layer;

import io.holdfast.api.config.ValueType;
import java.util.Objects;

/**
 * One setting as it was written.
 *
 * @param key the key, levels joined by dots
 * @param value text, or what a typed file delivers (boolean, number, list, map), or a value of an
 *     option's type set in code, or a {@link io.holdfast.api.config.Secret}
 * @param origin where it was written
 */
public record Entry(String key, Object value, Origin origin) {
    /** Refuses null parts. */
    public Entry {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(value, key);
        Objects.requireNonNull(origin, "origin");
    }

    /**
     * Key, value and origin in one line. Do not print this where the value may be a secret text.
     */
    @Override
    public String toString() {
        return key + " = " + ValueType.text(value) + "   (" + origin + ")";
    }
}
