package io.holdfast.testkit.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.RunningSnapshot;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.snapshot.SnapshotRequest;
import io.holdfast.spi.snapshot.SnapshotSink;
import io.holdfast.spi.snapshot.SnapshotSource;
import io.holdfast.spi.state.KeyedBackendRequest;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.testkit.fixture.FixedMemoryBudget;
import io.holdfast.testkit.fixture.LeakCheck;
import io.holdfast.testkit.fixture.MemorySnapshots;
import io.holdfast.testkit.fixture.WorkDirectories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Opens the backends of one test, writes their snapshots on threads of their own, and checks
 * afterwards that nothing is left: no thread, no open stream, no share of memory, no open or mapped
 * file in a work directory. Register it as an extension in a field that is not static.
 */
public final class StateBench implements BeforeEachCallback, AfterEachCallback {
    /** Max parallelism where a test does not choose one. */
    public static final int MAX_PARALLELISM = 128;

    private static final long PATIENCE_SECONDS = 120;
    private static final long BUDGET = 32L << 20;

    private final Supplier<StateBackend> maker;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private StateBackend stateBackend;
    private LeakCheck leaks;
    private MemorySnapshots snapshots;
    private FixedMemoryBudget memory;
    private WorkDirectories directories;
    private ExecutorService writers;
    private long checkpoints;

    /**
     * A bench for tests of one backend.
     *
     * @param maker makes the backend, once for each test
     */
    public StateBench(Supplier<StateBackend> maker) {
        this.maker = maker;
    }

    /** Prepares the next test. */
    @Override
    public void beforeEach(ExtensionContext context) {
        start();
    }

