package io.holdfast.config.resolve;

/** A named difference from what Flink 2.3 does with the same settings. */
public enum Correction {
    /** Legacy backend names. */
    LEGACY_NAMES(
            "legacy-names",
            "The backend names 'jobmanager' and 'filesystem' mean 'hashmap' with that storage; a"
                    + " storage that is chosen explicitly is honoured."),
    /** No silent fall back to the heap. */
    FILESYSTEM_NEEDS_DIRECTORY(
            "filesystem-needs-directory",
            "The backend name 'filesystem' without a checkpoint directory is an error."),
    /** Blanks around names. */
    NAMES_TRIMMED(
            "names-trimmed",
            "Blanks around the names of backends and storages are dropped, and case is compared"
                    + " without regard to the locale."),
    /** Layers before spellings. */
    HIGHER_LAYER_WINS(
            "higher-layer-wins",
            "A former key in a higher layer beats the present key in a lower one."),
    /** Job options and objects. */
    JOB_OPTIONS_REACH_CODE(
            "job-options-reach-code",
            "Options of the job reach backends and storages that were set in code.");

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
