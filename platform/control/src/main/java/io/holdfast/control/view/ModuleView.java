package io.holdfast.control.view;

import io.holdfast.api.error.Problem;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A module of a host in one moment.
 *
 * @param name its own name; of what has none, the name of its file
 * @param version the version its jar states, or an empty string
 * @param state whether it can be used
 * @param world how it was loaded, such as {@code class path}
 * @param location its jar, or a directory
 * @param digest SHA-256 of the jar in hexadecimal digits; empty if nobody computed it
 * @param users who uses it, each once, such as {@code job hot-items}
 * @param providers what it provides
 * @param problem why it has failed
 */
public record ModuleView(
        String name,
        String version,
        State state,
        String world,
        String location,
        String digest,
        List<String> users,
        List<ProviderView> providers,
        Optional<Problem> problem) {

    /** Whether a module can be used. */
    public enum State {
        /** It can be, and nobody does. */
        AVAILABLE,
        /** It can be, and somebody does. */
        IN_USE,
        /** It is handed out no more; those who have it keep it. */
        DRAINING,
        /** On the class path, below a module of the folder that has its name. */
        COVERED,
        /** It does not work. */
        FAILED
    }

    /** Refuses null, copies the lists. */
    public ModuleView {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(world, "world");
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(digest, "digest");
        users = List.copyOf(users);
        providers = List.copyOf(providers);
        Objects.requireNonNull(problem, "problem");
    }

    /**
     * The name of its jar.
     *
     * @return the last part of the location
     */
    public String file() {
        return location.replaceFirst(".*[/\\\\](?=.)", "");
    }

    /**
     * Whether it is handed out.
     *
     * @return true if it works and nothing lies over it
     */
    public boolean usable() {
        return state == State.AVAILABLE || state == State.IN_USE;
    }

    /**
     * Whether it was put there with the program, and cannot be removed.
     *
     * @return false if it is a jar of the folder
     */
    public boolean onClassPath() {
        return world.equals("class path");
    }
}
