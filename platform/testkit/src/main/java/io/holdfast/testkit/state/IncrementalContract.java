package io.holdfast.testkit.state;

import static io.holdfast.testkit.state.Content.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.api.serialization.Serializers;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.testkit.bench.StateBench;
import io.holdfast.testkit.bench.Subtask;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * An incremental snapshot writes what has changed and refers to the files of completed checkpoints
 * for the rest: never to what may be gone when it is restored. Skipped for backends that do not
 * announce such snapshots; what holds for every kind is in {@link SnapshotContract}.
 */
public abstract class IncrementalContract extends StateContract {
    private static final List<String> KEYS = EveryKind.keys(40);

    /** For subclasses. */
    protected IncrementalContract() {}

    @BeforeEach
    void skipUnlessAnnounced() {
        assumeTaken(SnapshotKind.INCREMENTAL);
    }

    private KeyedSnapshotHandle written(Subtask<String> subtask) {
        return bench.snapshot(subtask, SnapshotKind.INCREMENTAL);
    }

    private KeyedSnapshotHandle completed(Subtask<String> subtask) {
        KeyedSnapshotHandle handle = written(subtask);
        subtask.backend().checkpointCompleted(bench.lastCheckpoint());
        return handle;
    }

    private static Set<StreamHandle.InFile> files(KeyedSnapshotHandle handle) {
        return handle.streams()
                .filter(StreamHandle.InFile.class::isInstance)
                .map(StreamHandle.InFile.class::cast)
                .collect(Collectors.toSet());
    }

    private static long bytesBeyond(KeyedSnapshotHandle handle, KeyedSnapshotHandle earlier) {
        return files(handle).stream()
                .filter(file -> !files(earlier).contains(file))
                .mapToLong(StreamHandle.InFile::length)
                .sum();
    }

    /** Removes the files of a checkpoint that another one does not refer to. */
    private void discard(KeyedSnapshotHandle handle, KeyedSnapshotHandle kept) {
        Set<StreamHandle.InFile> needed = files(kept);
        files(handle).stream()
                .filter(file -> !needed.contains(file))
                .forEach(bench.snapshots()::remove);
    }

    private Content contentOf(KeyedSnapshotHandle handle) {
        try (Subtask<String> subtask = restore(handle)) {
            return new EveryKind(subtask).content(KEYS);
        }
    }

    @Test
    void whatIsInACompletedCheckpointIsNotWrittenAgain() {
        Subtask<String> subtask = open();
        EveryKind states = new EveryKind(subtask);
        states.fill(EveryKind.keys(1_000), 1);
        Content content = states.content(KEYS);
        subtask = restart(subtask, SnapshotKind.CANONICAL);
        new EveryKind(subtask);
        KeyedSnapshotHandle first = completed(subtask);

        KeyedSnapshotHandle second = completed(subtask);
        KeyedSnapshotHandle third = written(subtask);

        long all = files(first).stream().mapToLong(StreamHandle.InFile::length).sum();
        assertThat(bytesBeyond(second, first)).isLessThan(all / 10);
        assertThat(bytesBeyond(third, second)).isLessThan(all / 10);
        assertThat(contentOf(third)).isEqualTo(content);
    }

    @Test
    void aCheckpointThatWasAbortedIsNotReferredTo() {
        Subtask<String> subtask = open();
        EveryKind states = new EveryKind(subtask);
        states.fill(KEYS, 1);
        KeyedSnapshotHandle first = completed(subtask);
        states.change(KEYS.subList(0, 9), 1);
        KeyedSnapshotHandle aborted = written(subtask);
        subtask.backend().checkpointAborted(bench.lastCheckpoint());
        discard(aborted, first);
        Content content = states.content(KEYS);

        KeyedSnapshotHandle second = completed(subtask);
        states.change(KEYS.subList(5, 20), 2);
        Content later = states.content(KEYS);
        KeyedSnapshotHandle third = completed(subtask);

        assertThat(contentOf(second)).isEqualTo(content);
        assertThat(contentOf(third)).isEqualTo(later);
    }

    @Test
    void aCheckpointThatNobodyToldOfIsNotReferredTo() {
        Subtask<String> subtask = open();
        EveryKind states = new EveryKind(subtask);
        states.fill(KEYS, 1);
        KeyedSnapshotHandle first = completed(subtask);
        states.change(KEYS.subList(0, 9), 1);
        KeyedSnapshotHandle untold = written(subtask);

        KeyedSnapshotHandle third = written(subtask);

        assertThat(files(third))
                .as("beyond what is complete")
                .doesNotContainAnyElementsOf(
                        files(untold).stream()
                                .filter(file -> !files(first).contains(file))
                                .toList());
        Content content = states.content(KEYS);
        discard(untold, first);
        assertThat(contentOf(third)).isEqualTo(content);
    }

