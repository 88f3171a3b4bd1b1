package io.holdfast.storage.filesystem;

import io.holdfast.api.config.CheckpointingOptions;
import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.MemorySize;
import io.holdfast.api.config.ReadableConfig;
import io.holdfast.api.error.Problem;
import io.holdfast.spi.filesystem.DirectoryLocation;
import io.holdfast.spi.filesystem.FileSystems;
import io.holdfast.spi.filesystem.Path;
import io.holdfast.spi.storage.CheckpointStore;
import io.holdfast.spi.storage.ConfigurableCheckpointStorage;
import io.holdfast.toolkit.checkpoint.CheckpointLayout;
import io.holdfast.toolkit.checkpoint.CheckpointLocation;
import io.holdfast.toolkit.checkpoint.DirectoryCheckpointStore;
import io.holdfast.toolkit.checkpoint.FileStreams;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Checkpoints as files below a directory: {@code DIRECTORY/JOB-ID/chk-N}. State of up to the inline
 * threshold stands in the metadata, larger state in files of its own.
 *
 * <p>Immutable. What its constructor leaves open is taken from the configuration: {@code
 * execution.checkpointing.data-inline-threshold}, {@code
 * execution.checkpointing.write-buffer-size}, {@code execution.checkpointing.create-subdir} and
 * {@code execution.checkpointing.savepoint-dir}. The directory is a URI with a scheme that an
 * installed module serves; {@code file} is served by this one.
 */
public final class FileSystemCheckpointStorage implements ConfigurableCheckpointStorage {
    static final String NAME = "filesystem";

    static final List<ConfigOption<?>> OPTIONS =
            List.of(
                    CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                    CheckpointingOptions.SAVEPOINT_DIRECTORY,
                    CheckpointingOptions.FS_SMALL_FILE_THRESHOLD,
                    CheckpointingOptions.FS_WRITE_BUFFER_SIZE,
                    CheckpointingOptions.CREATE_CHECKPOINT_SUB_DIR);

    private static final int MAX_THRESHOLD = 1 << 20;
    private static final int OPEN = -1;

    private final URI directory;
    // Null if neither code nor configuration has said it.
    private final URI savepoints;
    private final int inlineThreshold;
    private final int writeBufferSize;
    // Null if neither code nor configuration has said it.
    private final Boolean directoryForEachJob;

    /**
     * Checkpoints below a directory.
     *
     * @param checkpointDirectory its URI, such as {@code hdfs://namenode:40010/flink/checkpoints};
     *     blanks and the like need no escapes
     * @throws io.holdfast.api.error.HoldfastException STORAGE-5003 if it has no scheme, has no path
     *     or is a root directory
     */
    public FileSystemCheckpointStorage(String checkpointDirectory) {
        this(
                DirectoryLocation.checkDrive(parsed(checkpointDirectory), "checkpoint directory"),
                null,
                OPEN,
                OPEN,
                null);
    }

    /**
     * Checkpoints below a directory.
     *
     * @param checkpointDirectory the directory
     * @throws io.holdfast.api.error.HoldfastException STORAGE-5003 if it has no scheme, has no path
     *     or is a root directory
     */
    public FileSystemCheckpointStorage(Path checkpointDirectory) {
        this(checkpointDirectory, OPEN, OPEN);
    }

    /**
     * Checkpoints below a directory, with all sizes.
     *
     * @param checkpointDirectory the directory
     * @param fileStateSizeThreshold bytes, 0 to 1 MiB; -1 to take it from the configuration
     * @param writeBufferSize bytes, 0 or more; -1 to take it from the configuration
     * @throws io.holdfast.api.error.HoldfastException STORAGE-5003 as above; STORAGE-5008 if a size
     *     is out of range
     */
    public FileSystemCheckpointStorage(
            Path checkpointDirectory, int fileStateSizeThreshold, int writeBufferSize) {
        this(
                parsed(checkpointDirectory.toString()),
                null,
                inRange("inline threshold", fileStateSizeThreshold, MAX_THRESHOLD),
                inRange("write buffer size", writeBufferSize, Integer.MAX_VALUE),
                null);
    }

