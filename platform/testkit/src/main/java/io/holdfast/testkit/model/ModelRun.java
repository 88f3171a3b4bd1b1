package io.holdfast.testkit.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.api.state.StateKind;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.RunningSnapshot;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.snapshot.SnapshotRequest;
import io.holdfast.spi.state.TimerQueue.Timer;
import io.holdfast.testkit.bench.StateBench;
import io.holdfast.testkit.bench.Subtask;
import io.holdfast.testkit.model.Model.Alarm;
import io.holdfast.testkit.model.Model.Cell;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Takes steps on the subtasks of a job and on the model, and compares. */
final class ModelRun<K, N> {
    private static final int MOST_RUNNING = 3;
    private static final int MOST_COMPLETED = 3;

    /** Often few, as each subtask costs time. */
    private static final int[] PARALLELISMS = {1, 2, 3, 2, 5, 1, 2, 3, 8, 4};

    /** A snapshot of all subtasks that is not written yet. */
    private record Running(long checkpoint, List<RunningSnapshot> parts, Model content) {}

    /** A snapshot of all subtasks that can be restored. */
    private record Completed(List<KeyedSnapshotHandle> handles, Model content) {}

    private final StateBench bench;
    private final Domain<K, N> domain;
    private final int maxParallelism;
    private final Coverage coverage;
    private final List<SnapshotKind> kinds;
    private final List<Worker<K, N>> workers = new ArrayList<>();
    private final List<Running> running = new ArrayList<>();
    private final List<Completed> completed = new ArrayList<>();
    private Model model = new Model();

    ModelRun(StateBench bench, Domain<K, N> domain, int maxParallelism, Coverage coverage) {
        this.bench = bench;
        this.domain = domain;
        this.maxParallelism = maxParallelism;
        this.coverage = coverage;
        this.kinds = bench.stateBackend().snapshotKinds().stream().sorted().toList();
    }

