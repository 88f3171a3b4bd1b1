package io.holdfast.benchmarks.whole;

import io.holdfast.benchmarks.profile.CpuClock;
import io.holdfast.benchmarks.state.Directories;
import io.holdfast.benchmarks.state.ScrambledKeys;
import io.holdfast.benchmarks.whole.WholeState.Checkpoint;
import io.holdfast.benchmarks.whole.WholeState.Stored;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One state, from empty to restored. A byte per key remembers how often its value was written, so
 * that everything read can be checked: a figure without a check could be that of a peer that lost
 * half of its state.
 *
 * @param <V> type of the values
 */
final class WholeStateRun<V> {

    private static final int VERIFIED = 20_000;
    private static final int CHANGED_ONE_IN = 100;
    private static final long LONG_ENOUGH_NANOS = 30_000_000_000L;
    private static final int MOST_ACCESSES_WITHOUT_SNAPSHOT = 2_000_000;

    private final WholeStatePeer peer;
    private final Values<V> values;
    private final int entries;
    private final int updates;
    private final Set<Part> parts;
    private final int repetitions;
    private final Path directory;
    private final Path checkpoints;
    private final byte[] versions;
    private final SplittableRandom random = new SplittableRandom(5);
    private final Figures figures = new Figures();
    private final ExecutorService writer = Executors.newSingleThreadExecutor();
    private long lastId;

    /** What is measured. */
    enum Part {
        /** Heap for an entry. */
        MEMORY,
        /** Full checkpoints. */
        CHECKPOINT,
        /** Updates while the content of a snapshot is held, beside updates without. */
        UPDATE,
        /** Accesses while a checkpoint is written, beside accesses without. */
        ACCESS,
        /** Restore of a full checkpoint. */
        RESTORE,
        /** Incremental checkpoints after some of the keys were written. */
        INCREMENTAL
    }

    WholeStateRun(
            WholeStatePeer peer,
            Values<V> values,
            int entries,
            int updates,
            Set<Part> parts,
            int repetitions,
            Path directory)
            throws Exception {
        this.peer = peer;
        this.values = values;
        this.entries = entries;
        this.updates = updates;
        this.parts = parts;
        this.repetitions = repetitions;
        this.directory = directory;
        this.checkpoints = Files.createDirectories(directory.resolve("checkpoints"));
        this.versions = new byte[entries];
    }

    /** Measures all parts that are wanted; each figure is the median of the repetitions. */
    Map<String, Double> measure() throws Exception {
        Kept kept = fillAndCheckpoint();
        if (parts.contains(Part.RESTORE)) {
            restore(kept);
        }
        if (parts.contains(Part.INCREMENTAL) && kept.incremental()) {
            checkpointIncrementally(kept);
        }
        writer.shutdown();
        return figures.medians();
    }

    /**
     * A checkpoint and what must be in it.
     *
     * @param incremental whether the peer could take an incremental one
     */
    private record Kept(Stored stored, byte[] versions, boolean incremental) {}

    private Kept fillAndCheckpoint() throws Exception {
        long before = usedHeap();
        try (Opened opened = open(Optional.empty())) {
            WholeState<V> state = opened.state();
            Stopwatch filling = new Stopwatch();
            for (int position = 0; position < entries; position++) {
                state.put(ScrambledKeys.at(position), values.fresh(position, (byte) 0));
            }
            figures.add("fill ms", filling.wallMillis());
            if (parts.contains(Part.MEMORY)) {
                figures.add("heap bytes per entry", (double) (usedHeap() - before) / entries);
            }
            Kept kept = checkpointRepeatedly(state);
            if (parts.contains(Part.UPDATE)) {
                updateUnderSnapshot(state);
            }
            if (parts.contains(Part.ACCESS)) {
                kept.stored().discard();
                kept = accessDuringCheckpoint(state);
            }
            verify(state, versions);
            return kept;
        }
    }