    /**
     * Checkpoints below a directory.
     *
     * @param checkpointDirectory its URI
     * @throws io.holdfast.api.error.HoldfastException STORAGE-5003 if it has no scheme, has no path
     *     or is a root directory
     */
    public FileSystemCheckpointStorage(URI checkpointDirectory) {
        this(checkpointDirectory, OPEN, OPEN);
    }

    /**
     * Checkpoints below a directory, with the limit for state that stands in the metadata.
     *
     * @param checkpointDirectory its URI
     * @param fileStateSizeThreshold bytes, 0 to 1 MiB; -1 to take it from the configuration
     * @throws io.holdfast.api.error.HoldfastException STORAGE-5003 as above; STORAGE-5008 if the
     *     threshold is out of range
     */
    public FileSystemCheckpointStorage(URI checkpointDirectory, int fileStateSizeThreshold) {
        this(checkpointDirectory, fileStateSizeThreshold, OPEN);
    }

    /**
     * Checkpoints below a directory, with all sizes.
     *
     * @param checkpointDirectory its URI
     * @param fileStateSizeThreshold bytes, 0 to 1 MiB; -1 to take it from the configuration
     * @param writeBufferSize bytes, 0 or more; -1 to take it from the configuration
     * @throws io.holdfast.api.error.HoldfastException STORAGE-5003 as above; STORAGE-5008 if a size
     *     is out of range
     */
    public FileSystemCheckpointStorage(
            URI checkpointDirectory, int fileStateSizeThreshold, int writeBufferSize) {
        this(
                CheckpointLocation.check(checkpointDirectory, "checkpoint directory"),
                null,
                inRange("inline threshold", fileStateSizeThreshold, MAX_THRESHOLD),
                inRange("write buffer size", writeBufferSize, Integer.MAX_VALUE),
                null);
    }

    private FileSystemCheckpointStorage(
            URI directory,
            URI savepoints,
            int inlineThreshold,
            int writeBufferSize,
            Boolean directoryForEachJob) {
        this.directory = directory;
        this.savepoints = savepoints;
        this.inlineThreshold = inlineThreshold;
        this.writeBufferSize = writeBufferSize;
        this.directoryForEachJob = directoryForEachJob;
    }

    private static URI parsed(String checkpointDirectory) {
        return CheckpointLocation.parse(checkpointDirectory, "checkpoint directory");
    }

    /**
     * Sets where savepoints go that are requested without a directory, whatever is configured.
     *
     * @param savepointDirectory the directory's URI
     * @return a copy with this directory
     * @throws io.holdfast.api.error.HoldfastException STORAGE-5003 if it cannot be one
     */
    public FileSystemCheckpointStorage withSavepointDirectory(URI savepointDirectory) {
        return new FileSystemCheckpointStorage(
                directory,
                CheckpointLocation.check(savepointDirectory, "savepoint directory"),
                inlineThreshold,
                writeBufferSize,
                directoryForEachJob);
    }

    private static int inRange(String what, int size, int max) {
        if (size < OPEN || size > max) {
            throw Problem.user(
                            "STORAGE-5008",
                            "The %s of a checkpoint storage is out of range: %d."
                                    .formatted(what, size))
                    .with("expected", "0 to " + max + " bytes, or -1 for the configured value")
                    .exception();
        }
        return size;
    }

    static FileSystemCheckpointStorage fromConfiguration(ReadableConfig config) {
        ConfigOption<String> option = CheckpointingOptions.CHECKPOINTS_DIRECTORY;
        String text =
                config.getOptional(option)
                        .orElseThrow(
                                () ->
                                        Problem.user(
                                                        "STORAGE-5004",
                                                        "The checkpoint storage 'filesystem'"
                                                                + " needs a directory.")
                                                .with("not set", option.key())
                                                .advise(
                                                        "set "
                                                                + option.key()
                                                                + " to a URI such as"
                                                                + " file:///data/checkpoints, or"
                                                                + " choose the storage"
                                                                + " 'jobmanager'")
                                                .exception());
        URI directory = CheckpointLocation.parse(text, option.key());
        return new FileSystemCheckpointStorage(directory, null, OPEN, OPEN, null).configure(config);
    }

