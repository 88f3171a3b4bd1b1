package io.holdfast.runtime.checkpoint;

import io.holdfast.api.error.Problem;
import io.holdfast.runtime.checkpoint.RestoredOperator.StatePart;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle.ByKeyGroup;
import io.holdfast.toolkit.metadata.CheckpointMetadata;
import io.holdfast.toolkit.metadata.OperatorMetadata;
import io.holdfast.toolkit.metadata.OperatorSnapshot;
import io.holdfast.toolkit.metadata.OperatorStateHandle;
import io.holdfast.toolkit.metadata.OperatorStateHandle.NamedState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Who gets which state when a job starts from a checkpoint, possibly with another parallelism.
 * Immutable.
 *
 * <ul>
 *   <li>Keyed state: each subtask gets every snapshot that holds one of its key groups.
 *   <li>Raw keyed state: the same; a subtask reads no more than its key groups there.
 *   <li>{@code SPLIT}: with the parallelism unchanged each subtask gets its own elements; otherwise
 *       all elements, in the order of the old subtasks, are dealt out in turn like cards.
 *   <li>{@code UNION}: each subtask gets all elements, in the order of the old subtasks.
 *   <li>{@code BROADCAST}: each subtask gets one of the copies.
 * </ul>
 */
public final class RestorePlan {
    private static final RestorePlan NONE = new RestorePlan(Optional.empty(), Map.of(), Map.of());

    private final Optional<CheckpointMetadata> metadata;
    private final Map<String, OperatorMetadata> stored;
    private final Map<String, List<RestoredOperator>> restored;

    private RestorePlan(
            Optional<CheckpointMetadata> metadata,
            Map<String, OperatorMetadata> stored,
            Map<String, List<RestoredOperator>> restored) {
        this.metadata = metadata;
        this.stored = stored;
        this.restored = restored;
    }

    /**
     * The plan of a job that starts afresh.
     *
     * @return a plan with nothing in it
     */
    public static RestorePlan none() {
        return NONE;
    }

    /**
     * Plans a restore.
     *
     * @param pointer where the checkpoint lies, for messages
     * @param metadata what the checkpoint holds, verified
     * @param job every operator of the job
     * @param ignoreUnclaimed whether state of operators that the job does not have is left behind
     *     instead of refused
     * @return the plan
     * @throws io.holdfast.api.error.HoldfastException SNAPSHOT-4301 if max parallelisms differ,
     *     SNAPSHOT-4302 if there is unclaimed state, SNAPSHOT-4303 if a parallelism is above the
     *     stored max parallelism, SNAPSHOT-4304 if key groups are missing
     */
    public static RestorePlan of(
            String pointer,
            CheckpointMetadata metadata,
            List<OperatorLayout> job,
            boolean ignoreUnclaimed) {
        Map<String, OperatorMetadata> stored =
                metadata.operators().stream()
                        .collect(Collectors.toMap(OperatorMetadata::id, operator -> operator));
        if (!ignoreUnclaimed) {
            refuseUnclaimed(pointer, metadata, job);
        }
        Map<String, List<RestoredOperator>> restored = new LinkedHashMap<>();
        for (OperatorLayout layout : job) {
            OperatorMetadata operator = stored.get(layout.id());
            restored.put(
                    layout.id(),
                    operator == null ? nothing(layout) : subtasks(pointer, operator, layout));
        }
        return new RestorePlan(Optional.of(metadata), Map.copyOf(stored), Map.copyOf(restored));
    }

    /**
     * What the plan was made from.
     *
     * @return the metadata, or empty for a job that starts afresh
     */
    public Optional<CheckpointMetadata> metadata() {
        return metadata;
    }

    /**
     * What one subtask starts with.
     *
     * @param operatorId an operator of the job
     * @param subtask which of its subtasks
     * @return its state
     */
    public RestoredOperator restored(String operatorId, int subtask) {
        if (metadata.isEmpty()) {
            return RestoredOperator.FRESH;
        }
        return restored.get(operatorId).get(subtask);
    }

    /**
     * The max parallelism that an operator's stored state asks for.
     *
     * @param operatorId an operator of the job
     * @return the number of key groups, or empty if nothing is stored of the operator
     */
    public OptionalInt maxParallelism(String operatorId) {
        OperatorMetadata operator = stored.get(operatorId);
        return operator == null ? OptionalInt.empty() : OptionalInt.of(operator.maxParallelism());
    }

