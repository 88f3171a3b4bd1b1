package io.holdfast.runtime.inspect;

import io.holdfast.api.config.ReadableConfig;
import io.holdfast.api.error.DidYouMean;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.api.serialization.SerializerSnapshot;
import io.holdfast.host.ModuleRegistry;
import io.holdfast.host.OpenFileSystems;
import io.holdfast.runtime.checkpoint.CheckpointRestore;
import io.holdfast.runtime.checkpoint.CheckpointVerifier;
import io.holdfast.runtime.checkpoint.Damage;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.spi.storage.StoredCheckpoint;
import io.holdfast.toolkit.canonical.CanonicalHeader;
import io.holdfast.toolkit.canonical.StateSchema;
import io.holdfast.toolkit.checkpoint.CheckpointFiles;
import io.holdfast.toolkit.checkpoint.CheckpointLayout;
import io.holdfast.toolkit.metadata.CheckpointMetadata;
import io.holdfast.toolkit.metadata.OperatorMetadata;
import io.holdfast.toolkit.metadata.OperatorSnapshot;
import io.holdfast.toolkit.metadata.OperatorStateHandle.Distribution;
import io.holdfast.toolkit.metadata.OperatorStateHandle.NamedState;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Looks into one checkpoint or savepoint, of any job. Writes nothing there, believes nothing that
 * stands there, and reads no file that lies elsewhere. Blocks while it reads. Used by one thread,
 * which closes it.
 */
public final class CheckpointInspector implements AutoCloseable {
    private static final int VERIFIERS = 4;
    private static final String USER = "inspection of a checkpoint";

    private final OpenFileSystems fileSystems;
    private final CheckpointFiles files;
    private final StoredCheckpoint stored;
    private final CheckpointMetadata metadata;
    private final ContainedSource source;
    private final KeyedSnapshots snapshots;

    private CheckpointInspector(
            ModuleRegistry modules,
            ReadableConfig settings,
            OpenFileSystems fileSystems,
            CheckpointFiles files,
            String pointer)
            throws IOException {
        this.fileSystems = fileSystems;
        this.files = files;
        URI home = files.locate(pointer);
        this.source = new ContainedSource(files, home);
        source.requireInside(CheckpointLayout.metadata(home));
        this.stored = files.resolve(pointer);
        this.metadata = CheckpointRestore.metadata(stored);
        this.snapshots =
                new KeyedSnapshots(new NativeForms(modules, settings, source, USER), source);
    }

