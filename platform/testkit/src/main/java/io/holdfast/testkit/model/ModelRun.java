package io.holdfast.testkit.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.api.state.StateKind;
import io.holdfast.api.state.StateTtlConfig;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.RunningSnapshot;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.snapshot.SnapshotRequest;
import io.holdfast.spi.state.TimerQueue.Timer;
import io.holdfast.testkit.bench.StateBench;
import io.holdfast.testkit.bench.Subtask;
import io.holdfast.testkit.model.Checkpoints.Completed;
import io.holdfast.testkit.model.Checkpoints.Running;
import io.holdfast.testkit.model.Model.Alarm;
import io.holdfast.testkit.model.Model.Cell;
import io.holdfast.testkit.model.Model.Unit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Takes steps on the subtasks of a job and on the model, and compares. */
final class ModelRun<K, N> {
    /** Often few, as each subtask costs time. */
    private static final int[] PARALLELISMS = {1, 2, 3, 2, 1, 4, 2, 1, 3, 7};

    /** The clock at first. */
    private static final long BEGINNING = 1_000;

    /** Below this number of a step, nobody is told that a checkpoint is complete. */
    private static final int TELLS = 20;

    private final StateBench bench;
    private final Domain<K, N> domain;
    private final int maxParallelism;
    private final Coverage coverage;
    private final List<SnapshotKind> kinds;
    private final int[] groups;
    private final List<Worker<K, N>> workers = new ArrayList<>();
    private final Checkpoints checkpoints;
    private final AtomicLong clock = new AtomicLong(BEGINNING);
    private final AtomicLong watermark = new AtomicLong(Life.NOT_BEGUN);

    /** What the watermark of this job was at first. */
    private long firstWatermark;

    /** The earliest that the clock was in this job. */
    private long earliestClock = BEGINNING;

    private Program program;
    private Program next;
    private Model model = new Model();