    private static void refuseUnclaimed(
            String pointer, CheckpointMetadata metadata, List<OperatorLayout> job) {
        List<String> known = job.stream().map(OperatorLayout::id).toList();
        List<OperatorMetadata> unclaimed =
                metadata.operators().stream()
                        .filter(operator -> operator.hasState() && !known.contains(operator.id()))
                        .toList();
        if (unclaimed.isEmpty()) {
            return;
        }
        Problem.Builder problem =
                Problem.user(
                        "SNAPSHOT-4302",
                        "%s holds state of %d operators that the job does not have."
                                .formatted(pointer, unclaimed.size()));
        unclaimed.forEach(
                operator ->
                        problem.with(
                                "not in job", operator.name() + " (id " + operator.id() + ")"));
        job.forEach(layout -> problem.with("in job", layout.name() + " (id " + layout.id() + ")"));
        throw problem.advise(
                        "give the operators the ids they had, or set"
                                + " execution.state-recovery.ignore-unclaimed-state to leave that"
                                + " state behind")
                .exception();
    }

    private static List<RestoredOperator> nothing(OperatorLayout layout) {
        RestoredOperator empty = new RestoredOperator(true, List.of(), List.of(), List.of());
        return Collections.nCopies(layout.parallelism(), empty);
    }

    private static List<RestoredOperator> subtasks(
            String pointer, OperatorMetadata operator, OperatorLayout layout) {
        List<List<KeyedSnapshotHandle>> keyed = keyed(pointer, operator, layout);
        List<List<ByKeyGroup>> rawKeyed = rawKeyed(pointer, operator, layout);
        List<List<StatePart>> parts = parts(operator, layout.parallelism());
        List<RestoredOperator> subtasks = new ArrayList<>();
        for (int i = 0; i < layout.parallelism(); i++) {
            subtasks.add(new RestoredOperator(true, keyed.get(i), rawKeyed.get(i), parts.get(i)));
        }
        return List.copyOf(subtasks);
    }

    private static List<List<KeyedSnapshotHandle>> keyed(
            String pointer, OperatorMetadata operator, OperatorLayout layout) {
        List<KeyedSnapshotHandle> all =
                operator.subtasks().stream().flatMap(subtask -> subtask.keyed().stream()).toList();
        List<List<KeyedSnapshotHandle>> bySubtask = overlapping(pointer, operator, layout, all);
        for (int i = 0; i < layout.parallelism() && !all.isEmpty(); i++) {
            refuseGaps(pointer, operator, wanted(operator, layout, i), bySubtask.get(i));
        }
        return bySubtask;
    }

    /** There may be gaps: a subtask that wrote nothing has no stream. */
    private static List<List<ByKeyGroup>> rawKeyed(
            String pointer, OperatorMetadata operator, OperatorLayout layout) {
        List<ByKeyGroup> all =
                operator.subtasks().stream()
                        .flatMap(subtask -> subtask.rawKeyed().stream())
                        .toList();
        return overlapping(pointer, operator, layout, all);
    }

    private static KeyGroupRange wanted(
            OperatorMetadata operator, OperatorLayout layout, int subtask) {
        return KeyGroupRange.of(operator.maxParallelism(), layout.parallelism(), subtask);
    }

    /** For each subtask, those that hold one of its key groups. */
    private static <H extends KeyedSnapshotHandle> List<List<H>> overlapping(
            String pointer, OperatorMetadata operator, OperatorLayout layout, List<H> all) {
        if (all.isEmpty()) {
            return Collections.nCopies(layout.parallelism(), List.of());
        }
        checkMaxParallelism(pointer, operator, layout);
        List<List<H>> bySubtask = new ArrayList<>();
        for (int i = 0; i < layout.parallelism(); i++) {
            KeyGroupRange wanted = wanted(operator, layout, i);
            bySubtask.add(
                    all.stream().filter(handle -> handle.keyGroups().overlaps(wanted)).toList());
        }
        return bySubtask;
    }

    private static void checkMaxParallelism(
            String pointer, OperatorMetadata operator, OperatorLayout layout) {
        int stored = operator.maxParallelism();
        int wanted = layout.maxParallelism().orElse(stored);
        if (wanted != stored) {
            throw Problem.user(
                            "SNAPSHOT-4301",
                            "Operator '%s' has max parallelism %d, its state was stored with %d."
                                    .formatted(layout.name(), wanted, stored))
                    .with("state", pointer)
                    .with("operator", layout.id())
                    .advise(
                            "set the max parallelism of the job to "
                                    + stored
                                    + ", or leave it open")
                    .exception();
        }
        if (layout.parallelism() > stored) {
            throw Problem.user(
                            "SNAPSHOT-4303",
                            "Operator '%s' has parallelism %d, its state allows up to %d."
                                    .formatted(layout.name(), layout.parallelism(), stored))
                    .with("state", pointer + ", stored with max parallelism " + stored)
                    .with("operator", layout.id())
                    .advise("set the parallelism to " + stored + " or less")
                    .exception();
        }
    }

