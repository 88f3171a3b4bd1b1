package io.holdfast.host;

import io.holdfast.api.error.Problem;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What the registry knows of one provider at one moment.
 *
 * @param kind what it provides
 * @param className its class
 * @param origin where it was found
 * @param state whether it can be used
 * @param names the names it goes by as far as they are known
 * @param leases how often it is in use
 * @param problem why it has failed, or which of its names others claim as well
 */
public record ProviderReport(
        ProviderKind<?> kind,
        String className,
        Origin origin,
        State state,
        Set<String> names,
        int leases,
        Optional<Problem> problem) {

    /** Whether a provider can be used. */
    public enum State {
        /** Under at least one of its names. */
        AVAILABLE,
        /**
         * It does not work, or others claim all of its names. One that threw or made nonsense when
         * it was last called is still handed out, since the next call may succeed; one that hung is
         * not.
         */
        FAILED,
        /** It is gone from its source; it stays until its last lease ends. */
        LEAVING,
        /** It is not handed out as long as another module of its module's name is there. */
        COVERED
    }

    /** Refuses null, copies the names. */
    public ProviderReport {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(className, "className");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(state, "state");
        names = Set.copyOf(names);
        Objects.requireNonNull(problem, "problem");
    }
}
