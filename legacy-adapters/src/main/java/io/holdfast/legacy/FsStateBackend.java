package io.holdfast.legacy;

import io.holdfast.api.config.Configuration;
import io.holdfast.api.config.ReadableConfig;
import io.holdfast.api.config.TernaryBoolean;
import io.holdfast.spi.filesystem.Path;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.spi.storage.CheckpointStorage;
import io.holdfast.storage.filesystem.FileSystemCheckpointStorage;
import java.net.URI;

/**
 * State on the heap, checkpoints as files: {@link io.holdfast.backend.hashmap.HashMapStateBackend}
 * with {@link FileSystemCheckpointStorage}.
 *
 * <p>What a constructor leaves open is taken from the configuration, see {@link
 * FileSystemCheckpointStorage}; whether snapshots are asynchronous from {@code
 * state.backend.async}. Immutable.
 */
public final class FsStateBackend extends AbstractStateBackend {
    static final String NAME = "legacy-filesystem";

    private static final int OPEN = -1;

    private final HeapPart heap;
    private final StateBackend working;
    private final FileSystemCheckpointStorage storage;

    /**
     * Checkpoints below a directory.
     *
     * @param checkpointDataUri such as {@code hdfs://namenode:40010/flink/checkpoints}
     * @throws io.holdfast.api.error.HoldfastException STORAGE-5003 if it has no scheme, has no path
     *     or is a root directory
     */
    public FsStateBackend(String checkpointDataUri) {
        this(new Path(checkpointDataUri));
    }

    /**
     * Checkpoints below a directory, snapshots asynchronous or not.
     *
     * @param checkpointDataUri such as {@code hdfs://namenode:40010/flink/checkpoints}
     * @param asynchronousSnapshots false only for debugging
     * @throws io.holdfast.api.error.HoldfastException STORAGE-5003 if it cannot be a directory
     */
    public FsStateBackend(String checkpointDataUri, boolean asynchronousSnapshots) {
        this(new Path(checkpointDataUri), asynchronousSnapshots);
    }

    /**
     * Checkpoints below a directory.
     *
     * @param checkpointDataUri the directory
     * @throws io.holdfast.api.error.HoldfastException STORAGE-5003 if it cannot be a directory
     */
    public FsStateBackend(Path checkpointDataUri) {
        this(
                new HeapPart(TernaryBoolean.UNDEFINED),
                new FileSystemCheckpointStorage(checkpointDataUri));
    }

    /**
     * Checkpoints below a directory, snapshots asynchronous or not.
     *
     * @param checkpointDataUri the directory
     * @param asynchronousSnapshots false only for debugging
     * @throws io.holdfast.api.error.HoldfastException STORAGE-5003 if it cannot be a directory
     */
    public FsStateBackend(Path checkpointDataUri, boolean asynchronousSnapshots) {
        this(
                new HeapPart(TernaryBoolean.fromBoolean(asynchronousSnapshots)),
                new FileSystemCheckpointStorage(checkpointDataUri));
    }

    /**
     * Checkpoints below a directory.
     *
     * @param checkpointDataUri the directory
     * @throws io.holdfast.api.error.HoldfastException STORAGE-5003 if it cannot be a directory
     */
    public FsStateBackend(URI checkpointDataUri) {
        this(checkpointDataUri, null, OPEN, OPEN, TernaryBoolean.UNDEFINED);
    }

    /**
     * Checkpoints below a directory, savepoints below another.
     *
     * @param checkpointDataUri the directory
     * @param defaultSavepointDirectory where savepoints go that are requested without a directory,
     *     or null
     * @throws io.holdfast.api.error.HoldfastException STORAGE-5003 if one cannot be a directory
     */
    public FsStateBackend(URI checkpointDataUri, URI defaultSavepointDirectory) {
        this(checkpointDataUri, defaultSavepointDirectory, OPEN, OPEN, TernaryBoolean.UNDEFINED);
    }

    /**
     * Checkpoints below a directory, snapshots asynchronous or not.
     *
     * @param checkpointDataUri the directory
     * @param asynchronousSnapshots false only for debugging
     * @throws io.holdfast.api.error.HoldfastException STORAGE-5003 if it cannot be a directory
     */
    public FsStateBackend(URI checkpointDataUri, boolean asynchronousSnapshots) {
        this(
                checkpointDataUri,
                null,
                OPEN,
                OPEN,
                TernaryBoolean.fromBoolean(asynchronousSnapshots));
    }

