package io.holdfast.backend.rocksdb;

import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.ValueState;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle.LocalFiles;
import io.holdfast.spi.state.KeyedBackendRequest;
import io.holdfast.spi.state.KeyedStateBackend;
import io.holdfast.spi.state.Namespaced;
import io.holdfast.spi.state.TimerQueue;
import io.holdfast.spi.state.VoidNamespace;
import io.holdfast.testkit.fixture.FixedMemoryBudget;
import io.holdfast.testkit.fixture.WorkDirectories;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How long a hand-over to a successor takes, and where the time goes. Run by hand, with the test
 * class path:
 *
 * <pre>
 * java io.holdfast.backend.rocksdb.HandOverMeasurement MIB ROUNDS [SUBTASKS ENTRIES TIMERS STATES BEFORE]
 * </pre>
 */
final class HandOverMeasurement {
    private static final int MAX_PARALLELISM = 128;
    private static final ValueStateDescriptor<Long> VALUE =
            new ValueStateDescriptor<>("value", Long.class);

    private final long budgetBytes;
    private final int rounds;

    private HandOverMeasurement(long budgetBytes, int rounds) {
        this.budgetBytes = budgetBytes;
        this.rounds = rounds;
    }

    /** Times of one hand-over in microseconds. */
    private record Times(long files, long again, long open, long ask, long total) {}

    /** What the state was written to last before a hand-over. */
    private enum Before {
        /** Nothing since the one before. */
        AT_REST,
        /** Every entry, so that the memtables are as full as they get. */
        WRITTEN,
        /** Every entry; then the backend prepared itself. */
        PREPARED
    }

    /** What each subtask holds. */
    private record Load(int entries, int timers, int states, Before before) {}

    /** One subtask and those that go on with its state. */
    private final class Subtask {
        private final StateOf state;
        private final KeyGroupRange keyGroups;
        private final Load load;
        private final WorkDirectories directories = new WorkDirectories();
        private KeyedStateBackend<Long> backend;
        private long someKey;

        Subtask(int number, int parallelism, Load load) throws IOException {
            this.keyGroups = KeyGroupRange.of(MAX_PARALLELISM, parallelism, number);
            this.load = load;
            this.state = new StateOf(new FixedMemoryBudget(budgetBytes));
            this.backend = state.open(this, List.of());
            write(new SplittableRandom(number));
        }

        /** Every entry anew, so that the memtables are as full as they get. */
        void write(SplittableRandom random) {
            Namespaced.Value<VoidNamespace, Long> value = value();
            TimerQueue<Long, VoidNamespace> timers =
                    backend.timers("timers", VoidNamespace.SERIALIZER);
            int written = 0;
            for (long key = 0; written < load.entries(); key++) {
                int group = KeyGroupRange.keyGroup(key, MAX_PARALLELISM);
                if (keyGroups.contains(group)) {
                    backend.setCurrentKey(key, group);
                    value.update(random.nextLong());
                    if (written < load.timers()) {
                        timers.add(key * 1_000, VoidNamespace.INSTANCE);
                    }
                    written++;
                    someKey = key;
                }
            }
            for (int i = 1; i < load.states(); i++) {
                Namespaced.Value<VoidNamespace, Long> other =
                        backend.value(
                                new ValueStateDescriptor<>("other " + i, Long.class),
                                VoidNamespace.SERIALIZER);
                other.setCurrentNamespace(VoidNamespace.INSTANCE);
                backend.setCurrentKey(someKey, KeyGroupRange.keyGroup(someKey, MAX_PARALLELISM));
                other.update(random.nextLong());
            }
        }

        private Namespaced.Value<VoidNamespace, Long> value() {
            Namespaced.Value<VoidNamespace, Long> value =
                    backend.value(VALUE, VoidNamespace.SERIALIZER);
            value.setCurrentNamespace(VoidNamespace.INSTANCE);
            return value;
        }

        /** As an engine does it while the job runs. */
        void prepare() throws InterruptedException {
            while (!backend.prepareLocalFiles()) {
                Thread.sleep(5);
            }
        }

        Times handOver() throws IOException {
            long start = System.nanoTime();
            LocalFiles files =
                    backend.localFiles(directories.fresh().resolve("files")).orElseThrow();
            long given = System.nanoTime();
            KeyedStateBackend<Long> successor = state.open(this, List.of(files));
            long opened = System.nanoTime();
            KeyedStateBackend<Long> predecessor = backend;
            backend = successor;
            ValueState<Long> value = value();
            successor.timers("timers", VoidNamespace.SERIALIZER).nextTime();
            successor.setCurrentKey(someKey, KeyGroupRange.keyGroup(someKey, MAX_PARALLELISM));
            if (value.value() == null) {
                throw new IllegalStateException("an entry is lost");
            }
            long asked = System.nanoTime();
            predecessor.localFiles(directories.fresh().resolve("files"));
            long again = System.nanoTime();
            predecessor.close();
            return new Times(
                    (given - start) / 1_000,
                    (again - asked) / 1_000,
                    (opened - given) / 1_000,
                    (asked - opened) / 1_000,
                    (asked - start) / 1_000);
        }

