package io.holdfast.runtime.checkpoint;

import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle.ByKeyGroup;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle.Incremental;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle.NamedStream;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.snapshot.SnapshotOutput;
import io.holdfast.spi.snapshot.SnapshotScope;
import io.holdfast.spi.snapshot.SnapshotSink;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.toolkit.metadata.OperatorSnapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One subtask of one operator with keyed state, held by a small incremental backend: each snapshot
 * adds a shared file and refers to those of the newest completed checkpoint it knows, of which it
 * forgets the oldest now and then.
 */
final class FakeTask implements CheckpointTask {
    static final String OPERATOR = "op";
    static final int MAX_PARALLELISM = 8;

    final List<Barrier> barriers = new ArrayList<>();
    final List<String> told = new ArrayList<>();
    private final int subtask;
    private final int parallelism;
    private final boolean source;
    private final Map<Long, List<NamedStream>> taken = new TreeMap<>();
    private List<NamedStream> base = List.of();

    FakeTask(int subtask, int parallelism, boolean source) {
        this.subtask = subtask;
        this.parallelism = parallelism;
        this.source = source;
    }

    static OperatorLayout layout(int parallelism) {
        return new OperatorLayout(OPERATOR, "operator", parallelism, MAX_PARALLELISM);
    }

    /** Tasks of one operator, the first of them a source. */
    static List<FakeTask> tasks(int parallelism) {
        List<FakeTask> tasks = new ArrayList<>();
        for (int i = 0; i < parallelism; i++) {
            tasks.add(new FakeTask(i, parallelism, i == 0));
        }
        return tasks;
    }

    @Override
    public String name() {
        return "task-" + subtask;
    }

    @Override
    public int subtask() {
        return subtask;
    }

    @Override
    public List<String> operatorIds() {
        return List.of(OPERATOR);
    }

    @Override
    public boolean isSource() {
        return source;
    }

    @Override
    public void trigger(Barrier barrier) {
        barriers.add(barrier);
    }

    @Override
    public void completed(long checkpointId) {
        told.add("completed " + checkpointId);
        List<NamedStream> known = taken.get(checkpointId);
        if (known != null) {
            base = known;
        }
        taken.keySet().removeIf(id -> id <= checkpointId);
    }

    @Override
    public void aborted(long checkpointId) {
        told.add("aborted " + checkpointId);
        taken.remove(checkpointId);
    }

    /** Starts with what an earlier task stored. */
    void restore(OperatorSnapshot snapshot) {
        if (snapshot.keyed().get(0) instanceof Incremental incremental) {
            base = incremental.shared();
        }
    }

    /** Takes a snapshot, as the backend's kind. */
    Map<String, OperatorSnapshot> snapshot(Barrier barrier) throws IOException {
        return snapshot(barrier, 0);
    }

    /**
     * Takes a snapshot.
     *
     * @param drop how many of the oldest shared files it does not need any more
     */
    Map<String, OperatorSnapshot> snapshot(Barrier barrier, int drop) throws IOException {
        KeyGroupRange range = KeyGroupRange.of(MAX_PARALLELISM, parallelism, subtask);
        StreamHandle own = write(barrier.sink(), SnapshotScope.EXCLUSIVE, barrier.checkpointId());
        KeyedSnapshotHandle keyed;
        if (barrier.kind() == SnapshotKind.INCREMENTAL) {
            List<NamedStream> shared =
                    new ArrayList<>(base.subList(Math.min(drop, base.size()), base.size()));
            StreamHandle added =
                    write(barrier.sink(), SnapshotScope.SHARED, barrier.checkpointId());
            shared.add(new NamedStream(barrier.checkpointId() + ".sst", added));
            taken.put(barrier.checkpointId(), shared);
            keyed =
                    new Incremental(
                            range,
                            "fake/1",
                            "backend-" + subtask,
                            barrier.checkpointId(),
                            own,
                            shared,
                            List.of());
        } else {
            keyed = new ByKeyGroup(range, "fake/1", new long[range.size()], own);
        }
        return Map.of(OPERATOR, new OperatorSnapshot(List.of(keyed), Optional.empty()));
    }

    private StreamHandle write(SnapshotSink sink, SnapshotScope scope, long id) throws IOException {
        try (SnapshotOutput out = sink.create(scope)) {
            out.write(
                    "%s of %d in %s".formatted(name(), id, scope).getBytes(StandardCharsets.UTF_8));
            return out.finish();
        }
    }
}
