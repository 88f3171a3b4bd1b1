package io.holdfast.storage.filesystem;

import io.holdfast.api.config.CheckpointingOptions;
import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.ReadableConfig;
import io.holdfast.api.error.Problem;
import io.holdfast.spi.filesystem.FileSystems;
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
 * execution.checkpointing.data-inline-threshold}, {@code execution.checkpointing.write-buffer-size}
 * and {@code execution.checkpointing.create-subdir}. The directory is a URI with a scheme that an
 * installed module serves; {@code file} is served by this one.
 */
public final class FileSystemCheckpointStorage implements ConfigurableCheckpointStorage {
    static final String NAME = "filesystem";

    static final List<ConfigOption<?>> OPTIONS =
            List.of(
                    CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                    CheckpointingOptions.FS_SMALL_FILE_THRESHOLD,
                    CheckpointingOptions.FS_WRITE_BUFFER_SIZE,
                    CheckpointingOptions.CREATE_CHECKPOINT_SUB_DIR);

    private static final int MAX_THRESHOLD = 1 << 20;
    private static final int OPEN = -1;

    private final URI directory;
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
                CheckpointLocation.parse(checkpointDirectory, "checkpoint directory"),
                OPEN,
                OPEN,
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
                inRange("inline threshold", fileStateSizeThreshold, MAX_THRESHOLD),
                inRange("write buffer size", writeBufferSize, Integer.MAX_VALUE),
                null);
    }

    private FileSystemCheckpointStorage(
            URI directory, int inlineThreshold, int writeBufferSize, Boolean directoryForEachJob) {
        this.directory = directory;
        this.inlineThreshold = inlineThreshold;
        this.writeBufferSize = writeBufferSize;
        this.directoryForEachJob = directoryForEachJob;
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
        return new FileSystemCheckpointStorage(directory, OPEN, OPEN, null).configure(config);
    }

    @Override
    public FileSystemCheckpointStorage configure(ReadableConfig config) {
        return new FileSystemCheckpointStorage(
                directory,
                inlineThreshold != OPEN
                        ? inlineThreshold
                        : (int) config.get(CheckpointingOptions.FS_SMALL_FILE_THRESHOLD).bytes(),
                writeBufferSize != OPEN
                        ? writeBufferSize
                        // Anything below 0 leaves the buffer as large as the inline threshold.
                        : Math.max(0, config.get(CheckpointingOptions.FS_WRITE_BUFFER_SIZE)),
                directoryForEachJob != null
                        ? directoryForEachJob
                        : config.get(CheckpointingOptions.CREATE_CHECKPOINT_SUB_DIR));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<URI> directory() {
        return Optional.of(directory);
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
                && inlineThreshold == that.inlineThreshold
                && writeBufferSize == that.writeBufferSize
                && Objects.equals(directoryForEachJob, that.directoryForEachJob);
    }

    @Override
    public int hashCode() {
        return Objects.hash(directory, inlineThreshold, writeBufferSize, directoryForEachJob);
    }

    @Override
    public String toString() {
        return "%s %s (inline up to %d bytes)".formatted(NAME, directory, inlineThreshold());
    }
}
