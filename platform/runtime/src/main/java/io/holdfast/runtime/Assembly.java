package io.holdfast.runtime;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.api.error.Problems;
import io.holdfast.config.profile.Reader;
import io.holdfast.config.resolve.Choice;
import io.holdfast.config.resolve.ResolvedState;
import io.holdfast.host.FactoryClasses;
import io.holdfast.host.Lease;
import io.holdfast.host.ProviderKind;
import io.holdfast.spi.state.CompositeStateBackend;
import io.holdfast.spi.state.ConfigurableStateBackend;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.spi.state.StateBackendFactory;
import io.holdfast.spi.storage.CheckpointStorage;
import io.holdfast.spi.storage.ConfigurableCheckpointStorage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes the state backend and the checkpoint storage that were decided on: by their factories, or
 * by configuring the objects that were set in code. Whatever fails is kept, so that all of it can
 * be told at once. Used by one thread; whoever made it closes it, after everything it made.
 */
public final class Assembly implements AutoCloseable {
    private final FactoryClasses factories;
    private final Deque<AutoCloseable> taken = new ArrayDeque<>();
    private final List<Failure> failures = new ArrayList<>();
    private Optional<StateBackend> backend = Optional.empty();
    private Optional<Lease<StateBackendFactory>> backendLease = Optional.empty();
    private Optional<CheckpointStorage> storage = Optional.empty();
    private boolean broughtAlong;

    /**
     * Something that could not be made.
     *
     * @param reader for whom
     * @param exception why
     */
    public record Failure(Reader reader, HoldfastException exception) {}

    private Assembly(FactoryClasses factories) {
        this.factories = factories;
    }

    /**
     * Makes what was decided.
     *
     * @param resolved the decisions
     * @param backendInCode the object the program set
     * @param storageInCode the object the program set
     * @param factories finds factories
     * @return what could be made, and what could not
     */
    public static Assembly of(
            ResolvedState resolved,
            Optional<StateBackend> backendInCode,
            Optional<CheckpointStorage> storageInCode,
            FactoryClasses factories) {
        Assembly assembly = new Assembly(factories);
        Optional<Reader> legacy = resolved.legacy().map(Reader::of);
        assembly.backend =
                assembly.made(
                        legacy.orElse(Reader.BACKEND),
                        () -> assembly.backend(resolved.backend(), backendInCode));
        if (assembly.backend.isPresent()
                && assembly.backend.get() instanceof CompositeStateBackend composite) {
            assembly.broughtAlong = true;
            assembly.storage = assembly.made(Reader.BACKEND, composite::checkpointStorage);
        } else {
            boolean inCode = resolved.storage().source() == Choice.Source.CODE;
            assembly.storage =
                    assembly.made(
                            legacy.orElse(inCode ? Reader.STORAGE_IN_CODE : Reader.STORAGE),
                            () -> assembly.storage(resolved, storageInCode));
        }
        return assembly;
    }

    private <T> Optional<T> made(Reader reader, Supplier<T> maker) {
        try {
            return Optional.of(maker.get());
        } catch (HoldfastException e) {
            failures.add(new Failure(reader, e));
            return Optional.empty();
        }
    }

    private StateBackend backend(Choice choice, Optional<StateBackend> inCode) {
        if (inCode.isPresent() && choice.name().equals(inCode.get().name())) {
            return inCode.get() instanceof ConfigurableStateBackend open
                    ? open.configure(choice.configuration())
                    : inCode.get();
        }
        var lease = factories.lease(ProviderKind.STATE_BACKEND, choice.name());
        taken.push(lease);
        backendLease = Optional.of(lease);
        return lease.factory().create(choice.configuration());
    }

    private CheckpointStorage storage(ResolvedState resolved, Optional<CheckpointStorage> inCode) {
        Choice choice = resolved.storage();
        if (inCode.isPresent()
                && choice.source() == Choice.Source.CODE
                && choice.name().equals(inCode.get().name())) {
            return inCode.get() instanceof ConfigurableCheckpointStorage open
                    ? open.configure(choice.configuration())
                    : inCode.get();
        }
        var lease = factories.lease(ProviderKind.CHECKPOINT_STORAGE, choice.name());
        taken.push(lease);
        return lease.factory().create(choice.configuration());
    }

    /**
     * The state backend.
     *
     * @return empty if it could not be made
     */
    public Optional<StateBackend> backend() {
        return backend;
    }

    /** The right to use the state backend's module; empty for one that was set in code. */
    Optional<Lease<StateBackendFactory>> backendLease() {
        return backendLease;
    }

    /**
     * The checkpoint storage.
     *
     * @return empty if it could not be made
     */
    public Optional<CheckpointStorage> storage() {
        return storage;
    }

    /**
     * Whether the storage is the one that the backend brings along.
     *
     * @return true for a {@link CompositeStateBackend}
     */
    public boolean broughtAlong() {
        return broughtAlong;
    }

    /**
     * What could not be made.
     *
     * @return in the order in which it was tried
     */
    public List<Failure> failures() {
        return List.copyOf(failures);
    }

    /**
     * Insists that everything was made.
     *
     * @return this
     * @throws HoldfastException the only failure, or {@code CONFIG-1000} with all of them
     */
    public Assembly orThrow() {
        if (failures.size() == 1) {
            throw failures.get(0).exception();
        }
        if (!failures.isEmpty()) {
            List<Problem> problems =
                    failures.stream().map(failure -> failure.exception().problem()).toList();
            HoldfastException together =
                    Problems.together("CONFIG-1000", "The configuration", problems);
            failures.forEach(failure -> together.addSuppressed(failure.exception()));
            throw together;
        }
        return this;
    }

    /**
     * Moves what must be given back to another owner, who need not keep what was made.
     *
     * @return closes all leases; this assembly has none any more
     */
    AutoCloseable leases() {
        Deque<AutoCloseable> moved = new ArrayDeque<>(taken);
        taken.clear();
        return () -> closeAll(moved);
    }

    @Override
    public void close() throws Exception {
        closeAll(taken);
    }

    private static void closeAll(Deque<AutoCloseable> all) throws Exception {
        Exception failure = null;
        while (!all.isEmpty()) {
            try {
                all.pop().close();
            } catch (Exception e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
