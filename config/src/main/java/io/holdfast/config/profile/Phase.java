package io.holdfast.config.profile;

/** Where Flink notices that something is wrong, in its order. */
public enum Phase {
    /** When the program makes or sets an object. */
    APPLICATION,
    /** When the state backend is made and configured. */
    BACKEND,
    /** When the checkpoint storage is made and configured. */
    STORAGE,
    /** Later, or never. */
    LATER
}
