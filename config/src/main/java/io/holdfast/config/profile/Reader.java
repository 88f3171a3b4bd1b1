package io.holdfast.config.profile;

/** Who reads a value. It decides which exception Flink would throw for a bad one, and when. */
public enum Reader {
    /** A call in the program. */
    PROGRAM(Phase.APPLICATION),
    /** A state backend that was made from configuration, or set in code. */
    BACKEND(Phase.BACKEND),
    /** The legacy backend with its checkpoints in memory, made from configuration. */
    LEGACY_MEMORY(Phase.BACKEND),
    /** The legacy backend with its checkpoints in files, made from configuration. */
    LEGACY_FILESYSTEM(Phase.BACKEND),
    /** The legacy RocksDB backend, made from configuration. */
    LEGACY_ROCKSDB(Phase.BACKEND),
    /** Whoever loads the factory of RocksDB's options. */
    OPTIONS_FACTORY(Phase.BACKEND),
    /** A checkpoint storage that was made from configuration. */
    STORAGE(Phase.STORAGE),
    /** A checkpoint storage that was set in code. */
    STORAGE_IN_CODE(Phase.STORAGE),
    /** The engine. */
    ENGINE(Phase.LATER);

    private final Phase phase;

    Reader(Phase phase) {
        this.phase = phase;
    }

    /**
     * When it reads.
     *
     * @return the phase
     */
    public Phase phase() {
        return phase;
    }

    /**
     * The reader of the options of a legacy backend and of its storage.
     *
     * @param backend the kind
     * @return the reader
     */
    public static Reader of(LegacyBackend backend) {
        return switch (backend) {
            case MEMORY -> LEGACY_MEMORY;
            case FILESYSTEM -> LEGACY_FILESYSTEM;
            case ROCKSDB -> LEGACY_ROCKSDB;
        };
    }
}
