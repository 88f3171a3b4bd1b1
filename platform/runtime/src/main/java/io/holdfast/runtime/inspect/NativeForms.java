package io.holdfast.runtime.inspect;

import io.holdfast.api.config.ReadableConfig;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.host.Lease;
import io.holdfast.host.ModuleRegistry;
import io.holdfast.host.ProviderKind;
import io.holdfast.runtime.job.SlotMemory;
import io.holdfast.runtime.state.WorkFiles;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.RunningSnapshot;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.snapshot.SnapshotRequest;
import io.holdfast.spi.snapshot.SnapshotSource;
import io.holdfast.spi.state.KeyedBackendRequest;
import io.holdfast.spi.state.KeyedStateBackend;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.spi.state.StateBackendFactory;
import io.holdfast.toolkit.checkpoint.InlineOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Turns what a backend wrote in a form of its own into the canonical form, by the backend itself:
 * it is opened on the snapshot, asked for no state, and takes a canonical snapshot, in which every
 * state that was restored stays byte for byte. So each installed backend can be looked into, and
 * needs to do nothing for it. Used by one thread.
 */
final class NativeForms {
    private static final String OTHER_FORMAT = "SNAPSHOT-4002";
    private static final long MEMORY = 64L << 20;

    private final ModuleRegistry modules;
    private final ReadableConfig settings;
    private final SnapshotSource source;
    private final String user;

    /**
     * The forms of the installed backends.
     *
     * @param modules the installed modules
     * @param settings what backends are made with
     * @param source opens the streams of snapshots
     * @param user says in reports who uses the modules
     */
    NativeForms(
            ModuleRegistry modules, ReadableConfig settings, SnapshotSource source, String user) {
        this.modules = modules;
        this.settings = settings;
        this.source = source;
        this.user = user;
    }

    /**
     * Turns some key groups into the canonical form.
     *
     * @param owner names the operator in messages
     * @param handle refers to a snapshot in any form
     * @param part some of its key groups
     * @param maxParallelism number of key groups of the operator
     * @return refers to a canonical snapshot of these groups in memory
     * @throws HoldfastException SNAPSHOT-4402 if no installed backend knows the form; another one
     *     if the snapshot is damaged
     */
    KeyedSnapshotHandle canonical(
            String owner, KeyedSnapshotHandle handle, KeyGroupRange part, int maxParallelism)
            throws IOException {
        Set<String> names = modules.names(ProviderKind.STATE_BACKEND);
        for (String name : names) {
            try (Lease<StateBackendFactory> lease =
                    modules.lease(ProviderKind.STATE_BACKEND, name, user)) {
                return converted(
                        lease.factory().create(settings), owner, handle, part, maxParallelism);
            } catch (HoldfastException e) {
                if (!e.problem().code().equals(OTHER_FORMAT)) {
                    throw e;
                }
            }
        }
        throw Problem.user(
                        "SNAPSHOT-4402",
                        "No installed state backend reads the form '%s', which '%s' is stored in."
                                .formatted(handle.format(), owner))
                .with("installed", String.join(", ", names))
                .advise(
                        "install the module of the backend that wrote it (--modules DIR), or take a"
                                + " savepoint, which every backend reads")
                .exception();
    }

    private KeyedSnapshotHandle converted(
            StateBackend backend,
            String owner,
            KeyedSnapshotHandle handle,
            KeyGroupRange part,
            int maxParallelism)
            throws IOException {
        Path directory = Files.createTempDirectory("holdfast-inspect-");
        try {
            KeyedBackendRequest<Object> request =
                    new KeyedBackendRequest<>(
                            owner,
                            new AnyKey(),
                            part,
                            maxParallelism,
                            directory,
                            new SlotMemory(MEMORY),
                            List.of(handle),
                            source);
            try (KeyedStateBackend<Object> open = backend.open(request);
                    RunningSnapshot snapshot =
                            open.snapshot(
                                    new SnapshotRequest(
                                            1,
                                            SnapshotKind.CANONICAL,
                                            scope -> new InlineOutput()))) {
                return snapshot.write();
            }
        } finally {
            WorkFiles.remove(directory);
        }
    }
}
