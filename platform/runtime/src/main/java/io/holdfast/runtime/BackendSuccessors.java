package io.holdfast.runtime;

import io.holdfast.api.error.Problem;
import io.holdfast.config.resolve.ResolvedState;
import io.holdfast.host.FactoryClasses;
import io.holdfast.host.Lease;
import io.holdfast.host.Origin;
import io.holdfast.host.ProviderKind;
import io.holdfast.runtime.job.Successors;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.spi.state.StateBackendFactory;
import java.util.Optional;
import java.util.function.Function;

/** Makes the state backends that a job may go on with, of installed modules. */
final class BackendSuccessors implements Successors, AutoCloseable {
    private final FactoryClasses factories;
    private final Function<String, ResolvedState> resolver;
    private volatile Held current;

    /** A backend with the module it comes from; one that was set in code has none. */
    private record Held(StateBackend backend, Optional<Lease<StateBackendFactory>> lease) {
        /** Such as {@code rocksdb 1.2.0 (backend-rocksdb.jar)}. */
        String description() {
            if (lease.isEmpty()) {
                return backend.name() + " (set in code)";
            }
            Origin origin = lease.get().origin();
            return "%s (%s)"
                    .formatted(
                            (backend.name() + " " + origin.version()).strip(),
                            origin.location().replaceFirst(".*[/\\\\]", ""));
        }

        void close() {
            lease.ifPresent(Lease::close);
        }
    }

    /**
     * @param factories finds installed modules
     * @param resolver says what holds for the job with another state backend
     * @param first what the job begins with
     * @param lease of its module; closed here too
     */
    BackendSuccessors(
            FactoryClasses factories,
            Function<String, ResolvedState> resolver,
            StateBackend first,
            Optional<Lease<StateBackendFactory>> lease) {
        this.factories = factories;
        this.resolver = resolver;
        this.current = new Held(first, lease);
    }

    @Override
    public StateBackend backend() {
        return current.backend();
    }

    @Override
    public String current() {
        return current.description();
    }

    @Override
    public Successor named(String name) {
        ResolvedState resolved = resolver.apply(name);
        if (resolved.changelog()) {
            throw Problem.user(
                            "JOB-6063",
                            "A job that logs its changes of state cannot be handed over.")
                    .advise("switch the changelog off")
                    .exception();
        }
        return made(
                resolved, factories.lease(ProviderKind.STATE_BACKEND, resolved.backend().name()));
    }

    @Override
    public Successor newest() {
        Held present = current;
        String name = present.backend().name();
        if (present.lease().isEmpty()) {
            throw nothingNewer(present, "set another state backend by its name");
        }
        ResolvedState resolved = resolver.apply(name);
        Lease<StateBackendFactory> lease =
                factories.lease(ProviderKind.STATE_BACKEND, resolved.backend().name());
        if (lease.isOf(present.lease().get())) {
            lease.close();
            throw nothingNewer(present, "update the module first");
        }
        return made(resolved, lease);
    }

    private static RuntimeException nothingNewer(Held present, String advice) {
        return Problem.user("JOB-6061", "There is no other version to hand the job over to.")
                .with("now", present.description())
                .advise(advice)
                .exception();
    }

    private Successor made(ResolvedState resolved, Lease<StateBackendFactory> lease) {
        try {
            return new Made(
                    new Held(
                            lease.factory().create(resolved.backend().configuration()),
                            Optional.of(lease)));
        } catch (RuntimeException | LinkageError e) {
            lease.close();
            throw e;
        }
    }

    private final class Made implements Successor {
        private final Held held;
        private Held predecessor;
        private boolean taken;

        Made(Held held) {
            this.held = held;
        }

        @Override
        public StateBackend backend() {
            return held.backend();
        }

        @Override
        public String description() {
            return held.description();
        }

        @Override
        public void take() {
            predecessor = current;
            current = held;
            taken = true;
        }

        @Override
        public void predecessorGone() {
            if (predecessor != null) {
                predecessor.close();
                predecessor = null;
            }
        }

        @Override
        public void close() {
            if (!taken) {
                held.close();
            }
        }
    }

    /** Gives the module of now back. */
    @Override
    public void close() {
        current.close();
    }
}