    /** Takes all steps; fails at the first difference, and says where. */
    void run(List<Step> steps) {
        open(2, List.of());
        int number = 0;
        Step step = null;
        try {
            for (; number < steps.size(); number++) {
                step = steps.get(number);
                take(step);
                coverage.count(step);
            }
            step = null;
            lookAtEverything();
            drainTimers();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "%s: %s"
                            .formatted(
                                    step == null ? "at the end" : step.describe(number, domain), e),
                    e);
        }
    }

    // Life of the job

    private void open(int parallelism, List<KeyedSnapshotHandle> handles) {
        int subtasks = Math.min(parallelism, maxParallelism);
        for (int i = 0; i < subtasks; i++) {
            KeyGroupRange range = KeyGroupRange.of(maxParallelism, subtasks, i);
            List<KeyedSnapshotHandle> needed =
                    handles.stream().filter(each -> each.keyGroups().overlaps(range)).toList();
            Subtask<K> subtask =
                    bench.opening(domain.key())
                            .maxParallelism(maxParallelism)
                            .keyGroups(range)
                            .from(needed)
                            .open();
            workers.add(new Worker<>(subtask, domain.namespace()));
        }
    }

    private static int parallelism(Step step) {
        return PARALLELISMS[step.b() % PARALLELISMS.length];
    }

    private void restore(Step step) {
        restore(
                completed.isEmpty() ? null : completed.get(step.a() % completed.size()),
                parallelism(step));
        if (step.key() % 2 == 0) {
            lookAtEverything();
        }
    }

    /** Goes on in other subtasks from a snapshot, or from nothing if there is none. */
    private void restore(Completed chosen, int parallelism) {
        while (!running.isEmpty()) {
            abort(running.get(0));
        }
        workers.forEach(worker -> worker.subtask().close());
        workers.clear();
        if (chosen == null) {
            model = new Model();
            open(parallelism, List.of());
            return;
        }
        model = chosen.content.copy();
        coverage.restored(model);
        open(parallelism, chosen.handles);
    }

    /** States that nobody has asked for since the last time pass through unread. */
    private void rescale(Step step) {
        if (running.size() == MOST_RUNNING) {
            abort(running.get(0));
        }
        beginSnapshot(step);
        restore(write(running.get(running.size() - 1)), parallelism(step));
    }

    /** Both are open for a while; nobody tells those that are given up anything. */
    private void handOver(Step step) {
        while (!running.isEmpty()) {
            abort(running.get(0));
        }
        List<Worker<K, N>> predecessors = List.copyOf(workers);
        List<Worker<K, N>> successors = new ArrayList<>();
        for (Worker<K, N> predecessor : predecessors) {
            Subtask<K> successor =
                    bench.opening(domain.key())
                            .maxParallelism(maxParallelism)
                            .keyGroups(predecessor.subtask().keyGroups())
                            .from(bench.handOver(predecessor.subtask()))
                            .open();
            successors.add(new Worker<>(successor, domain.namespace()));
        }
        boolean givenUp = step.a() % 2 == 1;
        if (!givenUp) {
            workers.clear();
            workers.addAll(successors);
        }
        (givenUp ? successors : predecessors).forEach(worker -> worker.subtask().close());
    }

    private void beginSnapshot(Step step) {
        if (running.size() == MOST_RUNNING) {
            return;
        }
        long checkpoint = bench.nextCheckpoint();
        SnapshotKind kind = kinds.get(step.a() % kinds.size());
        SnapshotRequest request =
                new SnapshotRequest(checkpoint, kind, scope -> bench.snapshots().create(scope));
        List<RunningSnapshot> parts = new ArrayList<>();
        workers.forEach(worker -> parts.add(bench.begin(worker.subtask(), request)));
        running.add(new Running(checkpoint, parts, model.copy()));
    }

    private void writeSnapshot(Step step) {
        if (!running.isEmpty()) {
            write(running.get(step.a() % running.size()));
        }
    }

    private Completed write(Running chosen) {
        running.remove(chosen);
        List<KeyedSnapshotHandle> handles = StateBench.await(bench.run(() -> written(chosen)));
        workers.forEach(
                worker -> worker.subtask().backend().checkpointCompleted(chosen.checkpoint));
        Completed result = new Completed(handles, chosen.content);
        completed.add(result);
        if (completed.size() > MOST_COMPLETED) {
            completed.remove(0);
        }
        return result;
    }

    private static List<KeyedSnapshotHandle> written(Running chosen) throws IOException {
        List<KeyedSnapshotHandle> handles = new ArrayList<>();
        for (RunningSnapshot part : chosen.parts) {
            handles.add(part.write());
            part.close();
        }
        return handles;
    }

    private void abort(Running chosen) {
        running.remove(chosen);
        chosen.parts.forEach(RunningSnapshot::close);
        workers.forEach(worker -> worker.subtask().backend().checkpointAborted(chosen.checkpoint));
    }

    // Steps

    private Worker<K, N> worker(K key) {
        return workers.stream()
                .filter(worker -> worker.subtask().owns(key))
                .findFirst()
                .orElseThrow();
    }

    private void take(Step step) {
        switch (step.action()) {
            case LOOK -> lookAtEverything();
            case LIST_KEYS -> listKeys(step);
            case POLL_TIMER -> poll(workers.get(step.a() % workers.size()));
            case BEGIN_SNAPSHOT -> beginSnapshot(step);
            case WRITE_SNAPSHOT -> writeSnapshot(step);
            case ABORT_SNAPSHOT -> {
                if (!running.isEmpty()) {
                    abort(running.get(step.a() % running.size()));
                }
            }
            case RESTORE -> restore(step);
            case RESCALE -> rescale(step);
            case HAND_OVER -> handOver(step);
            default -> {
                K key = domain.key(step.key());
                Worker<K, N> worker = worker(key);
                worker.subtask().use(key);
                takeOnKey(step, worker);
            }
        }
    }

    private void takeOnKey(Step step, Worker<K, N> worker) {
        Cell cell =
                new Cell(
                        Math.floorMod(step.key(), domain.keys().size()),
                        domain.namespaceNumber(step.space()));
        N namespace = domain.namespaces().get(cell.space());
        StateKind touched =
                switch (step.action()) {
                    case UPDATE_VALUE, CHANGE_VALUE, CLEAR_VALUE, UPDATE_VALUE_WITH_NULL -> {
                        worker.value().setCurrentNamespace(namespace);
                        changeValue(step, worker, cell);
                        yield StateKind.VALUE;
                    }
                    case ADD_TO_LIST, ADD_ALL_TO_LIST, UPDATE_LIST, CLEAR_LIST -> {
                        worker.list().setCurrentNamespace(namespace);
                        changeList(step, worker, model.list(cell));
                        yield StateKind.LIST;
                    }
                    case ADD_TO_REDUCING -> {
                        worker.reducing().setCurrentNamespace(namespace);
                        worker.reducing().add(new ArrayList<>(List.of((float) step.b())));
                        model.reducing(cell).add((float) step.b());
                        yield StateKind.REDUCING;
                    }
                    case CLEAR_REDUCING -> {
                        worker.reducing().setCurrentNamespace(namespace);
                        worker.reducing().clear();
                        model.reducing.remove(cell);
                        yield StateKind.REDUCING;
                    }
                    case ADD_TO_AGGREGATING -> {
                        char letter = (char) ('!' + step.b() % 90);
                        worker.aggregating().setCurrentNamespace(namespace);
                        worker.aggregating().add(letter);
                        model.aggregating.merge(cell, String.valueOf(letter), String::concat);
                        yield StateKind.AGGREGATING;
                    }
                    case CLEAR_AGGREGATING -> {
                        worker.aggregating().setCurrentNamespace(namespace);
                        worker.aggregating().clear();
                        model.aggregating.remove(cell);
                        yield StateKind.AGGREGATING;
                    }
                    case MERGE_LISTS, MERGE_REDUCING, MERGE_AGGREGATING ->
                            merge(step, worker, cell);
                    case ADD_TIMER, REMOVE_TIMER -> {
                        changeTimers(step, worker, cell, namespace);
                        yield null;
                    }
                    default -> {
                        worker.map().setCurrentNamespace(namespace);
                        changeMap(step, worker, model.map(cell));
                        yield StateKind.MAP;
                    }
                };
        if (touched != null) {
            lookAt(worker, cell, touched);
        }
    }

    private void changeValue(Step step, Worker<K, N> worker, Cell cell) {
        switch (step.action()) {
            case UPDATE_VALUE -> {
                worker.value().update(new ArrayList<>(List.of(step.a(), step.b())));
                model.values.put(cell, new ArrayList<>(List.of(step.a(), step.b())));
            }
            case CHANGE_VALUE -> {
                List<Integer> read = worker.value().value();
                List<Integer> changed = read == null ? new ArrayList<>() : read;
                changed.add(step.b());
                worker.value().update(changed);
                model.value(cell).add(step.b());
            }
            case CLEAR_VALUE -> {
                worker.value().clear();
                model.values.remove(cell);
            }
            default -> {
                worker.value().update(null);
                model.values.remove(cell);
            }
        }
    }

    private void changeList(Step step, Worker<K, N> worker, List<Short> expected) {
        List<Short> several =
                Stream.iterate((short) step.b(), each -> (short) (each * 257))
                        .limit(step.a())
                        .toList();
        switch (step.action()) {
            case ADD_TO_LIST -> {
                worker.list().add((short) step.b());
                expected.add((short) step.b());
            }
            case ADD_ALL_TO_LIST -> {
                worker.list().addAll(several);
                expected.addAll(several);
            }
            case UPDATE_LIST -> {
                worker.list().update(several);
                expected.clear();
                expected.addAll(several);
            }
            default -> {
                worker.list().clear();
                expected.clear();
            }
        }
    }

    private void changeMap(Step step, Worker<K, N> worker, Map<Integer, String> expected) {
        switch (step.action()) {
            case PUT_INTO_MAP -> {
                worker.map().put(step.a(), Texts.number(step.b()));
                expected.put(step.a(), Texts.number(step.b()));
            }
            case PUT_NULL_INTO_MAP -> {
                worker.map().put(step.a(), null);
                expected.put(step.a(), null);
            }
            case PUT_ALL_INTO_MAP -> {
                Map<Integer, String> three =
                        Map.of(
                                step.a(),
                                Texts.number(step.b()),
                                step.a() + 1,
                                Texts.number(step.b() / 2),
                                -step.a() - 1,
                                Texts.number(step.b() / 3));
                worker.map().putAll(three);
                expected.putAll(three);
            }
            case REMOVE_FROM_MAP -> {
                worker.map().remove(step.a());
                expected.remove(step.a());
            }
            case REMOVE_BY_ITERATOR -> {
                Iterator<Integer> keys = worker.map().keys().iterator();
                while (keys.hasNext()) {
                    if ((keys.next() - step.a()) % 2 == 0) {
                        keys.remove();
                    }
                }
                expected.keySet().removeIf(key -> (key - step.a()) % 2 == 0);
            }
            case SET_BY_ITERATOR -> {
                for (Map.Entry<Integer, String> entry : worker.map().entries()) {
                    if (entry.getKey() % 2 == 0) {
                        entry.setValue(Texts.number(step.b()));
                    }
                }
                expected.replaceAll((key, text) -> key % 2 == 0 ? Texts.number(step.b()) : text);
            }
            default -> {
                worker.map().clear();
                expected.clear();
            }
        }
    }

    private StateKind merge(Step step, Worker<K, N> worker, Cell target) {
        N into = domain.namespaces().get(target.space());
        List<N> sources = domain.namespaces().stream().filter(each -> !each.equals(into)).toList();
        List<Cell> cells =
                Stream.iterate(0, space -> space + 1)
                        .limit(domain.namespaces().size())
                        .filter(space -> space != target.space())
                        .map(space -> new Cell(target.key(), space))
                        .toList();
        switch (step.action()) {
            case MERGE_LISTS -> {
                worker.list().mergeNamespaces(into, sources);
                for (Cell cell : cells) {
                    model.list(target).addAll(model.list(cell));
                    model.lists.remove(cell);
                }
                lookAtKey(worker, target.key(), StateKind.LIST);
                return StateKind.LIST;
            }
            case MERGE_REDUCING -> {
                worker.reducing().mergeNamespaces(into, sources);
                for (Cell cell : cells) {
                    model.reducing(target).addAll(model.reducing(cell));
                    model.reducing.remove(cell);
                }
                lookAtKey(worker, target.key(), StateKind.REDUCING);
                return StateKind.REDUCING;
            }
            default -> {
                worker.aggregating().mergeNamespaces(into, sources);
                for (Cell cell : cells) {
                    String letters = model.aggregating.remove(cell);
                    if (letters != null) {
                        model.aggregating.merge(target, letters, String::concat);
                    }
                }
                lookAtKey(worker, target.key(), StateKind.AGGREGATING);
                return StateKind.AGGREGATING;
            }
        }
    }

    // Timers

    private static long time(int number) {
        return switch (number) {
            case 0 -> Long.MIN_VALUE;
            case 1 -> Long.MAX_VALUE;
            default -> number % 25 - 12;
        };
    }

    private void changeTimers(Step step, Worker<K, N> worker, Cell cell, N namespace) {
        Alarm alarm = new Alarm(time(step.b()), cell);
        if (step.action() == Step.Action.ADD_TIMER) {
            assertThat(worker.timers().add(alarm.time(), namespace))
                    .as("is a new timer")
                    .isEqualTo(model.timers.add(alarm));
        } else {
            assertThat(worker.timers().remove(alarm.time(), namespace))
                    .as("was a timer")
                    .isEqualTo(model.timers.remove(alarm));
        }
        lookAtTimers(worker);
    }

    private List<Alarm> owned(Worker<K, N> worker) {
        return model.timers.stream()
                .filter(alarm -> worker.subtask().owns(domain.key(alarm.cell().key())))
                .toList();
    }

    private long lookAtTimers(Worker<K, N> worker) {
        List<Alarm> owned = owned(worker);
        long earliest = owned.stream().mapToLong(Alarm::time).min().orElse(Long.MAX_VALUE);
        assertThat(worker.timers().isEmpty()).as("no timers").isEqualTo(owned.isEmpty());
        assertThat(worker.timers().nextTime()).as("next time").isEqualTo(earliest);
        return earliest;
    }

    private void poll(Worker<K, N> worker) {
        long earliest = lookAtTimers(worker);
        boolean isEmpty = owned(worker).isEmpty();
        Timer<K, N> timer = worker.timers().poll();
        if (isEmpty) {
            assertThat(timer).isNull();
            return;
        }
        Alarm alarm =
                new Alarm(
                        timer.time(),
                        new Cell(
                                domain.keys().indexOf(timer.key()),
                                domain.namespaces().indexOf(timer.namespace())));
        assertThat(alarm.time()).as("time of the timer").isEqualTo(earliest);
        assertThat(model.timers.remove(alarm)).as("%s was set", timer).isTrue();
        lookAtTimers(worker);
    }

    private void drainTimers() {
        for (Worker<K, N> worker : workers) {
            while (!worker.timers().isEmpty()) {
                poll(worker);
            }
        }
        assertThat(model.timers).as("timers that never came").isEmpty();
    }

    // Comparison

    private void lookAtKey(Worker<K, N> worker, int key, StateKind kind) {
        for (int space = 0; space < domain.namespaces().size(); space++) {
            lookAt(worker, new Cell(key, space), kind);
        }
    }

    private void lookAt(Worker<K, N> worker, Cell cell, StateKind kind) {
        String found = worker.read(kind, domain.namespaces().get(cell.space()));
        String expected = model.read(kind, cell);
        if (!found.equals(expected)) {
            assertThat(found)
                    .as(
                            "%s of key %s in namespace %d",
                            kind, Texts.of(domain.key(cell.key())), cell.space())
                    .isEqualTo(expected);
        }
    }

    private void lookAtEverything() {
        for (int key = 0; key < domain.keys().size(); key++) {
            Worker<K, N> worker = worker(domain.key(key));
            worker.subtask().use(domain.key(key));
            for (StateKind kind : StateKind.values()) {
                lookAtKey(worker, key, kind);
            }
        }
        workers.forEach(this::lookAtTimers);
    }

    private void listKeys(Step step) {
        StateKind kind = StateKind.values()[step.a() % StateKind.values().length];
        int space = domain.namespaceNumber(step.space());
        Set<K> found = new HashSet<>();
        for (Worker<K, N> worker : workers) {
            for (K key : worker.keys(kind, domain.namespaces().get(space))) {
                assertThat(worker.subtask().owns(key)).as("%s owns %s", worker, key).isTrue();
                found.add(key);
            }
        }
        Set<K> expected = new HashSet<>();
        model.keys(kind, space).forEach(number -> expected.add(domain.key(number)));
        assertThat(found).as("keys of %s in namespace %d", kind, space).isEqualTo(expected);
    }
}
