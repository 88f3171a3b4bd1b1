package io.holdfast.config.profile;

/** Kinds of backends of before Flink 1.13, each of which brought its checkpoint storage along. */
public enum LegacyBackend {
    /** Heap and coordinator's memory. */
    MEMORY("memory", "jobmanager"),
    /** Heap and files. */
    FILESYSTEM("filesystem", "filesystem"),
    /** RocksDB and files. */
    ROCKSDB("rocksdb", "filesystem");

    private final String id;
    private final String storage;

    LegacyBackend(String id, String storage) {
        this.id = id;
        this.storage = storage;
    }

    /**
     * The stable name.
     *
     * @return a lower-case word
     */
    public String id() {
        return id;
    }

    /**
     * The checkpoint storage it brings along.
     *
     * @return its name
     */
    public String storage() {
        return storage;
    }
}