    /** The first one is to warm up. */
    private Kept checkpointRepeatedly(WholeState<V> state) throws Exception {
        int more = parts.contains(Part.CHECKPOINT) ? repetitions : 0;
        Stored stored = checkpoint(state, false, "");
        for (int i = 0; i < more; i++) {
            stored.discard();
            stored = checkpoint(state, false, "checkpoint ");
        }
        return new Kept(stored, versions.clone(), state.incremental());
    }

    /**
     * Makes a checkpoint while nothing else happens.
     *
     * @param prefix of the names of its figures; empty if there are to be none
     */
    private Stored checkpoint(WholeState<V> state, boolean incremental, String prefix)
            throws Exception {
        long id = ++lastId;
        long bytesBefore = Directories.size(checkpoints);
        try (Checkpoint checkpoint = state.checkpoint(id, incremental)) {
            Stopwatch beginning = new Stopwatch();
            checkpoint.begin();
            double sync = beginning.wallMillis();
            Stopwatch writing = new Stopwatch();
            Stored stored = writer.submit(checkpoint::write).get();
            double async = writing.wallMillis();
            if (!prefix.isEmpty()) {
                figures.add(prefix + "sync ms", sync);
                figures.add(prefix + "async ms", async);
                figures.add(prefix + "process cpu ms", writing.processMillis());
                figures.add(prefix + "bytes", Directories.size(checkpoints) - (double) bytesBefore);
            }
            state.completed(id);
            return stored;
        }
    }

    private void updateUnderSnapshot(WholeState<V> state) throws Exception {
        update(state, "");
        for (int i = 0; i < repetitions; i++) {
            System.gc();
            update(state, updates / 1_000 + "k updates ");
            try (Checkpoint held = state.checkpoint(++lastId, false)) {
                held.begin();
                update(state, updates / 1_000 + "k updates under snapshot ");
            }
        }
    }

    private void update(WholeState<V> state, String prefix) throws Exception {
        Stopwatch watch = new Stopwatch();
        for (int i = 0; i < updates; i++) {
            int position = random.nextInt(entries);
            state.put(ScrambledKeys.at(position), values.of(position, ++versions[position]));
        }
        if (!prefix.isEmpty()) {
            figures.add(prefix + "thread cpu ms", watch.threadMillis());
            figures.add(prefix + "process cpu ms", watch.processMillis());
        }
    }

    /**
     * The first access of a checkpoint waits for its synchronous part, as in a job.
     *
     * @return the last checkpoint, which must hold what was there before the accesses beside it
     */
    private Kept accessDuringCheckpoint(WholeState<V> state) throws Exception {
        Latencies without = new Latencies();
        System.gc();
        for (int i = 0; i < Math.min(entries, MOST_ACCESSES_WITHOUT_SNAPSHOT); i++) {
            access(state, without, System.nanoTime());
        }
        Latencies during = new Latencies();
        Kept kept = null;
        for (int i = 0; i < repetitions; i++) {
            if (kept != null) {
                kept.stored().discard();
            }
            long id = ++lastId;
            byte[] content = versions.clone();
            try (Checkpoint checkpoint = state.checkpoint(id, false)) {
                long asked = System.nanoTime();
                checkpoint.begin();
                Future<Stored> written = writer.submit(checkpoint::write);
                access(state, during, asked);
                while (!written.isDone()) {
                    access(state, during, System.nanoTime());
                }
                kept = new Kept(written.get(), content, state.incremental());
                state.completed(id);
            }
        }
        figures.add("access p99 us", without.quantile(0.99) / 1e3);
        figures.add("access p99.9 us", without.quantile(0.999) / 1e3);
        figures.add("access longest us", without.max() / 1e3);
        figures.add("access during checkpoint p99 us", during.quantile(0.99) / 1e3);
        figures.add("access during checkpoint p99.9 us", during.quantile(0.999) / 1e3);
        figures.add("access during checkpoint longest us", during.max() / 1e3);
        return kept;
    }