    /** Closes what the test left open, then looks for leaks. */
    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        finish();
    }

    /** Prepares the next test, where no extension does. */
    public void start() {
        leaks = new LeakCheck();
        directories = new WorkDirectories();
        leaks.watch("files in use", directories::filesInUse);
        writers = Executors.newCachedThreadPool(work -> new Thread(work, "state-bench writer"));
        prepare();
    }

    private void prepare() {
        stateBackend = maker.get();
        snapshots = new MemorySnapshots();
        memory = new FixedMemoryBudget(BUDGET);
        checkpoints = 0;
    }

    /**
     * Ends one of many short tests and prepares the next, in the same directories and with the same
     * threads: closes what is open, and looks for streams and shares of memory that are left. Files
     * and threads are looked for at the finish.
     *
     * @throws Exception whatever closing throws
     */
    public void next() throws Exception {
        try {
            closeAll();
        } finally {
            opened.clear();
            directories.reuse();
            prepare();
        }
    }

    private void closeAll() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
        assertThat(snapshots.openStreams()).as("left: streams").isEmpty();
        assertThat(memory.openShares()).as("left: shares of memory").isEmpty();
    }

    /**
     * Closes what is open and looks for leaks, where no extension does.
     *
     * @throws Exception whatever closing throws
     */
    public void finish() throws Exception {
        closeAll();
        writers.shutdown();
        leaks.verify();
        directories.close();
    }

    /**
     * The backend under test.
     *
     * @return the same during one test
     */
    public StateBackend stateBackend() {
        return stateBackend;
    }

    /**
     * Where snapshots go.
     *
     * @return the store of this test
     */
    public MemorySnapshots snapshots() {
        return snapshots;
    }

    /**
     * Keeps snapshots in another store from now on.
     *
     * @param other an empty store
     */
    public void use(MemorySnapshots other) {
        snapshots = other;
    }

    /**
     * Shares of memory that backends hold.
     *
     * @return what they are
     */
    public List<String> openShares() {
        return memory.openShares();
    }

    /**
     * Opens an empty backend with all key groups of {@link #MAX_PARALLELISM}.
     *
     * @param key serializer of the keys
     * @param <K> type of the keys
     * @return the backend, closed at the end of the test at the latest
     */
    public <K> Subtask<K> open(Serializer<K> key) {
        return opening(key).open();
    }

    /**
     * Opens a backend with all key groups of {@link #MAX_PARALLELISM} from a snapshot.
     *
     * @param key serializer of the keys
     * @param handle refers to the snapshot
     * @param <K> type of the keys
     * @return the backend, closed at the end of the test at the latest
     */
    public <K> Subtask<K> restore(Serializer<K> key, KeyedSnapshotHandle handle) {
        return opening(key).from(handle).open();
    }

    /**
     * Prepares to open a backend.
     *
     * @param key serializer of the keys
     * @param <K> type of the keys
     * @return what can be chosen
     */
    public <K> Opening<K> opening(Serializer<K> key) {
        return new Opening<>(key);
    }

    /** Choices on how to open a backend; whatever is not chosen is as in {@link #open}. */
    public final class Opening<K> {
        private final Serializer<K> key;
        private StateBackend backend = stateBackend;
        private int maxParallelism = MAX_PARALLELISM;
        private KeyGroupRange keyGroups = new KeyGroupRange(0, MAX_PARALLELISM - 1);
        private List<KeyedSnapshotHandle> handles = List.of();
        private SnapshotSource source = handle -> snapshots.open(handle);

        private Opening(Serializer<K> key) {
            this.key = key;
        }

        /**
         * Chooses another backend than the one under test.
         *
         * @param other the backend
         * @return this
         */
        public Opening<K> in(StateBackend other) {
            backend = other;
            return this;
        }

        /**
         * Chooses all key groups of another max parallelism.
         *
         * @param number number of key groups
         * @return this
         */
        public Opening<K> maxParallelism(int number) {
            maxParallelism = number;
            keyGroups = new KeyGroupRange(0, number - 1);
            return this;
        }

        /**
         * Chooses the key groups; call it after {@link #maxParallelism}.
         *
         * @param range what to own
         * @return this
         */
        public Opening<K> keyGroups(KeyGroupRange range) {
            keyGroups = range;
            return this;
        }

        /**
         * Chooses what to restore.
         *
         * @param chosen refer to snapshots
         * @return this
         */
        public Opening<K> from(KeyedSnapshotHandle... chosen) {
            handles = List.of(chosen);
            return this;
        }

        /**
         * Chooses what to restore.
         *
         * @param chosen refer to snapshots
         * @return this
         */
        public Opening<K> from(Collection<KeyedSnapshotHandle> chosen) {
            handles = List.copyOf(chosen);
            return this;
        }

        /**
         * Chooses what opens the streams.
         *
         * @param chosen the source
         * @return this
         */
        public Opening<K> source(SnapshotSource chosen) {
            source = chosen;
            return this;
        }

        /**
         * Opens the backend.
         *
         * @return the backend, closed at the end of the test at the latest
         */
        public Subtask<K> open() {
            try {
                return tryOpen();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /**
         * Opens the backend where a failure is expected.
         *
         * @return the backend, closed at the end of the test at the latest
         * @throws IOException whatever the backend throws
         */
        public Subtask<K> tryOpen() throws IOException {
            KeyedBackendRequest<K> request =
                    new KeyedBackendRequest<>(
                            "contract (1/1)",
                            key.duplicate(),
                            keyGroups,
                            maxParallelism,
                            directories.fresh(),
                            memory,
                            handles,
                            source);
            Subtask<K> subtask = new Subtask<>(backend.open(request), keyGroups, maxParallelism);
            opened.push(subtask);
            return subtask;
        }
    }

    /**
     * Takes a snapshot and writes it on another thread.
     *
     * @param subtask whose
     * @param kind what for
     * @return refers to the snapshot
     */
    public KeyedSnapshotHandle snapshot(Subtask<?> subtask, SnapshotKind kind) {
        return write(begin(subtask, kind));
    }

    /**
     * What a successor of a backend begins with, as an engine hands it over: files, or a canonical
     * snapshot if the backend gives none.
     *
     * @param subtask whose; stays open
     * @return refers to the files or the snapshot
     */
    public KeyedSnapshotHandle handOver(Subtask<?> subtask) {
        Optional<KeyedSnapshotHandle.LocalFiles> files = localFiles(subtask, directories.absent());
        return files.isPresent() ? files.get() : snapshot(subtask, SnapshotKind.CANONICAL);
    }

    /**
     * The files that a backend gives to a successor.
     *
     * @param subtask whose
     * @param directory where to
     * @return refers to the files; empty if the backend gives none
     */
    public Optional<KeyedSnapshotHandle.LocalFiles> localFiles(Subtask<?> subtask, Path directory) {
        try {
            return subtask.backend().localFiles(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A directory in the file system of the work directories.
     *
     * @return an empty directory, removed at the end of the test
     */
    public Path freshDirectory() {
        return directories.fresh();
    }

    /**
     * Fixes a snapshot.
     *
     * @param subtask whose
     * @param kind what for
     * @return the snapshot, closed at the end of the test at the latest
     */
    public RunningSnapshot begin(Subtask<?> subtask, SnapshotKind kind) {
        return begin(subtask, kind, scope -> snapshots.create(scope));
    }

    /**
     * Fixes a snapshot that goes elsewhere.
     *
     * @param subtask whose
     * @param kind what for
     * @param sink where to
     * @return the snapshot, closed at the end of the test at the latest
     */
    public RunningSnapshot begin(Subtask<?> subtask, SnapshotKind kind, SnapshotSink sink) {
        return begin(subtask, new SnapshotRequest(nextCheckpoint(), kind, sink));
    }

    /**
     * Fixes a snapshot.
     *
     * @param subtask whose
     * @param request what is asked for
     * @return the snapshot, closed at the end of the test at the latest
     */
    public RunningSnapshot begin(Subtask<?> subtask, SnapshotRequest request) {
        try {
            RunningSnapshot snapshot = subtask.backend().snapshot(request);
            opened.push(snapshot);
            return snapshot;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Counts on.
     *
     * @return the id of the next checkpoint
     */
    public long nextCheckpoint() {
        return ++checkpoints;
    }

    /**
     * Id of the checkpoint of the snapshot begun last.
     *
     * @return the id, 0 if there is none
     */
    public long lastCheckpoint() {
        return checkpoints;
    }

    /**
     * Writes a snapshot on another thread, waits, and closes it.
     *
     * @param snapshot the snapshot
     * @return refers to it
     */
    public KeyedSnapshotHandle write(RunningSnapshot snapshot) {
        KeyedSnapshotHandle handle = await(writing(snapshot));
        snapshot.close();
        return handle;
    }

    /**
     * Begins to write a snapshot on another thread.
     *
     * @param snapshot the snapshot
     * @return the writing
     */
    public Future<KeyedSnapshotHandle> writing(RunningSnapshot snapshot) {
        return run(snapshot::write);
    }

    /**
     * Runs something on another thread.
     *
     * @param work what to run
     * @param <T> type of the result
     * @return the run
     */
    public <T> Future<T> run(Callable<T> work) {
        return writers.submit(work);
    }

    /**
     * Waits for what another thread does.
     *
     * @param work what it does
     * @param <T> type of the result
     * @return the result
     */
    public static <T> T await(Future<T> work) {
        try {
            return work.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("failed on another thread: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("hangs on another thread", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /**
     * Waits for another thread whose work may fail.
     *
     * @param work what it does
     * @return what it failed with, or null if it did not
     */
    public static Throwable awaitFailure(Future<?> work) {
        try {
            work.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (TimeoutException e) {
            throw new AssertionError("hangs on another thread", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
