package io.holdfast.config.profile;

import java.util.Locale;

/** The sort of exception that Flink throws, which decides what its callers make of it. */
public enum Thrown {
    /** The configuration is not usable. */
    CONFIGURATION,
    /** A class cannot be loaded or made. */
    CODE_LOADING,
    /** The same, wrapped in an unchecked exception. */
    RUNTIME_WRAPPED,
    /** A plain illegal argument. */
    ARGUMENT,
    /** A plain illegal state. */
    STATE,
    /** Input or output. */
    IO,
    /** A class that cannot be linked or initialized. */
    LINKAGE,
    /** Anything else. */
    OTHER;

    /**
     * The stable name.
     *
     * @return lower-case words joined by dashes
     */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * What is thrown for something wrong in a value.
     *
     * @param reader who reads it
     * @param kind what is wrong
     * @param key the present key of the option
     * @return the sort of exception
     */
    public static Thrown by(Reader reader, Kind kind, String key) {
        return switch (kind) {
            case CLASS_NOT_FOUND, NOT_A_FACTORY, FACTORY_NOT_INSTANTIABLE ->
                    reader == Reader.OPTIONS_FACTORY ? RUNTIME_WRAPPED : CODE_LOADING;
            case MISSING_CHECKPOINT_DIR, LOCAL_DIR_RELATIVE, LOCAL_DIR_EMPTY ->
                    reader == Reader.PROGRAM ? ARGUMENT : CONFIGURATION;
            case INVALID_PATH ->
                    reader == Reader.PROGRAM || (reader == Reader.LEGACY_ROCKSDB && isStream(key))
                            ? ARGUMENT
                            : CONFIGURATION;
            case PATH_WITHOUT_SCHEME, ROOT_DIRECTORY, UNPARSABLE_VALUE ->
                    reader == Reader.STORAGE || reader == Reader.LEGACY_FILESYSTEM
                            ? CONFIGURATION
                            : ARGUMENT;
            case UNKNOWN_ENUM_NAME,
                    MEMORY_RATIOS_INVALID,
                    OVERLAP_FRACTION_OUT_OF_RANGE,
                    OPTION_OUT_OF_RANGE ->
                    ARGUMENT;
            case USER_CODE, NOT_INSTALLED, OTHER -> OTHER;
        };
    }

    // The legacy RocksDB factory makes its stream backend of the directory before it reads anything
    // else.
    private static boolean isStream(String key) {
        return key.equals("execution.checkpointing.dir");
    }
}