        void close() throws IOException {
            backend.close();
            directories.close();
        }
    }

    /** Opens backends of one slot. */
    private static final class StateOf {
        private final EmbeddedRocksDBStateBackend backend = new EmbeddedRocksDBStateBackend();
        private final FixedMemoryBudget memory;

        StateOf(FixedMemoryBudget memory) {
            this.memory = memory;
        }

        KeyedStateBackend<Long> open(Subtask subtask, List<KeyedSnapshotHandle> handles)
                throws IOException {
            return backend.open(
                    new KeyedBackendRequest<>(
                            "measured (1/1)",
                            Serializers.LONG,
                            subtask.keyGroups,
                            MAX_PARALLELISM,
                            subtask.directories.fresh(),
                            memory,
                            handles,
                            handle -> {
                                throw new IOException("no streams");
                            }));
        }
    }

    private void measure(int parallelism, Load load) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(parallelism);
        List<Subtask> subtasks = new ArrayList<>();
        try {
            for (int i = 0; i < parallelism; i++) {
                subtasks.add(new Subtask(i, parallelism, load));
            }
            List<Times> all = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                for (Subtask subtask : subtasks) {
                    if (round > 0 && load.before() != Before.AT_REST) {
                        subtask.write(new SplittableRandom(round));
                    }
                    if (load.before() == Before.PREPARED) {
                        subtask.prepare();
                    }
                }
                List<Callable<Times>> work = new ArrayList<>();
                subtasks.forEach(subtask -> work.add(subtask::handOver));
                all.add(slowest(threads.invokeAll(work)));
            }
            System.out.printf(
                    "%d x %,9d entries %,8d timers %2d states %-9s  files %s  again %s  open %s  ask %s  all %s%n",
                    parallelism,
                    load.entries(),
                    load.timers(),
                    load.states(),
                    load.before(),
                    spread(all.stream().mapToLong(Times::files).toArray()),
                    spread(all.stream().mapToLong(Times::again).toArray()),
                    spread(all.stream().mapToLong(Times::open).toArray()),
                    spread(all.stream().mapToLong(Times::ask).toArray()),
                    spread(all.stream().mapToLong(Times::total).toArray()));
        } finally {
            threads.shutdown();
            for (Subtask subtask : subtasks) {
                subtask.close();
            }
        }
    }

    private static Times slowest(List<Future<Times>> done)
            throws InterruptedException, ExecutionException {
        Times slowest = done.get(0).get();
        for (Future<Times> each : done) {
            slowest = each.get().total() > slowest.total() ? each.get() : slowest;
        }
        return slowest;
    }

    /** Median and greatest, in milliseconds. */
    private static String spread(long[] micros) {
        Arrays.sort(micros);
        return "%6.1f /%6.1f"
                .formatted(micros[micros.length / 2] / 1e3, micros[micros.length - 1] / 1e3);
    }

    /**
     * Prints a line for each load: median and greatest of the rounds in milliseconds, of the
     * slowest subtask of each round. "again" is a second time when nothing is to be flushed.
     */
    public static void main(String[] arguments) throws Exception {
        long mebibytes = arguments.length > 0 ? Long.parseLong(arguments[0]) : 128;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 11;
        HandOverMeasurement measurement = new HandOverMeasurement(mebibytes << 20, rounds);
        System.out.printf("%d MiB for each slot, %d rounds%n", mebibytes, rounds);
        if (arguments.length == 7) {
            measurement.measure(
                    Integer.parseInt(arguments[2]),
                    new Load(
                            Integer.parseInt(arguments[3]),
                            Integer.parseInt(arguments[4]),
                            Integer.parseInt(arguments[5]),
                            Before.valueOf(arguments[6])));
            return;
        }
        measurement.measure(1, new Load(10_000, 0, 1, Before.WRITTEN));
        for (Before before : Before.values()) {
            for (int parallelism : new int[] {1, 2}) {
                for (int entries : new int[] {10_000, 100_000, 1_000_000}) {
                    measurement.measure(parallelism, new Load(entries / parallelism, 0, 1, before));
                }
            }
        }
        measurement.measure(2, new Load(500_000, 100_000, 1, Before.PREPARED));
        measurement.measure(2, new Load(500_000, 0, 20, Before.PREPARED));
    }
}