    @Test
    void aCheckpointNeedsNoEarlierOneBeyondWhatItRefersTo() {
        Subtask<String> subtask = open();
        EveryKind states = new EveryKind(subtask);
        states.fill(KEYS, 0);
        KeyedSnapshotHandle last = completed(subtask);
        for (int i = 1; i < 12; i++) {
            states.change(KEYS.subList(3 * i, 3 * i + 3), i);
            if (i % 4 == 0) {
                states.fill(KEYS, i);
            }
            KeyedSnapshotHandle next = completed(subtask);
            discard(last, next);
            assertThat(contentOf(next)).as("checkpoint %d", i).isEqualTo(states.content(KEYS));
            last = next;
        }
    }

    @Test
    void oneBegunBeforeAnotherWasCompleteMayBuildOnTheOlder() {
        Subtask<String> subtask = open();
        EveryKind states = new EveryKind(subtask);
        states.fill(KEYS, 0);
        KeyedSnapshotHandle first = completed(subtask);
        states.change(KEYS.subList(0, 9), 1);
        var second = bench.begin(subtask, SnapshotKind.INCREMENTAL);
        long secondId = bench.lastCheckpoint();
        states.change(KEYS.subList(5, 15), 2);
        Content content = states.content(KEYS);
        var third = bench.begin(subtask, SnapshotKind.INCREMENTAL);
        KeyedSnapshotHandle secondHandle = bench.write(second);
        subtask.backend().checkpointCompleted(secondId);
        states.change(KEYS, 3);

        KeyedSnapshotHandle thirdHandle = bench.write(third);

        subtask.backend().checkpointCompleted(bench.lastCheckpoint());
        assertThat(contentOf(thirdHandle)).isEqualTo(content);
        Content present = states.content(KEYS);
        KeyedSnapshotHandle fourth = completed(subtask);
        discard(first, fourth);
        discard(secondHandle, fourth);
        assertThat(contentOf(fourth)).isEqualTo(present);
    }

    @Test
    void aFullOneRefersToNothing() {
        Subtask<String> subtask = open();
        EveryKind states = new EveryKind(subtask);
        states.fill(KEYS, 0);
        KeyedSnapshotHandle incremental = completed(subtask);
        Content content = states.content(KEYS);

        KeyedSnapshotHandle full = bench.snapshot(subtask, SnapshotKind.FULL);

        assertThat(files(full)).doesNotContainAnyElementsOf(files(incremental));
        files(incremental).forEach(bench.snapshots()::remove);
        assertThat(contentOf(full)).isEqualTo(content);
    }

    @Test
    void aRestoredJobGoesOnWithCheckpointsOfItsOwn() {
        Subtask<String> subtask = open();
        EveryKind states = new EveryKind(subtask);
        states.fill(KEYS, 0);
        KeyedSnapshotHandle from = completed(subtask);
        subtask.close();
        Subtask<String> restored = restore(from);
        EveryKind restoredStates = new EveryKind(restored);
        restoredStates.change(KEYS.subList(0, 7), 1);
        Content content = restoredStates.content(KEYS);
        KeyedSnapshotHandle first = completed(restored);
        assertThat(contentOf(first)).isEqualTo(content);
        restoredStates.change(KEYS.subList(5, 17), 2);
        Content later = restoredStates.content(KEYS);

        KeyedSnapshotHandle second = completed(restored);

        discard(from, second);
        discard(first, second);
        assertThat(contentOf(second)).isEqualTo(later);
    }

    @Test
    void subtasksOfAnotherNumberRestoreFromChains() {
        List<KeyedSnapshotHandle> handles = new ArrayList<>();
        Content content = new Content();
        for (int half = 0; half < 2; half++) {
            try (Subtask<String> subtask = part(64 * half, 64 * half + 63, List.of())) {
                List<String> owned = KEYS.stream().filter(subtask::owns).toList();
                EveryKind states = new EveryKind(subtask);
                states.fill(owned, 0);
                completed(subtask);
                states.change(owned.subList(0, owned.size() / 2), 1);
                completed(subtask);
                states.change(owned.subList(owned.size() / 3, owned.size()), 2);
                content.add(states.content(KEYS));
                handles.add(completed(subtask));
            }
        }

        Content restored = new Content();
        int[] borders = {0, 30, 70, StateBench.MAX_PARALLELISM};
        for (int i = 0; i < 3; i++) {
            try (Subtask<String> subtask = part(borders[i], borders[i + 1] - 1, handles)) {
                EveryKind states = new EveryKind(subtask);
                restored.add(states.content(KEYS));
            }
        }

        assertThat(restored).isNotEmpty().isEqualTo(content);
    }

    private Subtask<String> part(int first, int last, List<KeyedSnapshotHandle> handles) {
        KeyGroupRange range = new KeyGroupRange(first, last);
        return bench.opening(Serializers.STRING)
                .keyGroups(range)
                .from(handles.stream().filter(each -> each.keyGroups().overlaps(range)).toList())
                .open();
    }
}