    /** Reads a value and writes it back changed. */
    private void access(WholeState<V> state, Latencies latencies, long start) throws Exception {
        int position = random.nextInt(entries);
        long key = ScrambledKeys.at(position);
        expect(position, values.of(position, versions[position]), state.get(key));
        state.put(key, values.of(position, ++versions[position]));
        latencies.add(System.nanoTime() - start);
    }

    /** Repeated unless it takes very long. */
    private void restore(Kept kept) throws Exception {
        long started = System.nanoTime();
        for (int i = 0; i < repetitions; i++) {
            System.gc();
            Stopwatch watch = new Stopwatch();
            try (Opened opened = open(Optional.of(kept.stored()))) {
                figures.add("restore ms", watch.wallMillis());
                figures.add("restore process cpu ms", watch.processMillis());
                verify(opened.state(), kept.versions());
            }
            if (System.nanoTime() - started > LONG_ENOUGH_NANOS) {
                return;
            }
        }
    }

    private void checkpointIncrementally(Kept kept) throws Exception {
        System.arraycopy(kept.versions(), 0, versions, 0, entries);
        Stored last;
        try (Opened opened = open(Optional.of(kept.stored()))) {
            WholeState<V> state = opened.state();
            last = checkpoint(state, true, "");
            for (int i = 0; i < repetitions; i++) {
                for (int change = 0; change < entries / CHANGED_ONE_IN; change++) {
                    int position = random.nextInt(entries);
                    state.put(
                            ScrambledKeys.at(position), values.of(position, ++versions[position]));
                }
                last = checkpoint(state, true, "incremental checkpoint after 1 % ");
            }
        }
        Stopwatch watch = new Stopwatch();
        try (Opened opened = open(Optional.of(last))) {
            figures.add("restore of incremental checkpoint ms", watch.wallMillis());
            verify(opened.state(), versions);
        }
    }

    private void verify(WholeState<V> state, byte[] expected) throws Exception {
        for (int i = 0; i < VERIFIED; i++) {
            int position = random.nextInt(entries);
            expect(
                    position,
                    values.of(position, expected[position]),
                    state.get(ScrambledKeys.at(position)));
        }
        if (state.get(ScrambledKeys.at(entries)) != null) {
            throw new IllegalStateException(
                    "Peer '" + peer.name() + "' has a value under a key that was never used.");
        }
    }

    private void expect(int position, V expected, V actual) {
        if (!expected.equals(actual)) {
            throw new IllegalStateException(
                    "Peer '%s' is wrong: the value of key %d should be %s and is %s"
                            .formatted(peer.name(), position, expected, actual));
        }
    }

    /** A state in a working directory of its own. */
    private final class Opened implements AutoCloseable {
        private final Path work;
        private final WholeState<V> state;

        Opened(Path work, WholeState<V> state) {
            this.work = work;
            this.state = state;
        }

        WholeState<V> state() {
            return state;
        }

        @Override
        public void close() throws Exception {
            state.close();
            Directories.deleteRecursively(work);
        }
    }

    private Opened open(Optional<Stored> from) throws Exception {
        Path work = Files.createTempDirectory(directory, "work-");
        return new Opened(work, peer.open(values.type(), work, checkpoints, from));
    }

    /** Bytes of all objects that are still needed. */
    private static long usedHeap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Time since it was made. */
    private static final class Stopwatch {
        private final long process = CpuClock.processNanos();
        private final long thread = CpuClock.currentThreadNanos();
        private final long wall = System.nanoTime();

        double wallMillis() {
            return (System.nanoTime() - wall) / 1e6;
        }

        double processMillis() {
            return (CpuClock.processNanos() - process) / 1e6;
        }

        double threadMillis() {
            return (CpuClock.currentThreadNanos() - thread) / 1e6;
        }
    }
}
