package io.holdfast.legacy;

import io.holdfast.api.config.Configuration;
import io.holdfast.api.config.ReadableConfig;
import io.holdfast.api.config.TernaryBoolean;
import io.holdfast.spi.filesystem.Path;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.spi.storage.CheckpointStorage;
import io.holdfast.storage.jobmanager.JobManagerCheckpointStorage;

/**
 * State on the heap, checkpoints in the memory of the coordinator: {@link
 * io.holdfast.backend.hashmap.HashMapStateBackend} with {@link JobManagerCheckpointStorage}.
 *
 * <p>What a constructor leaves open is taken from the configuration, see {@link
 * JobManagerCheckpointStorage}; whether snapshots are asynchronous from {@code
 * state.backend.async}. Immutable.
 */
public final class MemoryStateBackend extends AbstractStateBackend {
    /** The limit of a state, in bytes, if none is given: 5 MiB. */
    public static final int DEFAULT_MAX_STATE_SIZE =
            JobManagerCheckpointStorage.DEFAULT_MAX_STATE_SIZE;

    static final String NAME = "legacy-memory";

    private final HeapPart heap;
    private final StateBackend working;
    private final JobManagerCheckpointStorage storage;

    /** States of up to 5 MiB. */
    public MemoryStateBackend() {
        this(null, null, DEFAULT_MAX_STATE_SIZE, TernaryBoolean.UNDEFINED);
    }

    /**
     * States of up to 5 MiB, snapshots asynchronous or not.
     *
     * @param asynchronousSnapshots false only for debugging
     */
    public MemoryStateBackend(boolean asynchronousSnapshots) {
        this(DEFAULT_MAX_STATE_SIZE, asynchronousSnapshots);
    }

    /**
     * States of limited size.
     *
     * @param maxStateSize the largest state in bytes, 1 or more
     * @throws io.holdfast.api.error.HoldfastException STORAGE-5008 if it is less
     */
    public MemoryStateBackend(int maxStateSize) {
        this(null, null, maxStateSize, TernaryBoolean.UNDEFINED);
    }

    /**
     * States of limited size, snapshots asynchronous or not.
     *
     * @param maxStateSize the largest state in bytes, 1 or more
     * @param asynchronousSnapshots false only for debugging
     * @throws io.holdfast.api.error.HoldfastException STORAGE-5008 if the size is less
     */
    public MemoryStateBackend(int maxStateSize, boolean asynchronousSnapshots) {
        this(null, null, maxStateSize, TernaryBoolean.fromBoolean(asynchronousSnapshots));
    }

    /**
     * States of up to 5 MiB, and places for metadata and savepoints.
     *
     * @param checkpointPath where the metadata of checkpoints are written, or null
     * @param savepointPath where savepoints go that are requested without a directory, or null
     * @throws io.holdfast.api.error.HoldfastException STORAGE-5003 if one cannot be a directory
     */
    public MemoryStateBackend(String checkpointPath, String savepointPath) {
        this(checkpointPath, savepointPath, DEFAULT_MAX_STATE_SIZE, TernaryBoolean.UNDEFINED);
    }

    /**
     * Everything.
     *
     * @param checkpointPath where the metadata of checkpoints are written, or null
     * @param savepointPath where savepoints go that are requested without a directory, or null
     * @param maxStateSize the largest state in bytes, 1 or more
     * @param asynchronousSnapshots false only for debugging
     * @throws io.holdfast.api.error.HoldfastException STORAGE-5003 if a path cannot be a directory,
     *     STORAGE-5008 if the size is less
     */
    public MemoryStateBackend(
            String checkpointPath,
            String savepointPath,
            int maxStateSize,
            TernaryBoolean asynchronousSnapshots) {
        this(
                new HeapPart(asynchronousSnapshots),
                storage(checkpointPath, savepointPath, maxStateSize));
    }

    private MemoryStateBackend(HeapPart heap, JobManagerCheckpointStorage storage) {
        this.heap = heap;
        this.working = heap.backend();
        this.storage = storage;
    }

    private static JobManagerCheckpointStorage storage(
            String checkpointPath, String savepointPath, int maxStateSize) {
        JobManagerCheckpointStorage storage =
                checkpointPath == null
                        ? new JobManagerCheckpointStorage(maxStateSize)
                        : new JobManagerCheckpointStorage(new Path(checkpointPath), maxStateSize);
        return savepointPath == null ? storage : storage.withSavepointDirectory(savepointPath);
    }

    @Override
    public MemoryStateBackend configure(ReadableConfig config) {
        return new MemoryStateBackend(heap.filledFrom(config), storage.configure(config));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public StateBackend workingBackend() {
        return working;
    }

    @Override
    public CheckpointStorage checkpointStorage() {
        return storage;
    }

    @Override
    public Configuration fixedSettings() {
        return heap.fixedSettings();
    }

    @Override
    public String describe() {
        return super.describe() + heap.note();
    }

    /**
     * The limit of a state.
     *
     * @return bytes
     */
    public int getMaxStateSize() {
        return storage.maxStateSize();
    }

    /**
     * Whether snapshots are written while the job goes on.
     *
     * @return what was set, or configured, or true
     */
    public boolean isUsingAsynchronousSnapshots() {
        return heap.isAsynchronous();
    }

    /**
     * Where the metadata of checkpoints are written.
     *
     * @return the place, or null
     */
    public Path getCheckpointPath() {
        return storage.directory().map(Path::new).orElse(null);
    }

    /**
     * Where savepoints go that are requested without a directory.
     *
     * @return the place, or null
     */
    public Path getSavepointPath() {
        return storage.savepointDirectory().map(Path::new).orElse(null);
    }
}
