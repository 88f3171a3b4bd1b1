package io.holdfast.config.profile;

/** How layers and the spellings of a key make one value. */
public enum Merge {
    /**
     * An option takes the highest layer that has any of its keys, and in it the newest spelling.
     */
    LAYERS_FIRST,
    /**
     * Literal keys are merged first; then the newest spelling that any layer has wins, in whatever
     * layer it stands.
     */
    LITERAL_KEYS
}
