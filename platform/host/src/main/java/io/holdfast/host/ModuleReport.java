package io.holdfast.host;

import io.holdfast.api.error.Problem;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the registry knows of one module at one moment.
 *
 * @param name its own name; of what has none, the name of its file
 * @param origin jar, digest, version and world
 * @param state whether it can be used
 * @param providers what it provides
 * @param users who holds leases of it, each as often as it does
 * @param problem why it has failed
 */
public record ModuleReport(
        String name,
        Origin origin,
        State state,
        List<ProviderReport> providers,
        List<String> users,
        Optional<Problem> problem) {

    /** Whether a module can be used. */
    public enum State {
        /** It can be, and nobody does. */
        AVAILABLE,
        /** It can be, and somebody does. */
        IN_USE,
        /** It is handed out no more; when its last lease ends, it leaves or is COVERED. */
        DRAINING,
        /**
         * Nobody uses it, and it is not handed out: another module of its name lies over it. It
         * comes back when that one leaves.
         */
        COVERED,
        /** It does not work, or did not when it was last called. */
        FAILED,
        /** It left. Seen by listeners only. */
        GONE
    }

    /** Refuses null, copies the lists. */
    public ModuleReport {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(state, "state");
        providers = List.copyOf(providers);
        users = List.copyOf(users);
        Objects.requireNonNull(problem, "problem");
    }

    /** The same in another state. */
    ModuleReport in(State other) {
        return new ModuleReport(name, origin, other, providers, users, problem);
    }

    /** Name, state and origin in a line. */
    @Override
    public String toString() {
        return name
                + " "
                + state.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ')
                + (users.isEmpty() ? "" : " by " + String.join(", ", users))
                + problem.map(why -> ": " + why.summary()).orElse("")
                + " ("
                + origin
                + ")";
    }
}
