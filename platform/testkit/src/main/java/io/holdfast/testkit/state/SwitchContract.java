package io.holdfast.testkit.state;

import static io.holdfast.testkit.state.Content.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.api.serialization.Serializers;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.testkit.bench.StateBench;
import io.holdfast.testkit.bench.Subtask;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * State moves between two backends: a canonical snapshot of one restores in the other, with all
 * kinds of state and timers, and back.
 */
public abstract class SwitchContract {
    private static final List<String> KEYS = EveryKind.keys(80);

    @RegisterExtension final StateBench bench = new StateBench(this::firstBackend);

    /** For subclasses. */
    protected SwitchContract() {}

    /**
     * One of the backends.
     *
     * @return a backend ready to open keyed backends
     */
    protected abstract StateBackend firstBackend();

    /**
     * The other one.
     *
     * @return a backend ready to open keyed backends
     */
    protected abstract StateBackend secondBackend();

    private Subtask<String> open(StateBackend backend, KeyedSnapshotHandle... handles) {
        return bench.opening(Serializers.STRING).in(backend).from(handles).open();
    }

    private Subtask<String> move(Subtask<String> from, StateBackend to) {
        KeyedSnapshotHandle handle = canonical(from);
        from.close();
        return open(to, handle);
    }

    private KeyedSnapshotHandle canonical(Subtask<String> subtask) {
        return bench.snapshot(subtask, SnapshotKind.CANONICAL);
    }

    private Content entries(KeyedSnapshotHandle handle) {
        return CanonicalContent.of(bench.snapshots(), List.of(handle));
    }

    private static Content content(Subtask<String> subtask) {
        return new EveryKind(subtask).content(KEYS);
    }

    @Test
    void stateMovesFromTheFirstToTheSecondAndBack() {
        expectThereAndBack(firstBackend(), secondBackend());
    }

    @Test
    void stateMovesFromTheSecondToTheFirstAndBack() {
        expectThereAndBack(secondBackend(), firstBackend());
    }

    private void expectThereAndBack(StateBackend here, StateBackend there) {
        Subtask<String> subtask = open(here);
        EveryKind states = new EveryKind(subtask);
        states.fill(KEYS, 1);
        states.change(KEYS, 2);
        Content before = states.content(KEYS);

        Subtask<String> moved = move(subtask, there);
        assertThat(content(moved)).isEqualTo(before);
        new EveryKind(moved).change(KEYS, 3);
        Content changed = content(moved);
        Subtask<String> back = move(moved, here);

        assertThat(content(back)).isEqualTo(changed).isNotEqualTo(before);
    }

    @Test
    void statesNobodyAsksForMoveByteForByte() {
        Subtask<String> subtask = open(firstBackend());
        new EveryKind(subtask).fill(KEYS, 1);
        KeyedSnapshotHandle original = canonical(subtask);
        KeyedSnapshotHandle onward = canonical(open(secondBackend(), original));
        KeyedSnapshotHandle last = canonical(open(firstBackend(), onward));

        assertThat(entries(onward)).isEqualTo(entries(original)).isNotEmpty();
        assertThat(entries(last)).isEqualTo(entries(original));
    }

    @Test
    void theSameStateIsTheSameBytesFromBoth() {
        List<Content> written = new ArrayList<>();
        for (StateBackend backend : List.of(firstBackend(), secondBackend())) {
            Subtask<String> subtask = open(backend);
            EveryKind states = new EveryKind(subtask);
            for (int round = 0; round < 3; round++) {
                states.fill(KEYS, round);
                states.change(KEYS.subList(0, 40), round);
            }
            written.add(entries(canonical(subtask)));
        }

        assertThat(written.get(0)).isNotEmpty().isEqualTo(written.get(1));
    }

    @Test
    void stateIsRescaledWhileItMoves() {
        Content expected = new Content();
        List<KeyedSnapshotHandle> handles = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            try (Subtask<String> subtask = subtask(firstBackend(), 3, i, List.of())) {
                new EveryKind(subtask).fill(KEYS.stream().filter(subtask::owns).toList(), 1);
                expected.add(content(subtask));
                handles.add(canonical(subtask));
            }
        }
        handles = moved(handles, secondBackend(), 4, expected);
        handles = moved(handles, firstBackend(), 1, expected);
        moved(handles, secondBackend(), 2, expected);
    }

    /** Restores into some subtasks of a backend, compares, and takes snapshots again. */
    private List<KeyedSnapshotHandle> moved(
            List<KeyedSnapshotHandle> handles,
            StateBackend backend,
            int parallelism,
            Content expected) {
        Content found = new Content();
        List<KeyedSnapshotHandle> next = new ArrayList<>();
        for (int i = 0; i < parallelism; i++) {
            try (Subtask<String> subtask = subtask(backend, parallelism, i, handles)) {
                found.add(content(subtask));
                next.add(canonical(subtask));
            }
        }
        assertThat(found).isEqualTo(expected);
        return next;
    }

    private Subtask<String> subtask(
            StateBackend backend, int parallelism, int number, List<KeyedSnapshotHandle> handles) {
        return bench.opening(Serializers.STRING)
                .in(backend)
                .keyGroups(KeyGroupRange.of(StateBench.MAX_PARALLELISM, parallelism, number))
                .from(handles)
                .open();
    }
}
