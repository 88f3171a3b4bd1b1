package io.holdfast.api.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;

/**
 * A value that must not be seen: it prints as {@value #HIDDEN} everywhere. Immutable.
 *
 * <p>A configuration may hold one under any key, also under the key of an option of another type;
 * reading such an option works, and no error shows the value.
 */
public final class Secret {
    /** What is printed in place of any secret. */
    public static final String HIDDEN = "******";

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /**
     * Hides a text.
     *
     * @param value the text to hide
     * @return the secret
     */
    public static Secret of(String value) {
        return new Secret(Objects.requireNonNull(value, "value"));
    }

    /**
     * The hidden text. Whoever calls this must not print, log or store it.
     *
     * @return the text
     */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret
                && MessageDigest.isEqual(
                        value.getBytes(StandardCharsets.UTF_8),
                        secret.value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** Always {@value #HIDDEN}. */
    @Override
    public String toString() {
        return HIDDEN;
    }
}