    /**
     * Finds a checkpoint or savepoint and reads its metadata.
     *
     * @param modules serve the file system, and the backends that wrote other forms than the
     *     canonical one; not closed
     * @param settings what file systems and backends are made with
     * @param pointer URI or local path of its directory or its metadata file
     * @return the inspector
     * @throws IOException if it cannot be read just now
     * @throws HoldfastException STORAGE-5007 if there is none, SNAPSHOT-4401 if its metadata lie
     *     elsewhere, SNAPSHOT-41xx if they are damaged or foreign
     */
    public static CheckpointInspector open(
            ModuleRegistry modules, ReadableConfig settings, String pointer) throws IOException {
        OpenFileSystems fileSystems = modules.openFileSystems(settings, USER);
        try {
            return new CheckpointInspector(
                    modules, settings, fileSystems, new CheckpointFiles(fileSystems), pointer);
        } catch (IOException | RuntimeException e) {
            try {
                fileSystems.close();
            } catch (IOException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    /**
     * Where it lies.
     *
     * @return names it in messages
     */
    public String pointer() {
        return stored.pointer();
    }

    /**
     * What its metadata say.
     *
     * @return the metadata, verified
     */
    public CheckpointMetadata metadata() {
        return metadata;
    }

    /**
     * Size of the metadata file.
     *
     * @return bytes
     */
    public int metadataBytes() {
        return stored.metadata().length;
    }

    /**
     * The files it refers to. Nothing is read; a file that lies elsewhere is damage.
     *
     * @return each once, by name
     */
    public List<StoredFile> files() {
        return metadata.files()
                .map(file -> new StoredFile(file, refusal(file)))
                .sorted((a, b) -> a.stream().file().compareTo(b.stream().file()))
                .toList();
    }

    /**
     * Reads every file to its end and compares length and checksum with the metadata.
     *
     * @return each once, by name
     * @throws InterruptedIOException if the thread was interrupted
     */
    public List<StoredFile> verify() throws InterruptedIOException {
        List<StoredFile> found = files();
        List<StreamHandle.InFile> readable =
                found.stream()
                        .filter(file -> file.damage().isEmpty())
                        .map(StoredFile::stream)
                        .toList();
        Map<URI, String> damages = new HashMap<>();
        ExecutorService threads =
                Executors.newFixedThreadPool(VERIFIERS, CheckpointInspector::daemon);
        try {
            for (Damage damage :
                    new CheckpointVerifier(source, threads, VERIFIERS).verify(readable)) {
                damages.put(
                        damage.file(),
                        "expected %s, found %s".formatted(damage.expected(), damage.found()));
            }
        } finally {
            threads.shutdown();
        }
        return found.stream()
                .map(
                        file ->
                                damages.containsKey(file.stream().file())
                                        ? new StoredFile(
                                                file.stream(),
                                                Optional.of(damages.get(file.stream().file())))
                                        : file)
                .toList();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "holdfast-inspect");
        thread.setDaemon(true);
        return thread;
    }

    private Optional<String> refusal(StreamHandle.InFile file) {
        try {
            source.requireInside(file.file());
            return Optional.empty();
        } catch (HoldfastException e) {
            return Optional.of(e.problem().summary());
        } catch (IOException e) {
            return Optional.of(e.getMessage());
        }
    }

    /**
     * The operators and their states.
     *
     * @param counted whether entries are counted, for which all of them are read; if not, only
     *     those of lists without keys are known
     * @return in the order of the job; a state that was written in two ways appears twice
     * @throws IOException if reading fails
     */
    public List<OperatorContents> operators(boolean counted) throws IOException {
        List<OperatorContents> all = new ArrayList<>();
        for (OperatorMetadata operator : metadata.operators()) {
            all.add(contents(operator, counted));
        }
        return all;
    }

    /**
     * What the entries of an operator's keyed snapshots are.
     *
     * @param operator one of {@link #metadata()}
     * @return each description once; the key groups are those of the first that has it
     * @throws IOException if reading fails
     * @throws HoldfastException if a snapshot is damaged, or no installed backend reads it
     */
    public List<CanonicalHeader> headers(OperatorMetadata operator) throws IOException {
        Map<List<Object>, CanonicalHeader> found = new LinkedHashMap<>();
        for (OperatorSnapshot subtask : operator.subtasks()) {
            for (KeyedSnapshotHandle handle : subtask.keyed()) {
                CanonicalHeader header =
                        snapshots.header(operator.name(), handle, operator.maxParallelism());
                found.putIfAbsent(List.of(header.key(), header.states()), header);
            }
        }
        return List.copyOf(found.values());
    }

    /** A state as one header describes it. */
    private record Described(SerializerSnapshot key, StateSchema schema) {}

    private OperatorContents contents(OperatorMetadata operator, boolean counted)
            throws IOException {
        Map<Described, long[]> keyed = new LinkedHashMap<>();
        Map<String, Problem> unread = new LinkedHashMap<>();
        for (OperatorSnapshot subtask : operator.subtasks()) {
            for (KeyedSnapshotHandle handle : subtask.keyed()) {
                try {
                    if (counted) {
                        count(operator, handle, keyed);
                    } else {
                        counters(
                                snapshots.header(
                                        operator.name(), handle, operator.maxParallelism()),
                                keyed);
                    }
                } catch (HoldfastException e) {
                    unread.putIfAbsent(e.problem().summary(), e.problem());
                }
            }
        }
        List<StateContents> states = new ArrayList<>();
        keyed.forEach((state, count) -> states.add(state(state, counted, count[0])));
        states.addAll(withoutKeys(operator));
        return new OperatorContents(operator, states, List.copyOf(unread.values()));
    }

    private void count(
            OperatorMetadata operator, KeyedSnapshotHandle handle, Map<Described, long[]> keyed)
            throws IOException {
        snapshots.read(
                operator.name(),
                handle,
                operator.maxParallelism(),
                header -> {
                    List<long[]> counters = counters(header, keyed);
                    return (state, group, key, keyAt, keyLength, value, valueAt, valueLength) ->
                            counters.get(state)[0]++;
                });
    }

    private static List<long[]> counters(CanonicalHeader header, Map<Described, long[]> keyed) {
        return header.states().stream()
                .map(
                        state ->
                                keyed.computeIfAbsent(
                                        new Described(header.key(), state), none -> new long[1]))
                .toList();
    }

    private static StateContents state(Described state, boolean counted, long count) {
        StateSchema schema = state.schema();
        return new StateContents(
                schema.name(),
                schema.kind().name().toLowerCase(Locale.ROOT),
                Optional.of(state.key()),
                Optional.of(schema.namespace()),
                schema.mapKey(),
                schema.value(),
                counted ? OptionalLong.of(count) : OptionalLong.empty());
    }

    private static List<StateContents> withoutKeys(OperatorMetadata operator) {
        record Unkeyed(String name, Distribution how, List<SerializerSnapshot> serializers) {}
        Map<Unkeyed, Long> found = new LinkedHashMap<>();
        for (OperatorSnapshot subtask : operator.subtasks()) {
            List<NamedState> named =
                    subtask.operatorState().map(handle -> handle.states()).orElse(List.of());
            for (NamedState state : named) {
                found.merge(
                        new Unkeyed(state.name(), state.distribution(), state.serializers()),
                        (long) state.offsets().length,
                        Long::sum);
            }
        }
        List<StateContents> states = new ArrayList<>();
        found.forEach(
                (state, count) -> {
                    boolean map = state.how() == Distribution.BROADCAST;
                    List<SerializerSnapshot> written = state.serializers();
                    states.add(
                            new StateContents(
                                    state.name(),
                                    state.how().name().toLowerCase(Locale.ROOT)
                                            + (map ? " map" : " list"),
                                    Optional.empty(),
                                    Optional.empty(),
                                    map ? written.stream().findFirst() : Optional.empty(),
                                    written.stream().skip(map ? 1 : 0).findFirst(),
                                    map ? OptionalLong.empty() : OptionalLong.of(count)));
                });
        return states;
    }

    /**
     * Reads entries, operator by operator, subtask by subtask.
     *
     * @param filter which
     * @param visitor takes them until it says that it has enough
     * @throws IOException if reading fails
     * @throws HoldfastException SNAPSHOT-4405 if there is no such operator or state; another one if
     *     something is damaged, or no installed backend reads it
     */
    public void entries(EntryFilter filter, StoredEntry.Visitor visitor) throws IOException {
        requireKnown(filter);
        for (OperatorMetadata operator : metadata.operators()) {
            if (filter.takesOperator(operator.id(), operator.name())
                    && !new EntryScan(snapshots, source, operator, filter, visitor).run()) {
                return;
            }
        }
    }

    private void requireKnown(EntryFilter filter) throws IOException {
        List<String> operators =
                metadata.operators().stream().map(OperatorMetadata::name).distinct().toList();
        if (filter.operator().isPresent()
                && metadata.operators().stream()
                        .noneMatch(each -> filter.takesOperator(each.id(), each.name()))) {
            throw unknown("operator", filter.operator().get(), operators);
        }
        if (filter.state().isPresent()) {
            List<String> states =
                    operators(false).stream()
                            .flatMap(operator -> operator.states().stream())
                            .map(StateContents::name)
                            .distinct()
                            .toList();
            if (!states.contains(filter.state().get())) {
                throw unknown("state", filter.state().get(), states);
            }
        }
    }

    private HoldfastException unknown(String what, String name, List<String> known) {
        return Problem.user(
                        "SNAPSHOT-4405",
                        "%s has no %s named '%s'.%s"
                                .formatted(pointer(), what, name, DidYouMean.question(name, known)))
                .with("possible", DidYouMean.list(known))
                .advise("correct the name")
                .exception();
    }

    @Override
    public void close() throws IOException {
        try (fileSystems) {
            files.close();
        }
    }
}