    // State that is silently absent would look like an empty state.
    private static void refuseGaps(
            String pointer,
            OperatorMetadata operator,
            KeyGroupRange wanted,
            List<KeyedSnapshotHandle> found) {
        boolean[] covered = new boolean[wanted.size()];
        for (KeyedSnapshotHandle handle : found) {
            int from = Math.max(handle.keyGroups().first(), wanted.first());
            int to = Math.min(handle.keyGroups().last(), wanted.last());
            Arrays.fill(covered, from - wanted.first(), to - wanted.first() + 1, true);
        }
        for (int i = 0; i < covered.length; i++) {
            if (!covered[i]) {
                throw Problem.data(
                                "SNAPSHOT-4304",
                                "%s has no state of key group %d of operator '%s'."
                                        .formatted(pointer, wanted.first() + i, operator.name()))
                        .with(
                                "found",
                                operator.subtasks().stream()
                                        .flatMap(subtask -> subtask.keyed().stream())
                                        .map(handle -> handle.keyGroups().toString())
                                        .sorted()
                                        .collect(Collectors.joining(", ")))
                        .with("expected", "0.." + (operator.maxParallelism() - 1))
                        .advise("restore from another checkpoint")
                        .exception();
            }
        }
    }

    /** The elements of one state that one old subtask stored. */
    private record Stored(int subtask, OperatorStateHandle handle, NamedState state) {
        StatePart part(long[] offsets) {
            return new StatePart(
                    state.name(),
                    state.distribution(),
                    state.serializers(),
                    offsets,
                    handle.data());
        }
    }

    private static List<List<StatePart>> parts(OperatorMetadata operator, int parallelism) {
        List<List<StatePart>> bySubtask = new ArrayList<>();
        for (int i = 0; i < parallelism; i++) {
            bySubtask.add(new ArrayList<>());
        }
        for (List<Stored> state : statesByName(operator).values()) {
            switch (state.get(0).state().distribution()) {
                case SPLIT -> deal(state, operator.parallelism(), bySubtask);
                case UNION ->
                        bySubtask.forEach(
                                parts ->
                                        state.stream()
                                                .filter(old -> old.state().offsets().length > 0)
                                                .map(old -> old.part(old.state().offsets()))
                                                .forEach(parts::add));
                case BROADCAST -> {
                    for (int i = 0; i < parallelism; i++) {
                        Stored copy = state.get(i % state.size());
                        bySubtask.get(i).add(copy.part(copy.state().offsets()));
                    }
                }
            }
        }
        return bySubtask;
    }

    private static Map<String, List<Stored>> statesByName(OperatorMetadata operator) {
        Map<String, List<Stored>> byName = new TreeMap<>();
        for (int i = 0; i < operator.parallelism(); i++) {
            OperatorSnapshot subtask = operator.subtasks().get(i);
            if (subtask.operatorState().isPresent()) {
                OperatorStateHandle handle = subtask.operatorState().get();
                for (NamedState state : handle.states()) {
                    byName.computeIfAbsent(state.name(), name -> new ArrayList<>())
                            .add(new Stored(i, handle, state));
                }
            }
        }
        return byName;
    }

    private static void deal(
            List<Stored> state, int oldParallelism, List<List<StatePart>> bySubtask) {
        int parallelism = bySubtask.size();
        int next = 0;
        for (Stored old : state) {
            long[] offsets = old.state().offsets();
            if (parallelism == oldParallelism) {
                if (offsets.length > 0) {
                    bySubtask.get(old.subtask()).add(old.part(offsets));
                }
                continue;
            }
            for (int i = 0; i < Math.min(parallelism, offsets.length); i++) {
                long[] hand = new long[(offsets.length - i + parallelism - 1) / parallelism];
                for (int j = 0; j < hand.length; j++) {
                    hand[j] = offsets[i + j * parallelism];
                }
                bySubtask.get((next + i) % parallelism).add(old.part(hand));
            }
            next = (next + offsets.length) % parallelism;
        }
    }
}