    /**
     * {@inheritDoc} A configured threshold of more than 1 MiB, where the reader lets it pass, means
     * the default.
     */
    @Override
    public FileSystemCheckpointStorage configure(ReadableConfig config) {
        ConfigOption<String> savepointOption = CheckpointingOptions.SAVEPOINT_DIRECTORY;
        URI chosenSavepoints =
                savepoints != null
                        ? savepoints
                        : config.getOptional(savepointOption)
                                .map(text -> CheckpointLocation.parse(text, savepointOption.key()))
                                .orElse(null);
        int threshold = inlineThreshold != OPEN ? inlineThreshold : configuredThreshold(config);
        int buffer =
                writeBufferSize != OPEN
                        ? writeBufferSize
                        : config.get(CheckpointingOptions.FS_WRITE_BUFFER_SIZE);
        return new FileSystemCheckpointStorage(
                directory,
                chosenSavepoints,
                threshold,
                Math.max(buffer, threshold),
                directoryForEachJob != null
                        ? directoryForEachJob
                        : config.get(CheckpointingOptions.CREATE_CHECKPOINT_SUB_DIR));
    }

    private static int configuredThreshold(ReadableConfig config) {
        ConfigOption<MemorySize> option = CheckpointingOptions.FS_SMALL_FILE_THRESHOLD;
        long bytes = config.get(option).bytes();
        return (int) (bytes > MAX_THRESHOLD ? option.defaultValue().bytes() : bytes);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<URI> directory() {
        return Optional.of(directory);
    }

    @Override
    public Optional<URI> savepointDirectory() {
        return Optional.ofNullable(savepoints);
    }

    /**
     * The largest state, in bytes, that stands in the metadata.
     *
     * @return 0 to 1 MiB
     */
    public int inlineThreshold() {
        return inlineThreshold != OPEN
                ? inlineThreshold
                : (int) CheckpointingOptions.FS_SMALL_FILE_THRESHOLD.defaultValue().bytes();
    }

    /**
     * The buffer of a file that is written.
     *
     * @return bytes, at least {@link #inlineThreshold()}
     */
    public int writeBufferSize() {
        int size =
                writeBufferSize != OPEN
                        ? writeBufferSize
                        : CheckpointingOptions.FS_WRITE_BUFFER_SIZE.defaultValue();
        return Math.max(size, inlineThreshold());
    }

    /**
     * Whether each job has a directory of its own, named after its id.
     *
     * @return true unless configured otherwise
     */
    public boolean directoryForEachJob() {
        return directoryForEachJob == null || directoryForEachJob;
    }

    @Override
    public CheckpointStore open(String jobId, FileSystems fileSystems) throws IOException {
        FileStreams streams = new FileStreams(inlineThreshold(), writeBufferSize());
        CheckpointLayout layout = CheckpointLayout.of(directory, jobId, directoryForEachJob());
        return DirectoryCheckpointStore.open(layout, fileSystems, streams, streams);
    }

    /** Two are equal if they store checkpoints at the same place in the same way. */
    @Override
    public boolean equals(Object other) {
        return other instanceof FileSystemCheckpointStorage that
                && directory.equals(that.directory)
                && Objects.equals(savepoints, that.savepoints)
                && inlineThreshold == that.inlineThreshold
                && writeBufferSize == that.writeBufferSize
                && Objects.equals(directoryForEachJob, that.directoryForEachJob);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                directory, savepoints, inlineThreshold, writeBufferSize, directoryForEachJob);
    }

    @Override
    public String toString() {
        return "%s %s (inline up to %d bytes)".formatted(NAME, directory, inlineThreshold());
    }
}