    /**
     * Checkpoints below a directory, small state in the metadata.
     *
     * @param checkpointDataUri the directory
     * @param fileStateSizeThreshold bytes, 0 to 1 MiB; -1 to take it from the configuration
     * @throws io.holdfast.api.error.HoldfastException STORAGE-5003 if it cannot be a directory,
     *     STORAGE-5008 if the threshold is out of range
     */
    public FsStateBackend(URI checkpointDataUri, int fileStateSizeThreshold) {
        this(checkpointDataUri, null, fileStateSizeThreshold, OPEN, TernaryBoolean.UNDEFINED);
    }

    /**
     * Checkpoints below a directory, small state in the metadata, snapshots asynchronous or not.
     *
     * @param checkpointDataUri the directory
     * @param fileStateSizeThreshold bytes, 0 to 1 MiB; -1 to take it from the configuration
     * @param asynchronousSnapshots false only for debugging
     * @throws io.holdfast.api.error.HoldfastException STORAGE-5003 if it cannot be a directory,
     *     STORAGE-5008 if the threshold is out of range
     */
    public FsStateBackend(
            URI checkpointDataUri, int fileStateSizeThreshold, boolean asynchronousSnapshots) {
        this(
                checkpointDataUri,
                null,
                fileStateSizeThreshold,
                OPEN,
                TernaryBoolean.fromBoolean(asynchronousSnapshots));
    }

    /**
     * Everything but the write buffer, as in Flink 1.8.
     *
     * @param checkpointDirectory the directory
     * @param defaultSavepointDirectory where savepoints go that are requested without a directory,
     *     or null
     * @param fileStateSizeThreshold bytes, 0 to 1 MiB; -1 to take it from the configuration
     * @param asynchronousSnapshots false only for debugging
     * @throws io.holdfast.api.error.HoldfastException STORAGE-5003 if one cannot be a directory,
     *     STORAGE-5008 if the threshold is out of range
     */
    public FsStateBackend(
            URI checkpointDirectory,
            URI defaultSavepointDirectory,
            int fileStateSizeThreshold,
            TernaryBoolean asynchronousSnapshots) {
        this(
                checkpointDirectory,
                defaultSavepointDirectory,
                fileStateSizeThreshold,
                OPEN,
                asynchronousSnapshots);
    }

    /**
     * Everything.
     *
     * @param checkpointDirectory the directory
     * @param defaultSavepointDirectory where savepoints go that are requested without a directory,
     *     or null
     * @param fileStateSizeThreshold bytes, 0 to 1 MiB; -1 to take it from the configuration
     * @param writeBufferSize bytes, 0 or more; -1 to take it from the configuration
     * @param asynchronousSnapshots false only for debugging
     * @throws io.holdfast.api.error.HoldfastException STORAGE-5003 if one cannot be a directory,
     *     STORAGE-5008 if a size is out of range
     */
    public FsStateBackend(
            URI checkpointDirectory,
            URI defaultSavepointDirectory,
            int fileStateSizeThreshold,
            int writeBufferSize,
            TernaryBoolean asynchronousSnapshots) {
        this(
                new HeapPart(asynchronousSnapshots),
                withSavepoints(
                        new FileSystemCheckpointStorage(
                                checkpointDirectory, fileStateSizeThreshold, writeBufferSize),
                        defaultSavepointDirectory));
    }

    FsStateBackend(FileSystemCheckpointStorage storage) {
        this(new HeapPart(TernaryBoolean.UNDEFINED), storage);
    }

    private FsStateBackend(HeapPart heap, FileSystemCheckpointStorage storage) {
        this.heap = heap;
        this.working = heap.backend();
        this.storage = storage;
    }

    private static FileSystemCheckpointStorage withSavepoints(
            FileSystemCheckpointStorage storage, URI directory) {
        return directory == null ? storage : storage.withSavepointDirectory(directory);
    }

    @Override
    public FsStateBackend configure(ReadableConfig config) {
        return new FsStateBackend(heap.filledFrom(config), storage.configure(config));
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
     * Whether snapshots are written while the job goes on.
     *
     * @return what was set, or configured, or true
     */
    public boolean isUsingAsynchronousSnapshots() {
        return heap.isAsynchronous();
    }

    /**
     * Where checkpoints are.
     *
     * @return the directory
     */
    public Path getCheckpointPath() {
        return new Path(storage.directory().orElseThrow());
    }

    /**
     * Where savepoints go that are requested without a directory.
     *
     * @return the directory, or null
     */
    public Path getSavepointPath() {
        return storage.savepointDirectory().map(Path::new).orElse(null);
    }

    /**
     * The largest state that stands in the metadata.
     *
     * @return bytes
     */
    public int getMinFileSizeThreshold() {
        return storage.inlineThreshold();
    }

    /**
     * The buffer of a file that is written.
     *
     * @return bytes, at least {@link #getMinFileSizeThreshold()}
     */
    public int getWriteBufferSize() {
        return storage.writeBufferSize();
    }
}
