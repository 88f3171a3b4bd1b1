package io.holdfast.config.profile;

/** A named difference from what Flink 2.3 does with the same settings. The set is closed. */
public enum Correction {
    /** Job options and objects. */
    JOB_OPTIONS_REACH_CODE(
            "job-options-reach-code",
            "Options of the job reach backends and storages that were set in code."),
    /** Layers before spellings. */
    HIGHER_LAYER_WINS(
            "higher-layer-wins",
            "A former key in a higher layer beats the present key in a lower one."),
    /** Legacy backend names. */
    LEGACY_NAMES(
            "legacy-names",
            "The backend names 'jobmanager' and 'filesystem' and the factory classes of legacy"
                    + " backends mean a backend with that storage; a storage that is chosen"
                    + " explicitly is honoured."),
    /** No silent fall back to the heap. */
    FILESYSTEM_NEEDS_DIRECTORY(
            "filesystem-needs-directory",
            "The backend name 'filesystem' without a checkpoint directory is an error."),
    /** Blanks around names. */
    NAMES_TRIMMED(
            "names-trimmed",
            "Blanks around the names of backends and storages are dropped, and case is compared"
                    + " without regard to the locale."),
    /** Checks of setters. */
    FILE_VALUES_CHECKED(
            "file-values-checked", "What a setter would refuse is refused from a file too."),
    /** The limit of the inline threshold. */
    THRESHOLD_CHECKED(
            "threshold-checked",
            "An inline threshold over 1 mb is an error; it is not replaced by the default."),
    /** The memory of a process. */
    FIXED_PER_TM_WORKS(
            "fixed-per-tm-works",
            "A fixed size of RocksDB's memory per process is used when it is set and nobody asked"
                    + " for managed memory."),
    /** Local directories as URIs. */
    LOCAL_DIRECTORY_URIS(
            "local-directory-uris", "Local directories may be written as URIs of 'file:'."),
    /** The flag of legacy constructors. */
    ASYNCHRONOUS_FLAG_HONOURED(
            "asynchronous-flag-honoured",
            "A legacy backend that was made with asynchronous snapshots switched off takes its"
                    + " snapshots synchronously."),
    /** Changelogs that cannot work. */
    CHANGELOG_CHECKED(
            "changelog-checked",
            "A changelog without durable storage, with more than one concurrent checkpoint or with"
                    + " a claim mode it does not support is refused before the job starts."),
    /** Silent overrides. */
    MANAGED_MEMORY_OVERRIDES_LISTED(
            "managed-memory-overrides-listed",
            "Settings of RocksDB's memory that managed memory overrides are listed."),
    /** Misspelt keys. */
    UNKNOWN_KEYS_REPORTED(
            "unknown-keys-reported",
            "Unknown keys under the prefixes of this product are warnings with a suggestion, and"
                    + " errors with config.strict."),
    /** One run for all mistakes. */
    PROBLEMS_TOGETHER("problems-together", "All problems are reported together, not one a run.");

    private final String id;
    private final String sentence;

    Correction(String id, String sentence) {
        this.id = id;
        this.sentence = sentence;
    }

    /**
     * The stable name.
     *
     * @return lower-case words joined by dashes
     */
    public String id() {
        return id;
    }

    /**
     * What is different.
     *
     * @return one sentence
     */
    public String sentence() {
        return sentence;
    }

    /** The id and the sentence. */
    @Override
    public String toString() {
        return id + ": " + sentence;
    }
}
