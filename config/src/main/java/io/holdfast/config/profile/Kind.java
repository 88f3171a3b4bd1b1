package io.holdfast.config.profile;

/** What is wrong, in terms that fit Flink as well as this product. */
public enum Kind {
    /** A name or class that does not exist. */
    CLASS_NOT_FOUND("class-not-found"),
    /** A class of another type than is needed. */
    NOT_A_FACTORY("not-a-factory"),
    /** A factory that cannot be made: abstract, or without a public constructor. */
    FACTORY_NOT_INSTANTIABLE("factory-not-instantiable"),
    /** A failure in a user's class. */
    USER_CODE("user-code"),
    /** No directory where one is needed. */
    MISSING_CHECKPOINT_DIR("missing-checkpoint-dir"),
    /** A value of another type than the option's. */
    UNPARSABLE_VALUE("unparsable-value"),
    /** A directory without scheme. */
    PATH_WITHOUT_SCHEME("path-without-scheme"),
    /** A directory that is no URI. */
    INVALID_PATH("invalid-path"),
    /** A directory that is the root. */
    ROOT_DIRECTORY("root-directory"),
    /** A word that names no constant. */
    UNKNOWN_ENUM_NAME("unknown-enum-name"),
    /** A local directory that is relative. */
    LOCAL_DIR_RELATIVE("local-dir-relative"),
    /** An empty list of local directories. */
    LOCAL_DIR_EMPTY("local-dir-empty"),
    /** Ratios of memory that do not fit together. */
    MEMORY_RATIOS_INVALID("memory-ratios-invalid"),
    /** A fraction that is none. */
    OVERLAP_FRACTION_OUT_OF_RANGE("overlap-fraction-out-of-range"),
    /** Any other value out of its range. */
    OPTION_OUT_OF_RANGE("option-out-of-range"),
    /** A module that is not installed here; Flink would have it. */
    NOT_INSTALLED("not-installed"),
    /** Anything that only this product refuses. */
    OTHER("other");

    private final String id;

    Kind(String id) {
        this.id = id;
    }

    /**
     * The stable name.
     *
     * @return lower-case words joined by dashes
     */
    public String id() {
        return id;
    }
}
