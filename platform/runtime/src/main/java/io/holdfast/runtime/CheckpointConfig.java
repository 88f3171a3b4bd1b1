package io.holdfast.runtime;

import io.holdfast.api.config.CheckpointingMode;
import io.holdfast.api.config.CheckpointingOptions;
import io.holdfast.api.config.Configuration;
import io.holdfast.api.config.ExternalizedCheckpointRetention;
import io.holdfast.config.profile.CompatibilityProfile;
import io.holdfast.config.resolve.SetInCode;
import io.holdfast.spi.filesystem.DirectoryLocation;
import io.holdfast.spi.filesystem.Path;
import io.holdfast.spi.storage.CheckpointStorage;
import io.holdfast.toolkit.checkpoint.CheckpointLocation;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** The settings of a job's checkpoints, by name. */
public final class CheckpointConfig {
    private static final String FILESYSTEM = "filesystem";

    private final CodeSettings code;
    private final Supplier<CompatibilityProfile> profile;
    private Optional<CheckpointStorage> storage = Optional.empty();
    // Set where a profile takes a directory as a storage set in code.
    private Optional<String> directory = Optional.empty();

    CheckpointConfig(CodeSettings code, Supplier<CompatibilityProfile> profile) {
        this.code = code;
        this.profile = profile;
    }

    /** The storage that was set in code, as an object or as a directory. */
    Optional<SetInCode> setInCode() {
        return storage.map(CodeObjects::of)
                .or(
                        () ->
                                directory.map(
                                        place ->
                                                new SetInCode(
                                                        FILESYSTEM,
                                                        "the checkpoint directory of the program",
                                                        new Configuration()
                                                                .set(
                                                                        CheckpointingOptions
                                                                                .CHECKPOINTS_DIRECTORY,
                                                                        place))));
    }

    /** What a profile that takes directories as storages makes of settings. */
    void apply(Configuration settings) {
        if (settings.contains(CheckpointingOptions.CHECKPOINT_STORAGE)) {
            storage = Optional.empty();
            directory = Optional.empty();
        } else {
            settings.getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY)
                    .ifPresent(this::setDirectory);
        }
    }

    private void setDirectory(String place) {
        String setting = CheckpointingOptions.CHECKPOINTS_DIRECTORY.key();
        DirectoryLocation.checkDrive(DirectoryLocation.parse(place, setting), setting);
        storage = Optional.empty();
        directory = Optional.of(place);
    }

    Optional<CheckpointStorage> storage() {
        return storage;
    }

    /**
     * Stores checkpoints as files below a directory. The last of the calls that choose a storage
     * counts.
     *
     * @param directory a URI such as {@code file:///data/checkpoints}
     * @throws io.holdfast.api.error.HoldfastException STORAGE-5003 if it has no scheme, has no path
     *     or is a root directory
     */
    public void setCheckpointStorage(String directory) {
        CheckpointLocation.parse(directory, "setCheckpointStorage");
        if (profile.get().directorySetsStorage()) {
            setDirectory(directory);
            return;
        }
        storage = Optional.empty();
        code.set(
                "checkpointConfig.setCheckpointStorage",
                CheckpointingOptions.CHECKPOINT_STORAGE,
                FILESYSTEM);
        code.set(
                "checkpointConfig.setCheckpointStorage",
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                directory);
    }

    /**
     * Stores checkpoints as files below a directory.
     *
     * @param directory the directory
     * @throws io.holdfast.api.error.HoldfastException STORAGE-5003 if it cannot be one
     */
    public void setCheckpointStorage(Path directory) {
        setCheckpointStorage(directory.toString());
    }

    /**
     * Stores checkpoints as files below a directory.
     *
     * @param directory its URI
     * @throws io.holdfast.api.error.HoldfastException STORAGE-5003 if it cannot be one
     */
    public void setCheckpointStorage(URI directory) {
        setCheckpointStorage(new Path(directory));
    }

    /**
     * Chooses what makes checkpoints durable; wins over the configuration. The last of the calls
     * that choose a storage counts.
     *
     * @param chosen the storage
     */
    public void setCheckpointStorage(CheckpointStorage chosen) {
        storage = Optional.of(chosen);
        directory = Optional.empty();
        code.forget(CheckpointingOptions.CHECKPOINT_STORAGE);
        code.forget(CheckpointingOptions.CHECKPOINTS_DIRECTORY);
    }

    /**
     * The storage object that was set.
     *
     * @return the object, or null if there is none
     */
    public CheckpointStorage getCheckpointStorage() {
        return storage.orElse(null);
    }

    /**
     * What a checkpoint promises.
     *
     * @param mode the promise
     */
    public void setCheckpointingMode(CheckpointingMode mode) {
        code.set(
                "checkpointConfig.setCheckpointingMode",
                CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE,
                mode);
    }

    /**
     * Time from the start of one checkpoint to the next.
     *
     * @param millis milliseconds, 10 or more
     */
    public void setCheckpointInterval(long millis) {
        code.set(
                "checkpointConfig.setCheckpointInterval",
                CheckpointingOptions.CHECKPOINTING_INTERVAL,
                Duration.ofMillis(millis));
    }

    /**
     * Longest a checkpoint may take.
     *
     * @param millis milliseconds, 10 or more
     */
    public void setCheckpointTimeout(long millis) {
        code.set(
                "checkpointConfig.setCheckpointTimeout",
                CheckpointingOptions.CHECKPOINTING_TIMEOUT,
                Duration.ofMillis(millis));
    }

    /**
     * Least time from the end of one checkpoint to the start of the next.
     *
     * @param millis milliseconds
     */
    public void setMinPauseBetweenCheckpoints(long millis) {
        code.set(
                "checkpointConfig.setMinPauseBetweenCheckpoints",
                CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS,
                Duration.ofMillis(millis));
    }

    /**
     * How many checkpoints may be under way at the same time.
     *
     * @param count 1 or more
     */
    public void setMaxConcurrentCheckpoints(int count) {
        code.set(
                "checkpointConfig.setMaxConcurrentCheckpoints",
                CheckpointingOptions.MAX_CONCURRENT_CHECKPOINTS,
                count);
    }

    /**
     * How many checkpoints in a row may fail before the job does.
     *
     * @param count 0 or more
     */
    public void setTolerableCheckpointFailureNumber(int count) {
        code.set(
                "checkpointConfig.setTolerableCheckpointFailureNumber",
                CheckpointingOptions.TOLERABLE_FAILURE_NUMBER,
                count);
    }

    /**
     * What happens to the retained checkpoints when the job ends.
     *
     * @param retention the choice
     */
    public void setExternalizedCheckpointRetention(ExternalizedCheckpointRetention retention) {
        code.set(
                "checkpointConfig.setExternalizedCheckpointRetention",
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                retention);
    }
}
