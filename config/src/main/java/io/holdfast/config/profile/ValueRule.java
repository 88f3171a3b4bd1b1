package io.holdfast.config.profile;

/** A way of reading the values of one option that is not the usual one. */
public enum ValueRule {
    /** As the option says. */
    USUAL,
    /** A value out of range is as good as none. */
    OUT_OF_RANGE_IS_UNSET,
    /** A value of another type is as good as none: somebody else reads it, later. */
    UNREADABLE_IS_UNSET,
    /** Absolute paths, separated by commas and by the path separator alike. */
    SPLIT_AT_COLONS
}
