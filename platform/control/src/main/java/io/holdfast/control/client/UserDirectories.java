package io.holdfast.control.client;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a user's files are, by the XDG Base Directory Specification: a variable that is not set, or
 * that holds a relative path, does not count.
 *
 * @param environment variables of the process
 * @param home the user's home directory
 */
public record UserDirectories(Map<String, String> environment, Path home) {
    private static final String NAME = "holdfast";

    /** Copies the variables. */
    public UserDirectories {
        environment = Map.copyOf(environment);
        Objects.requireNonNull(home, "home");
    }

    /**
     * Those of the user who runs this process.
     *
     * @return the directories
     */
    public static UserDirectories ofThisProcess() {
        return new UserDirectories(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    /**
     * What outlives a process, such as checkpoints.
     *
     * @return {@code $XDG_STATE_HOME/holdfast} or {@code ~/.local/state/holdfast}
     */
    public Path state() {
        return set("XDG_STATE_HOME").orElse(home.resolve(".local/state")).resolve(NAME);
    }

    /**
     * What was installed.
     *
     * @return {@code $XDG_DATA_HOME/holdfast} or {@code ~/.local/share/holdfast}
     */
    public Path data() {
        return set("XDG_DATA_HOME").orElse(home.resolve(".local/share")).resolve(NAME);
    }

    /**
     * Where the sockets of running hosts are.
     *
     * @return {@code $XDG_RUNTIME_DIR/holdfast/control}, or {@code control} in {@link #state}
     */
    public Path control() {
        return set("XDG_RUNTIME_DIR")
                .map(runtime -> runtime.resolve(NAME))
                .orElse(state())
                .resolve("control");
    }

    private Optional<Path> set(String variable) {
        return Optional.ofNullable(environment.get(variable))
                .map(Path::of)
                .filter(Path::isAbsolute);
    }
}