    /**
     * A run.
     *
     * @param program what the first job is
     * @param coverage is told what happens
     */
    ModelRun(
            StateBench bench,
            Domain<K, N> domain,
            int maxParallelism,
            Program program,
            Coverage coverage) {
        this.bench = bench;
        this.domain = domain;
        this.maxParallelism = maxParallelism;
        this.program = program;
        this.next = program;
        this.coverage = coverage;
        this.checkpoints = new Checkpoints(bench.snapshots());
        this.kinds = bench.stateBackend().snapshotKinds().stream().sorted().toList();
        this.groups =
                domain.keys().stream()
                        .mapToInt(key -> KeyGroupRange.keyGroup(key, maxParallelism))
                        .toArray();
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
                    "%s: %s%n  with %s"
                            .formatted(
                                    step == null ? "at the end" : step.describe(number, domain),
                                    e,
                                    program),
                    e);
        }
    }

    private void take(Step step) {
        switch (step.action()) {
            case LOOK -> lookAtEverything();
            case LIST_KEYS -> listKeys(step);
            case POLL_TIMER -> poll(workers.get(step.a() % workers.size()));
            case BEGIN_SNAPSHOT -> {
                if (!checkpoints.isFull()) {
                    beginSnapshot(step);
                }
            }
            case WRITE_SNAPSHOT -> {
                Running chosen = running(step);
                if (chosen != null) {
                    complete(chosen, step.b() >= TELLS);
                }
            }
            case ABORT_SNAPSHOT -> {
                Running chosen = running(step);
                if (chosen != null) {
                    abort(chosen, step.b() % 2 == 1 ? write(chosen) : List.of());
                }
            }
            case PASS_TIME -> turnClock(step.millis());
            case TURN_BACK -> turnClock(-step.millis());
            case ADVANCE_WATERMARK -> advanceWatermark(step.millis());
            case SWEEP -> sweep(step);
            case CHANGE_LIFE -> next = next.withLife(Program.kind(step.a()), step.b());
            case EVOLVE -> next = next.with(Program.kind(step.a()), step.b());
            case EVOLVE_MAP_KEYS -> next = next.withMapKeys(step.b());
            case RESTORE -> restore(step);
            case RESCALE -> rescale(step);
            case HAND_OVER -> handOver(step);
            case ADD_TIMER, REMOVE_TIMER -> changeTimers(step);
            default -> takeOnCell(step);
        }
    }

    private void turnClock(int millis) {
        earliestClock = Math.min(earliestClock, clock.addAndGet(millis));
        countFromTheBeginning();
    }

    /** The first one is one of those that an earlier job has had, too. */
    private void advanceWatermark(int millis) {
        if (watermark.get() == Life.NOT_BEGUN) {
            firstWatermark = BEGINNING + millis;
            watermark.set(firstWatermark);
        } else {
            watermark.addAndGet(millis);
        }
        countFromTheBeginning();
    }

    private void countFromTheBeginning() {
        for (StateKind kind : StateKind.values()) {
            model.change(kind, key -> true, unit -> counted(kind, unit));
        }
    }

    private Unit counted(StateKind kind, Unit unit) {
        Life life = life(kind);
        return life.counted(
                unit, Life.isByEventTime(life.config()) ? firstWatermark : earliestClock);
    }

    // Life of the job

    private void open(int parallelism, List<KeyedSnapshotHandle> handles) {
        watermark.set(Life.NOT_BEGUN);
        earliestClock = clock.get();
        int subtasks = Math.min(parallelism, maxParallelism);
        for (int i = 0; i < subtasks; i++) {
            KeyGroupRange range = KeyGroupRange.of(maxParallelism, subtasks, i);
            List<KeyedSnapshotHandle> needed =
                    handles.stream().filter(each -> each.keyGroups().overlaps(range)).toList();
            workers.add(worker(range, needed));
        }
    }

    private Worker<K, N> worker(KeyGroupRange range, List<KeyedSnapshotHandle> handles) {
        Subtask<K> subtask =
                bench.opening(domain.key())
                        .maxParallelism(maxParallelism)
                        .keyGroups(range)
                        .from(handles)
                        .open();
        return new Worker<>(
                subtask, domain.namespace().duplicate(), program, clock::get, watermark::get);
    }

    private static int parallelism(Step step) {
        return PARALLELISMS[step.b() % PARALLELISMS.length];
    }

    private void restore(Step step) {
        restore(checkpoints.completed(step.a()), parallelism(step));
        if (step.b() % 3 == 0) {
            lookAtEverything();
        }
    }

    /** Goes on in other subtasks from a checkpoint, or from nothing if there is none. */
    private void restore(Completed chosen, int parallelism) {
        checkpoints.running().forEach(each -> abort(each, List.of()));
        workers.forEach(worker -> worker.subtask().close());
        workers.clear();
        if (chosen == null) {
            model = new Model();
            program = next;
            open(parallelism, List.of());
            return;
        }
        model = chosen.content().copy();
        model.change(unit -> unit.mayBeCut(false));
        program = next.after(chosen.program());
        coverage.restored(chosen, program);
        open(parallelism, chosen.handles());
    }

    /** States that nobody has asked for since the last time pass through unread. */
    private void rescale(Step step) {
        if (checkpoints.isFull()) {
            abort(checkpoints.running().get(0), List.of());
        }
        restore(complete(beginSnapshot(step), true), parallelism(step));
    }

    /** Both are open for a while; nobody tells those that are given up anything. */
    private void handOver(Step step) {
        checkpoints.running().forEach(each -> abort(each, List.of()));
        List<Worker<K, N>> predecessors = List.copyOf(workers);
        List<Worker<K, N>> successors = new ArrayList<>();
        for (Worker<K, N> predecessor : predecessors) {
            Subtask<K> subtask = predecessor.subtask();
            successors.add(worker(subtask.keyGroups(), List.of(bench.handOver(subtask))));
        }
        boolean givenUp = step.a() % 2 == 1;
        if (!givenUp) {
            leaveOut(model);
            workers.clear();
            workers.addAll(successors);
        }
        (givenUp ? successors : predecessors).forEach(worker -> worker.subtask().close());
    }

    // Checkpoints

    private Running running(Step step) {
        List<Running> all = checkpoints.running();
        return all.isEmpty() ? null : all.get(step.a() % all.size());
    }

    private Running beginSnapshot(Step step) {
        long id = bench.nextCheckpoint();
        SnapshotKind kind = snapshotKind(step);
        SnapshotRequest request = new SnapshotRequest(id, kind, bench.snapshots());
        List<RunningSnapshot> parts = new ArrayList<>();
        workers.forEach(worker -> parts.add(bench.begin(worker.subtask(), request)));
        for (StateKind each : StateKind.values()) {
            Life life = life(each);
            clean(model, each, unit -> life.isLeftOut(unit) ? unit.mayBeCut(true) : unit);
        }
        Model content = model.copy();
        leaveOut(content);
        if (kind == SnapshotKind.INCREMENTAL) {
            content.change(unit -> unit.mayBeCut() ? unit.mayBeGone(true) : unit);
        }
        Running begun = new Running(id, kind, parts, content, program);
        checkpoints.begun(begun);
        return begun;
    }

    /** Incremental ones need a chain of them to show what they can do, so they come more often. */
    private SnapshotKind snapshotKind(Step step) {
        return step.a() % 2 == 0 && kinds.contains(SnapshotKind.INCREMENTAL)
                ? SnapshotKind.INCREMENTAL
                : kinds.get(step.a() % kinds.size());
    }

    private List<KeyedSnapshotHandle> write(Running chosen) {
        return StateBench.await(bench.run(() -> writeParts(chosen)));
    }

    private static List<KeyedSnapshotHandle> writeParts(Running chosen) throws IOException {
        List<KeyedSnapshotHandle> handles = new ArrayList<>();
        for (RunningSnapshot part : chosen.parts()) {
            handles.add(part.write());
            part.close();
        }
        return handles;
    }

    /**
     * Writes a checkpoint. Earlier ones that are under way are given up: ids of completed ones
     * grow. The subtasks may miss that it is complete, but not if an earlier one is dropped.
     */
    private Completed complete(Running chosen, boolean told) {
        List<KeyedSnapshotHandle> handles = write(chosen);
        boolean tell = told || checkpoints.dropsOne();
        Completed result = checkpoints.complete(chosen, handles);
        for (Running earlier : checkpoints.running()) {
            if (earlier.id() < chosen.id()) {
                abort(earlier, List.of());
            }
        }
        if (tell) {
            workers.forEach(worker -> worker.subtask().backend().checkpointCompleted(chosen.id()));
        }
        checkpoints.dropOldest(bench.lastCheckpoint());
        return result;
    }

    private void abort(Running chosen, List<KeyedSnapshotHandle> written) {
        chosen.parts().forEach(RunningSnapshot::close);
        workers.forEach(worker -> worker.subtask().backend().checkpointAborted(chosen.id()));
        checkpoints.abort(chosen, written);
    }

    // States

    private Worker<K, N> owner(int key) {
        for (Worker<K, N> worker : workers) {
            if (owns(worker, key)) {
                return worker;
            }
        }
        throw new AssertionError("nobody owns key group " + groups[key]);
    }

    private boolean owns(Worker<K, N> worker, int key) {
        return worker.subtask().keyGroups().contains(groups[key]);
    }

    private Worker<K, N> use(int key) {
        Worker<K, N> worker = owner(key);
        worker.subtask().backend().setCurrentKey(domain.key(key), groups[key]);
        return worker;
    }

    private Cell cell(Step step) {
        return new Cell(
                Math.floorMod(step.key(), groups.length), domain.namespaceNumber(step.space()));
    }

    private Life life(StateKind kind) {
        Optional<StateTtlConfig> config = program.life(kind);
        return new Life(config, (Life.isByEventTime(config) ? watermark : clock).get());
    }

    /** What is over, and what a snapshot that is begun now may leave out. */
    private void leaveOut(Model content) {
        for (StateKind kind : StateKind.values()) {
            Life life = life(kind);
            clean(
                    content,
                    kind,
                    unit -> life.isLeftOut(unit) ? life.cleaned(unit).mayBeCut(true) : unit);
        }
    }

    /** States that nobody asked for are not cleaned up: nobody knows that they ought to be. */
    private void clean(Model content, StateKind kind, UnaryOperator<Unit> cleaning) {
        if (program.life(kind).isPresent()) {
            content.change(kind, key -> owner(key).knows(kind), cleaning);
        }
    }

    /** Who asks for a state, takes what was restored of it as the present program has it. */
    private void ask(Worker<K, N> worker, StateKind kind) {
        if (worker.ask(kind)) {
            ContentType type = program.type(kind);
            int version = program.version(kind);
            Life life = life(kind);
            model.change(
                    kind,
                    key -> owns(worker, key),
                    unit -> counted(kind, life.takenOver(unit, type.keep(version, unit.items()))));
        }
    }

    private void sweep(Step step) {
        StateKind kind = Program.kind(step.a());
        for (Worker<K, N> worker : workers) {
            if (step.b() % 2 == 1) {
                worker.states().cleanInBackground(1 + step.b() / 4);
            } else if (program.life(kind).isPresent() && worker.knows(kind)) {
                worker.subtask().backend().sweep(kind.name(), 1 + step.b());
            }
        }
        for (StateKind each : StateKind.values()) {
            clean(model, each, life(each)::cleaned);
        }
    }

    private void ask(Worker<K, N> worker, StateKind kind, Cell cell) {
        ask(worker, kind);
        worker.use(kind, domain.namespaces().get(cell.space()));
    }

    private void takeOnCell(Step step) {
        Cell cell = cell(step);
        StateKind kind = step.action().kind();
        Worker<K, N> worker = use(cell.key());
        ask(worker, kind, cell);
        boolean isMerge = step.action().isMerge();
        settle(worker, kind, cell, isMerge);
        if (isMerge) {
            merge(kind, worker, cell);
            lookAtKey(worker, cell.key(), kind);
        } else {
            switch (kind) {
                case VALUE -> changeValue(step, worker, cell);
                case LIST -> changeList(step, worker, cell);
                case MAP -> changeMap(step, worker, cell);
                case REDUCING -> changeReducing(step, worker, cell);
                case AGGREGATING -> changeAggregating(step, worker, cell);
            }
            lookAt(worker, cell, kind);
        }
        betweenRecords(worker);
    }

    /** Looks at what may have been cleaned up, so that it is known what the step meets. */
    private void settle(Worker<K, N> worker, StateKind kind, Cell cell, boolean allNamespaces) {
        for (int space = 0; space < domain.namespaces().size(); space++) {
            Cell other = new Cell(cell.key(), space);
            if ((allNamespaces || other.equals(cell)) && model.isDoubtful(kind, other)) {
                ask(worker, kind, other);
                lookAt(worker, other, kind);
            }
        }
        ask(worker, kind, cell);
    }

    private void betweenRecords(Worker<K, N> worker) {
        worker.states().betweenRecords();
        for (StateKind kind : StateKind.values()) {
            if (worker.knows(kind)
                    && program.life(kind)
                            .flatMap(config -> config.cleanUp().incremental())
                            .isPresent()) {
                model.change(kind, key -> owns(worker, key), life(kind)::cleaned);
            }
        }
    }

    /** What a step stores, as far as the present program has room for it. */
    private List<Item> items(Step step, StateKind kind) {
        ContentType type = program.type(kind);
        return type.isList()
                ? List.of(item(step, kind, 0), item(step, kind, 1))
                : one(step, kind, 0);
    }

    private List<Item> one(Step step, StateKind kind, int part) {
        return List.of(item(step, kind, part));
    }

    private Item item(Step step, StateKind kind, int part) {
        ContentType type = program.type(kind);
        int version = program.version(kind);
        Item whole =
                new Item(
                        step.number() * 8L + part + (step.b() % 2) * type.widest(version),
                        Texts.number((step.b() + part) % 100),
                        step.b() % 3 == 0 ? null : step.b());
        return type.shapes().get(version).keep(whole);
    }

    /** Items as they are stored, in objects of their own; none are null. */
    private Object stored(StateKind kind, List<Item> items) {
        return items.isEmpty() ? null : program.type(kind).stored(program.version(kind), items);
    }

    /** What a function makes of what is there, if it gets that, and something more. */
    private Unit combined(StateKind kind, Unit first, Unit second) {
        Life life = life(kind);
        if (first == null || !life.isSeen(first)) {
            return second;
        }
        return life.isSeen(second)
                ? life.stored(
                        program.type(kind)
                                .combined(program.version(kind), first.items(), second.items()))
                : first;
    }

    private void changeValue(Step step, Worker<K, N> worker, Cell cell) {
        StateKind kind = StateKind.VALUE;
        List<Item> items = items(step, kind);
        Unit added = life(kind).stored(items);
        switch (step.action()) {
            case UPDATE_VALUE -> {
                worker.value().update(stored(kind, items));
                model.put(kind, cell, Model.ONLY, added);
            }
            case CHANGE_VALUE -> {
                Object read = worker.value().value();
                Object more = stored(kind, items);
                worker.value()
                        .update(
                                read == null
                                        ? more
                                        : program.type(kind)
                                                .combine(program.version(kind), read, more));
                model.put(kind, cell, Model.ONLY, combined(kind, model.only(kind, cell), added));
            }
            case CLEAR_VALUE -> {
                worker.value().clear();
                model.clear(kind, cell);
            }
            default -> {
                worker.value().update(null);
                model.clear(kind, cell);
            }
        }
    }

    private void changeList(Step step, Worker<K, N> worker, Cell cell) {
        StateKind kind = StateKind.LIST;
        List<Item> items = new ArrayList<>();
        List<Object> elements = new ArrayList<>();
        int count = step.action() == Step.Action.ADD_TO_LIST ? 1 : step.a();
        for (int i = 0; i < count; i++) {
            items.add(item(step, kind, i));
            elements.add(stored(kind, one(step, kind, i)));
        }
        switch (step.action()) {
            case ADD_TO_LIST -> worker.list().add(elements.get(0));
            case ADD_ALL_TO_LIST -> worker.list().addAll(elements);
            case UPDATE_LIST -> {
                worker.list().update(elements);
                model.clear(kind, cell);
            }
            default -> {
                worker.list().clear();
                model.clear(kind, cell);
                return;
            }
        }
        Life life = life(kind);
        items.forEach(item -> model.append(kind, cell, life.stored(List.of(item))));
    }

    private void changeMap(Step step, Worker<K, N> worker, Cell cell) {
        StateKind kind = StateKind.MAP;
        List<Item> items = one(step, kind, 0);
        Life life = life(kind);
        switch (step.action()) {
            case PUT_INTO_MAP -> {
                worker.map().put(worker.mapKey(step.a()), stored(kind, items));
                model.put(kind, cell, step.a(), life.stored(items));
            }
            case PUT_NULL_INTO_MAP -> {
                worker.map().put(worker.mapKey(step.a()), null);
                model.put(kind, cell, step.a(), life.stored(List.of()));
            }
            case PUT_ALL_INTO_MAP -> {
                Map<Object, Object> three = new LinkedHashMap<>();
                for (int i = 0; i < 3; i++) {
                    int mapKey = i < 2 ? step.a() + i : -step.a() - 1;
                    three.put(worker.mapKey(mapKey), stored(kind, one(step, kind, i)));
                    model.put(kind, cell, mapKey, life.stored(one(step, kind, i)));
                }
                worker.map().putAll(three);
            }
            case REMOVE_FROM_MAP -> {
                worker.map().remove(worker.mapKey(step.a()));
                model.remove(kind, cell, step.a());
            }
            case REMOVE_BY_ITERATOR -> {
                Iterator<Object> keys = worker.map().keys().iterator();
                while (keys.hasNext()) {
                    if ((worker.place(keys.next()) - step.a()) % 2 == 0) {
                        keys.remove();
                    }
                }
                goThrough(
                        cell,
                        (mapKey, unit) -> (mapKey - step.a()) % 2 == 0 ? null : life.read(unit));
            }
            case SET_BY_ITERATOR -> {
                for (Map.Entry<Object, Object> entry : worker.map().entries()) {
                    if (worker.place(entry.getKey()) % 2 == 0) {
                        entry.setValue(stored(kind, items));
                    }
                }
                goThrough(
                        cell,
                        (mapKey, unit) -> mapKey % 2 == 0 ? life.stored(items) : life.read(unit));
            }
            default -> {
                worker.map().clear();
                model.clear(kind, cell);
            }
        }
    }

    /** Goes through a map: what is over and was not set anew is gone then. */
    private void goThrough(Cell cell, BiFunction<Integer, Unit, Unit> change) {
        Life life = life(StateKind.MAP);
        Map<Integer, Unit> before = Map.copyOf(model.places(StateKind.MAP, cell));
        before.forEach(
                (mapKey, unit) -> {
                    Unit after = life.isSeen(unit) ? change.apply(mapKey, unit) : null;
                    if (after == null) {
                        model.remove(StateKind.MAP, cell, mapKey);
                    } else {
                        model.put(StateKind.MAP, cell, mapKey, after);
                    }
                });
    }

    private void changeReducing(Step step, Worker<K, N> worker, Cell cell) {
        StateKind kind = StateKind.REDUCING;
        if (step.action() == Step.Action.CLEAR_REDUCING) {
            worker.reducing().clear();
            model.clear(kind, cell);
            return;
        }
        List<Item> items = items(step, kind);
        worker.reducing().add(stored(kind, items));
        model.put(
                kind,
                cell,
                Model.ONLY,
                combined(kind, model.only(kind, cell), life(kind).stored(items)));
    }

    private void changeAggregating(Step step, Worker<K, N> worker, Cell cell) {
        StateKind kind = StateKind.AGGREGATING;
        if (step.action() == Step.Action.CLEAR_AGGREGATING) {
            worker.aggregating().clear();
            model.clear(kind, cell);
            return;
        }
        List<Item> items = items(step, kind);
        worker.aggregating().add(items);
        Life life = life(kind);
        Unit before = model.only(kind, cell);
        if (before == null || !life.isSeen(before)) {
            ContentType type = program.type(kind);
            before = life.stored(type.keep(program.version(kind), type.beginning()));
        }
        model.put(kind, cell, Model.ONLY, combined(kind, before, life.stored(items)));
    }

    private void merge(StateKind kind, Worker<K, N> worker, Cell target) {
        N into = domain.namespaces().get(target.space());
        List<N> sources = new ArrayList<>();
        for (int space = 0; space < domain.namespaces().size(); space++) {
            if (space != target.space()) {
                sources.add(domain.namespaces().get(space));
                Cell source = new Cell(target.key(), space);
                for (Unit unit : model.places(kind, source).values()) {
                    if (kind == StateKind.LIST) {
                        model.append(kind, target, unit);
                    } else {
                        Unit before = model.only(kind, target);
                        model.put(kind, target, Model.ONLY, combined(kind, before, unit));
                    }
                }
                model.clear(kind, source);
            }
        }
        switch (kind) {
            case LIST -> worker.list().mergeNamespaces(into, sources);
            case REDUCING -> worker.reducing().mergeNamespaces(into, sources);
            case AGGREGATING -> worker.aggregating().mergeNamespaces(into, sources);
            default -> throw new IllegalArgumentException(kind + " is not merged");
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

    private void changeTimers(Step step) {
        Cell cell = cell(step);
        Worker<K, N> worker = use(cell.key());
        N namespace = domain.namespaces().get(cell.space());
        Alarm alarm = new Alarm(time(step.b()), cell);
        if (step.action() == Step.Action.ADD_TIMER) {
            boolean isNew = worker.timers().add(alarm.time(), namespace);
            Worker.expect(isNew == model.timers.add(alarm), "new as the model says: %s", alarm);
        } else {
            boolean wasThere = worker.timers().remove(alarm.time(), namespace);
            Worker.expect(
                    wasThere == model.timers.remove(alarm), "there as the model says: %s", alarm);
        }
        lookAtTimers(worker);
    }

    /** The time of the earliest timer; null if there is none. */
    private Long earliest(Worker<K, N> worker) {
        Long earliest = null;
        for (Alarm alarm : model.timers) {
            if (owns(worker, alarm.cell().key()) && (earliest == null || alarm.time() < earliest)) {
                earliest = alarm.time();
            }
        }
        return earliest;
    }

    private Long lookAtTimers(Worker<K, N> worker) {
        Long earliest = earliest(worker);
        Worker.expect(worker.timers().isEmpty() == (earliest == null), "timers until %d", earliest);
        long time = earliest == null ? Long.MAX_VALUE : earliest;
        Worker.expect(
                worker.timers().nextTime() == time,
                "next time %d is %d",
                worker.timers().nextTime(),
                time);
        return earliest;
    }

    private void poll(Worker<K, N> worker) {
        Long earliest = lookAtTimers(worker);
        Timer<K, N> timer = worker.timers().poll();
        if (earliest == null) {
            assertThat(timer).isNull();
            return;
        }
        Alarm alarm =
                new Alarm(
                        timer.time(),
                        new Cell(
                                domain.keys().indexOf(timer.key()),
                                domain.namespaces().indexOf(timer.namespace())));
        Worker.expect(alarm.time() == earliest, "time %d of a timer is %d", alarm.time(), earliest);
        Worker.expect(model.timers.remove(alarm), "%s was set", timer);
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
            Cell cell = new Cell(key, space);
            ask(worker, kind, cell);
            lookAt(worker, cell, kind);
        }
    }

    private void lookAt(Worker<K, N> worker, Cell cell, StateKind kind) {
        Life life = life(kind);
        coverage.lookedAt(model.places(kind, cell).values(), life);
        boolean again =
                model.places(kind, cell).values().stream().anyMatch(life::mayHaveBeenTheLastRead);
        compare(worker, cell, kind);
        if (again) {
            compare(worker, cell, kind);
            model.settled(kind, cell);
        }
        if (kind == StateKind.MAP) {
            worker.expectMap(model.places(kind, cell));
        }
    }

    private void compare(Worker<K, N> worker, Cell cell, StateKind kind) {
        NavigableMap<Integer, Unit> expected = model.places(kind, cell);
        NavigableMap<Integer, List<Item>> found = worker.read(kind);
        if (!model.read(kind, cell, found, life(kind))) {
            throw new AssertionError(
                    "%s of key %s in namespace %d%n  holds     %s%n  should be %s at %d"
                            .formatted(
                                    program.describe(kind),
                                    Texts.brief(domain.key(cell.key())),
                                    cell.space(),
                                    found,
                                    expected,
                                    life(kind).now()));
        }
    }

    private void lookAtEverything() {
        for (int key = 0; key < groups.length; key++) {
            Worker<K, N> worker = use(key);
            for (StateKind kind : StateKind.values()) {
                lookAtKey(worker, key, kind);
            }
        }
        workers.forEach(this::lookAtTimers);
    }

    private void listKeys(Step step) {
        StateKind kind = Program.kind(step.a());
        int space = domain.namespaceNumber(step.space());
        Set<K> found = new HashSet<>();
        for (Worker<K, N> worker : workers) {
            ask(worker, kind);
            for (K key : worker.keys(kind, domain.namespaces().get(space))) {
                Worker.expect(worker.subtask().owns(key), "%s owns %s", worker.subtask(), key);
                found.add(key);
            }
        }
        Worker.expect(
                found.containsAll(keys(model.keys(kind, space, false)))
                        && keys(model.keys(kind, space, true)).containsAll(found),
                "keys %s of %s in namespace %d are %s",
                found,
                kind,
                space,
                keys(model.keys(kind, space, true)));
    }

    private Set<K> keys(Set<Integer> numbers) {
        Set<K> keys = new HashSet<>();
        numbers.forEach(number -> keys.add(domain.key(number)));
        return keys;
    }
}
