package io.holdfast.api.config;

/** Yes, no, or not said: a setting that a program may leave to the configuration. */
public enum TernaryBoolean {
    /** Yes. */
    TRUE,
    /** No. */
    FALSE,
    /** Not said. */
    UNDEFINED;

    /**
     * What was said, or else a default.
     *
     * @param otherwise what {@link #UNDEFINED} gives
     * @return yes or no
     */
    public boolean getOrDefault(boolean otherwise) {
        return this == UNDEFINED ? otherwise : this == TRUE;
    }

    /**
     * What was said.
     *
     * @return yes, no, or null for {@link #UNDEFINED}
     */
    public Boolean getAsBoolean() {
        return this == UNDEFINED ? null : Boolean.valueOf(this == TRUE);
    }

    /**
     * Fills what is not said.
     *
     * @param otherwise what {@link #UNDEFINED} becomes
     * @return yes or no
     */
    public TernaryBoolean resolveUndefined(boolean otherwise) {
        return fromBoolean(getOrDefault(otherwise));
    }

    /**
     * Says something.
     *
     * @param said what
     * @return {@link #TRUE} or {@link #FALSE}
     */
    public static TernaryBoolean fromBoolean(boolean said) {
        return said ? TRUE : FALSE;
    }

    /**
     * Says something or nothing.
     *
     * @param said what, may be null
     * @return {@link #UNDEFINED} for null
     */
    public static TernaryBoolean fromBoxedBoolean(Boolean said) {
        return said == null ? UNDEFINED : fromBoolean(said);
    }
}
