package io.holdfast.cli.settings;

import io.holdfast.api.config.CheckpointingOptions;
import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.ExternalizedCheckpointRetention;
import io.holdfast.api.config.RestartStrategyOptions;
import io.holdfast.config.layer.Entry;
import io.holdfast.config.layer.Layer;
import io.holdfast.config.layer.Level;
import io.holdfast.config.layer.Origin;
import io.holdfast.control.client.UserDirectories;
import io.holdfast.host.folder.FolderOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the launcher sets where nobody says anything: a job that is killed can go on. All of it is a
 * layer below every file, so each value can be set in a file or with {@code --set}.
 *
 * <ul>
 *   <li>Checkpoints every 2 s to a directory of the user, {@code $XDG_STATE_HOME/holdfast} or
 *       {@code ~/.local/state/holdfast}: not the working directory, so that {@code --restore
 *       latest} finds them from anywhere and nothing is littered; not the temporary directory,
 *       which does not outlive the machine's next start.
 *   <li>Three checkpoints stay, so that there is a previous one if the last is damaged, also when
 *       the job is cancelled.
 *   <li>Modules come from {@code $XDG_DATA_HOME/holdfast/modules} or {@code
 *       ~/.local/share/holdfast/modules}, if that exists.
 *   <li>A checkpoint that fails, because the disk is full for instance, is counted and shown, and
 *       the job goes on. A job that fails is started again three times: somebody is waiting for it.
 * </ul>
 */
public final class LauncherDefaults {
    public static final Origin LAUNCHER = Origin.ofConfiguration("launcher's default");

    private LauncherDefaults() {}

    /** All defaults of a run. */
    public static Layer layer(Map<String, String> environment, Path home) {
        UserDirectories directories = new UserDirectories(environment, home);
        List<Entry> entries = new ArrayList<>(modules(directories).entries());
        add(entries, CheckpointingOptions.CHECKPOINTS_DIRECTORY, "file://" + directories.state());
        add(entries, CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(2));
        add(entries, CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, 3);
        add(entries, CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, Integer.MAX_VALUE);
        add(entries, RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        add(entries, RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3);
        add(
                entries,
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY,
                Duration.ofSeconds(1));
        add(
                entries,
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        return new Layer(Level.DEFAULT, entries);
    }

    private static <T> void add(List<Entry> entries, ConfigOption<T> option, T value) {
        entries.add(new Entry(option.key(), value, LAUNCHER));
    }

    /** The part of it that says where modules are: the user's folder, if there is one. */
    public static Layer modules(UserDirectories directories) {
        List<Entry> entries = new ArrayList<>();
        Path folder = folder(directories);
        if (Files.isDirectory(folder)) {
            add(entries, FolderOptions.DIRECTORY, folder.toString());
        }
        return new Layer(Level.DEFAULT, entries);
    }

    /** The user's folder of modules; need not exist. */
    public static Path folder(UserDirectories directories) {
        return directories.data().resolve("modules");
    }
}
