package io.holdfast.storage.jobmanager;

import io.holdfast.api.config.CheckpointingOptions;
import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.ConfigOptions;
import io.holdfast.api.config.MemorySize;
import io.holdfast.api.config.ReadableConfig;
import io.holdfast.api.error.Problem;
import io.holdfast.spi.filesystem.DirectoryLocation;
import io.holdfast.spi.filesystem.FileSystems;
import io.holdfast.spi.filesystem.Path;
import io.holdfast.spi.storage.CheckpointStore;
import io.holdfast.spi.storage.ConfigurableCheckpointStorage;
import io.holdfast.toolkit.checkpoint.CheckpointFiles;
import io.holdfast.toolkit.checkpoint.CheckpointLayout;
import io.holdfast.toolkit.checkpoint.CheckpointLocation;
import io.holdfast.toolkit.checkpoint.DirectoryCheckpointStore;
import io.holdfast.toolkit.checkpoint.FileStreams;
import io.holdfast.toolkit.checkpoint.StreamFactory;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Checkpoints in the memory of the coordinator. Each state is limited, to {@value
 * #DEFAULT_MAX_STATE_SIZE} bytes unless said otherwise, and all checkpoints together to half of the
 * heap; a checkpoint that crosses a limit fails, the job goes on.
 *
 * <p>Without a directory the checkpoints live in this object, and end with the process. With one,
 * each is also written there as a metadata file that holds its state, below {@code
 * DIRECTORY/JOB-ID}, so that a new process can restore it. Savepoints are written to their own
 * directories in any case, and are not limited.
 *
 * <p>What the constructor leaves open is taken from the configuration: {@code
 * execution.checkpointing.dir}, {@code execution.checkpointing.create-subdir}, {@code
 * pekko.framesize}, and for savepoints {@code execution.checkpointing.savepoint-dir}, {@code
 * execution.checkpointing.data-inline-threshold} and {@code
 * execution.checkpointing.write-buffer-size}. The settings are immutable.
 */
public final class JobManagerCheckpointStorage implements ConfigurableCheckpointStorage {
    /** The limit of a state, in bytes, if none is given: 5 MiB. */
    public static final int DEFAULT_MAX_STATE_SIZE = 5 * 1024 * 1024;

    static final String NAME = "jobmanager";

    private static final int MAX_THRESHOLD = 1 << 20;

    /** {@code pekko.framesize}: a limit for what one task may hand in at once. */
    public static final ConfigOption<MemorySize> FRAME_SIZE =
            ConfigOptions.key("pekko.framesize")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebi(10))
                    .withDeprecatedKeys("akka.framesize")
                    .checkBeyondFlink("more than 0", size -> size.bytes() > 0)
                    .withDescription(
                            "A second limit for each state that is kept in the memory of the"
                                    + " coordinator: the smaller of the two holds, as in Flink,"
                                    + " where states travel in one message.");

    static final List<ConfigOption<?>> OPTIONS =
            List.of(
                    FRAME_SIZE,
                    CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                    CheckpointingOptions.SAVEPOINT_DIRECTORY,
                    CheckpointingOptions.CREATE_CHECKPOINT_SUB_DIR,
                    CheckpointingOptions.FS_SMALL_FILE_THRESHOLD,
                    CheckpointingOptions.FS_WRITE_BUFFER_SIZE);

    /**
     * What can be set.
     *
     * @param directory where metadata are written, or null
     * @param savepoints where savepoints go that are requested without a directory, or null
     * @param maxStateSize bytes
     * @param frameSize bytes
     * @param directoryForEachJob whether jobs have directories of their own
     * @param savepointStreams the form of the streams of savepoints
     */
    private record Settings(
            URI directory,
            URI savepoints,
            int maxStateSize,
            long frameSize,
            boolean directoryForEachJob,
            FileStreams savepointStreams) {}

    private final Settings settings;
    private final CoordinatorMemory memory;

    /** Checkpoints in memory, with the default limit. */
    public JobManagerCheckpointStorage() {
        this(DEFAULT_MAX_STATE_SIZE);
    }

    /**
     * Checkpoints in memory.
     *
     * @param maxStateSize the largest state in bytes, 1 or more
     * @throws io.holdfast.api.error.HoldfastException STORAGE-5008 if it is less
     */
    public JobManagerCheckpointStorage(int maxStateSize) {
        this(null, maxStateSize, new CoordinatorMemory(halfOfTheHeap()));
    }

    /**
     * Checkpoints in memory and their metadata in a directory, with the default limit.
     *
     * @param checkpointPath its URI, such as {@code file:///data/checkpoints}; blanks and the like
     *     need no escapes
     * @throws io.holdfast.api.error.HoldfastException STORAGE-5003 if it has no scheme, has no path
     *     or is a root directory
     */
    public JobManagerCheckpointStorage(String checkpointPath) {
        this(
                DirectoryLocation.checkDrive(
                        CheckpointLocation.parse(checkpointPath, "checkpoint directory"),
                        "checkpoint directory"),
                DEFAULT_MAX_STATE_SIZE);
    }

    /**
     * Checkpoints in memory and their metadata in a directory.
     *
     * @param checkpointPath the directory's URI
     * @param maxStateSize the largest state in bytes, 1 or more
     * @throws io.holdfast.api.error.HoldfastException STORAGE-5003 as above; STORAGE-5008 if the
     *     size is less
     */
    public JobManagerCheckpointStorage(URI checkpointPath, int maxStateSize) {
        this(
                CheckpointLocation.check(checkpointPath, "checkpoint directory"),
                maxStateSize,
                new CoordinatorMemory(halfOfTheHeap()));
    }

    /**
     * Checkpoints in memory and their metadata in a directory.
     *
     * @param checkpointPath the directory
     * @param maxStateSize the largest state in bytes, 1 or more
     * @throws io.holdfast.api.error.HoldfastException STORAGE-5003 as above; STORAGE-5008 if the
     *     size is less
     */
    public JobManagerCheckpointStorage(Path checkpointPath, int maxStateSize) {
        this(
                CheckpointLocation.parse(checkpointPath.toString(), "checkpoint directory"),
                maxStateSize,
                new CoordinatorMemory(halfOfTheHeap()));
    }

    /** With a memory of its own size, for tests. */
    JobManagerCheckpointStorage(URI directory, int maxStateSize, CoordinatorMemory memory) {
        this(
                new Settings(
                        directory,
                        null,
                        positive(maxStateSize),
                        FRAME_SIZE.defaultValue().bytes(),
                        true,
                        defaultSavepointStreams()),
                memory);
    }

    private JobManagerCheckpointStorage(Settings settings, CoordinatorMemory memory) {
        this.settings = settings;
        this.memory = memory;
    }

    private static long halfOfTheHeap() {
        return Runtime.getRuntime().maxMemory() / 2;
    }

    private static FileStreams defaultSavepointStreams() {
        return new FileStreams(
                (int) CheckpointingOptions.FS_SMALL_FILE_THRESHOLD.defaultValue().bytes(),
                CheckpointingOptions.FS_WRITE_BUFFER_SIZE.defaultValue());
    }

    private static int positive(int maxStateSize) {
        if (maxStateSize < 1) {
            throw Problem.user(
                            "STORAGE-5008",
                            "The largest state of a checkpoint storage is out of range: %d."
                                    .formatted(maxStateSize))
                    .with("expected", "1 byte or more")
                    .exception();
        }
        return maxStateSize;
    }

    /**
     * Sets where savepoints go that are requested without a directory, whatever is configured.
     *
     * @param savepointDirectory its URI as text
     * @return a copy with this directory; it and this object share the checkpoints in memory
     * @throws io.holdfast.api.error.HoldfastException STORAGE-5003 if it cannot be one
     */
    public JobManagerCheckpointStorage withSavepointDirectory(String savepointDirectory) {
        return new JobManagerCheckpointStorage(
                new Settings(
                        settings.directory(),
                        CheckpointLocation.parse(savepointDirectory, "savepoint directory"),
                        settings.maxStateSize(),
                        settings.frameSize(),
                        settings.directoryForEachJob(),
                        settings.savepointStreams()),
                memory);
    }

    /** {@inheritDoc} The result and this object share the checkpoints in memory. */
    @Override
    public JobManagerCheckpointStorage configure(ReadableConfig config) {
        return new JobManagerCheckpointStorage(
                new Settings(
                        filled(
                                settings.directory(),
                                config,
                                CheckpointingOptions.CHECKPOINTS_DIRECTORY),
                        filled(
                                settings.savepoints(),
                                config,
                                CheckpointingOptions.SAVEPOINT_DIRECTORY),
                        settings.maxStateSize(),
                        config.get(FRAME_SIZE).bytes(),
                        config.get(CheckpointingOptions.CREATE_CHECKPOINT_SUB_DIR),
                        savepointStreams(config)),
                memory);
    }

    private static URI filled(URI own, ReadableConfig config, ConfigOption<String> option) {
        return own != null
                ? own
                : config.getOptional(option)
                        .map(text -> CheckpointLocation.parse(text, option.key()))
                        .orElse(null);
    }

    /** A threshold above the limit, where the reader lets it pass, means the default. */
    private static FileStreams savepointStreams(ReadableConfig config) {
        ConfigOption<MemorySize> option = CheckpointingOptions.FS_SMALL_FILE_THRESHOLD;
        long threshold = config.get(option).bytes();
        boolean possible = threshold <= MAX_THRESHOLD;
        return new FileStreams(
                (int) (possible ? threshold : option.defaultValue().bytes()),
                Math.max(0, config.get(CheckpointingOptions.FS_WRITE_BUFFER_SIZE)));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<URI> directory() {
        return Optional.ofNullable(settings.directory());
    }

    @Override
    public Optional<URI> savepointDirectory() {
        return Optional.ofNullable(settings.savepoints());
    }

    /**
     * Whether each job has a directory of its own for its metadata, named after its id.
     *
     * @return true unless configured otherwise
     */
    public boolean directoryForEachJob() {
        return settings.directoryForEachJob();
    }

    /**
     * The limit of a state. {@link #FRAME_SIZE} is another one.
     *
     * @return bytes, 1 or more
     */
    public int maxStateSize() {
        return settings.maxStateSize();
    }

    @Override
    public CheckpointStore open(String jobId, FileSystems fileSystems) throws IOException {
        StreamFactory streams =
                new InlineStreams(
                        new StateLimit(settings.maxStateSize(), settings.frameSize()),
                        memory.budget());
        if (settings.directory() == null) {
            CheckpointLayout.checkJobId(jobId);
            return new HeapCheckpointStore(
                    jobId,
                    memory,
                    new CheckpointFiles(fileSystems),
                    streams,
                    settings.savepointStreams());
        }
        CheckpointLayout layout =
                CheckpointLayout.of(settings.directory(), jobId, settings.directoryForEachJob());
        return DirectoryCheckpointStore.open(
                layout, fileSystems, streams, settings.savepointStreams());
    }

    @Override
    public String toString() {
        return "%s %s(state up to %d bytes)"
                .formatted(
                        NAME,
                        settings.directory() == null
                                ? ""
                                : "with metadata in " + settings.directory() + " ",
                        settings.maxStateSize());
    }
}
