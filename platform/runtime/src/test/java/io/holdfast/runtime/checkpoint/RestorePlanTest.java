package io.holdfast.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.serialization.SerializerSnapshot;
import io.holdfast.runtime.checkpoint.RestoredOperator.StatePart;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle.ByKeyGroup;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.toolkit.metadata.CheckpointMetadata;
import io.holdfast.toolkit.metadata.OperatorMetadata;
import io.holdfast.toolkit.metadata.OperatorSnapshot;
import io.holdfast.toolkit.metadata.OperatorStateHandle;
import io.holdfast.toolkit.metadata.OperatorStateHandle.Distribution;
import io.holdfast.toolkit.metadata.OperatorStateHandle.NamedState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RestorePlanTest {
    private static final String WHERE = "file:///checkpoints/job/chk-9";

    @Test
    void eachKeyGroupHasOneOwnerBeforeAndAfterRescaling() {
        for (int max : new int[] {8, 13, 127, 128, 129, 255, 256, 1000}) {
            for (int old = 1; old <= 8; old++) {
                CheckpointMetadata metadata = keyed(old, max);
                for (int parallelism = 1; parallelism <= 8; parallelism++) {
                    RestorePlan plan = plan(metadata, parallelism, OptionalInt.of(max));
                    int[] owners = new int[max];
                    int[] readers = new int[max];
                    for (int i = 0; i < parallelism; i++) {
                        KeyGroupRange range = KeyGroupRange.of(max, parallelism, i);
                        for (int group = range.first(); group <= range.last(); group++) {
                            owners[group]++;
                        }
                        List<KeyedSnapshotHandle> handles = plan.restored("op", i).keyed();
                        assertThat(handles).allMatch(handle -> handle.keyGroups().overlaps(range));
                        for (KeyedSnapshotHandle handle : handles) {
                            int first = Math.max(range.first(), handle.keyGroups().first());
                            int last = Math.min(range.last(), handle.keyGroups().last());
                            for (int group = first; group <= last; group++) {
                                readers[group]++;
                            }
                        }
                    }
                    assertThat(owners).as("%d -> %d of %d", old, parallelism, max).containsOnly(1);
                    assertThat(readers).as("%d -> %d of %d", old, parallelism, max).containsOnly(1);
                }
            }
        }
    }

    @Test
    void rawKeyedStateGoesWhereItsKeyGroupsGoAndNeverToABackend() {
        List<OperatorSnapshot> subtasks =
                List.of(
                        OperatorSnapshot.EMPTY,
                        rawSubtask(new KeyGroupRange(3, 5)),
                        rawSubtask(new KeyGroupRange(6, 7)));
        CheckpointMetadata metadata = metadata(operator("op", 3, 8, subtasks));
        RestorePlan plan = plan(metadata, 2, OptionalInt.empty());
        ByKeyGroup middle = subtasks.get(1).rawKeyed().orElseThrow();
        ByKeyGroup last = subtasks.get(2).rawKeyed().orElseThrow();
        assertThat(plan.restored("op", 0).rawKeyed()).containsExactly(middle);
        assertThat(plan.restored("op", 1).rawKeyed()).containsExactly(middle, last);
        assertThat(plan.restored("op", 0).keyed()).isEmpty();
        assertThat(plan.restored("op", 1).keyed()).isEmpty();
        assertThatThrownBy(() -> plan(metadata, 2, OptionalInt.of(16)))
                .hasMessageContaining("SNAPSHOT-4301");
    }

    private static OperatorSnapshot rawSubtask(KeyGroupRange range) {
        return new OperatorSnapshot(
                List.of(),
                Optional.of(
                        new ByKeyGroup(
                                range,
                                "raw-keyed/1",
                                new long[range.size()],
                                new StreamHandle.Inline(new byte[0]))),
                Optional.empty());
    }

    @Test
    void splitElementsGoToOneSubtaskEachAndEvenly() {
        for (int old = 1; old <= 8; old++) {
            for (int parallelism = 1; parallelism <= 8; parallelism++) {
                RestorePlan plan =
                        plan(
                                listState(old, Distribution.SPLIT, subtask -> subtask * 3 % 5),
                                parallelism,
                                OptionalInt.empty());
                List<List<String>> elements = elements(plan, parallelism);
                assertThat(elements.stream().flatMap(List::stream).toList())
                        .as("%d -> %d", old, parallelism)
                        .containsExactlyInAnyOrderElementsOf(allElements(old));
                if (parallelism != old) {
                    int least = elements.stream().mapToInt(List::size).min().orElseThrow();
                    int most = elements.stream().mapToInt(List::size).max().orElseThrow();
                    assertThat(most - least).isLessThanOrEqualTo(1);
                }
            }
        }
    }

    private static List<String> allElements(int old) {
        List<String> all = new ArrayList<>();
        for (int subtask = 0; subtask < old; subtask++) {
            for (int i = 0; i < subtask * 3 % 5; i++) {
                all.add(subtask + ":" + i);
            }
        }
        return all;
    }

    @Test
    void splitElementsStayWhereTheyWereIfTheParallelismStays() {
        RestorePlan plan =
                plan(
                        listState(3, Distribution.SPLIT, subtask -> subtask == 1 ? 4 : 0),
                        3,
                        OptionalInt.empty());
        assertThat(elements(plan, 3))
                .containsExactly(List.of(), List.of("1:0", "1:1", "1:2", "1:3"), List.of());
    }

    @Test
    void splitElementsAreDealtInTurn() {
        RestorePlan plan =
                plan(listState(2, Distribution.SPLIT, subtask -> 3), 4, OptionalInt.empty());
        assertThat(elements(plan, 4))
                .containsExactly(
                        List.of("0:0", "1:1"),
                        List.of("0:1", "1:2"),
                        List.of("0:2"),
                        List.of("1:0"));
    }

    @Test
    void unionElementsGoToAllSubtasksInTheSameOrder() {
        RestorePlan plan =
                plan(listState(3, Distribution.UNION, subtask -> subtask), 2, OptionalInt.empty());
        assertThat(elements(plan, 2))
                .containsExactly(List.of("1:0", "2:0", "2:1"), List.of("1:0", "2:0", "2:1"));
    }

    @Test
    void eachSubtaskGetsOneCopyOfBroadcastState() {
        RestorePlan plan =
                plan(listState(2, Distribution.BROADCAST, subtask -> 1), 5, OptionalInt.empty());
        assertThat(elements(plan, 5))
                .containsExactly(
                        List.of("0:0"),
                        List.of("1:0"),
                        List.of("0:0"),
                        List.of("1:0"),
                        List.of("0:0"));
    }

    @Test
    void maxParallelismComesFromTheStateIfTheJobLeavesItOpen() {
        RestorePlan plan = plan(keyed(2, 13), 3, OptionalInt.empty());
        assertThat(plan.maxParallelism("op")).hasValue(13);
        assertThat(plan.maxParallelism("other")).isEmpty();
    }

    @Test
    void anotherMaxParallelismIsRefusedAndBothAreShown() {
        assertThatThrownBy(() -> plan(keyed(2, 13), 3, OptionalInt.of(128)))
                .hasMessageContaining("SNAPSHOT-4301")
                .hasMessageContaining("has max parallelism 128, its state was stored with 13")
                .hasMessageContaining(WHERE);
    }

    @Test
    void aParallelismAboveTheStoredMaximumIsRefused() {
        assertThatThrownBy(() -> plan(keyed(2, 4), 5, OptionalInt.empty()))
                .hasMessageContaining("SNAPSHOT-4303")
                .hasMessageContaining("parallelism 5, its state allows up to 4");
    }

    @Test
    void operatorsWithoutKeyedStateMayChangeTheirMaxParallelism() {
        RestorePlan plan =
                plan(listState(2, Distribution.UNION, subtask -> 1), 3, OptionalInt.of(32_768));
        assertThat(elements(plan, 3)).hasSize(3).allMatch(list -> list.size() == 2);
    }

    @Test
    void stateThatNoOperatorClaimsIsRefusedWithNames() {
        CheckpointMetadata metadata =
                metadata(
                        operator("op", 1, 8, List.of(keyedSubtask(1, 8, 0))),
                        operator("gone", 1, 8, List.of(keyedSubtask(1, 8, 0))),
                        operator("stateless", 1, 8, List.of(OperatorSnapshot.EMPTY)));
        List<OperatorLayout> job = List.of(new OperatorLayout("op", "count", 1, 8));
        assertThatThrownBy(() -> RestorePlan.of(WHERE, metadata, job, false))
                .hasMessageContaining("SNAPSHOT-4302")
                .hasMessageContaining("state of 1 operators that the job does not have")
                .hasMessageContaining("name of gone (id gone)")
                .hasMessageContaining("count (id op)")
                .hasMessageNotContaining("stateless");
        assertThat(RestorePlan.of(WHERE, metadata, job, true).restored("op", 0).keyed()).hasSize(1);
    }

    @Test
    void missingKeyGroupsAreNotTakenForEmptyState() {
        CheckpointMetadata metadata =
                metadata(
                        operator(
                                "op",
                                2,
                                8,
                                List.of(keyedSubtask(2, 8, 0), OperatorSnapshot.EMPTY)));
        assertThatThrownBy(() -> plan(metadata, 2, OptionalInt.of(8)))
                .hasMessageContaining("SNAPSHOT-4304")
                .hasMessageContaining("no state of key group 4")
                .hasMessageContaining("0..3");
    }

    @Test
    void anOperatorThatIsNewKnowsThatTheJobWasRestored() {
        RestorePlan plan =
                RestorePlan.of(
                        WHERE,
                        keyed(1, 8),
                        List.of(
                                new OperatorLayout("op", "op", 1, 8),
                                new OperatorLayout("new", "new", 2, 8)),
                        false);
        assertThat(plan.restored("new", 1))
                .isEqualTo(new RestoredOperator(true, List.of(), List.of(), List.of()));
    }

    @Test
    void aFreshStartRestoresNothing() {
        assertThat(RestorePlan.none().restored("any", 3)).isEqualTo(RestoredOperator.FRESH);
        assertThat(RestorePlan.none().maxParallelism("any")).isEmpty();
    }

    private static RestorePlan plan(
            CheckpointMetadata metadata, int parallelism, OptionalInt maxParallelism) {
        return RestorePlan.of(
                WHERE,
                metadata,
                List.of(new OperatorLayout("op", "op", parallelism, maxParallelism)),
                false);
    }

    /** Elements by subtask: "old subtask:number". */
    private static List<List<String>> elements(RestorePlan plan, int parallelism) {
        return IntStream.range(0, parallelism)
                .mapToObj(
                        subtask ->
                                plan.restored("op", subtask).operatorState().stream()
                                        .flatMap(RestorePlanTest::elements)
                                        .toList())
                .toList();
    }

    private static Stream<String> elements(StatePart part) {
        assertThat(part.offsets()).isNotEmpty();
        int old = ((StreamHandle.Inline) part.data()).bytes()[0];
        return Arrays.stream(part.offsets()).mapToObj(offset -> old + ":" + offset / 10);
    }

    private static CheckpointMetadata keyed(int parallelism, int max) {
        return metadata(
                operator(
                        "op",
                        parallelism,
                        max,
                        IntStream.range(0, parallelism)
                                .mapToObj(i -> keyedSubtask(parallelism, max, i))
                                .toList()));
    }

    private static OperatorSnapshot keyedSubtask(int parallelism, int max, int subtask) {
        KeyGroupRange range = KeyGroupRange.of(max, parallelism, subtask);
        return new OperatorSnapshot(
                List.of(
                        new ByKeyGroup(
                                range,
                                "canonical/1",
                                new long[range.size()],
                                new StreamHandle.Inline(new byte[0]))),
                Optional.empty());
    }

    private static CheckpointMetadata listState(
            int parallelism, Distribution distribution, IntFunction<Integer> size) {
        List<OperatorSnapshot> subtasks = new ArrayList<>();
        for (int i = 0; i < parallelism; i++) {
            NamedState state =
                    new NamedState(
                            "list",
                            distribution,
                            List.of(SerializerSnapshot.named("long")),
                            LongStream.range(0, size.apply(i)).map(n -> n * 10).toArray());
            subtasks.add(
                    new OperatorSnapshot(
                            List.of(),
                            Optional.of(
                                    new OperatorStateHandle(
                                            List.of(state),
                                            new StreamHandle.Inline(new byte[] {(byte) i})))));
        }
        return metadata(operator("op", parallelism, 128, subtasks));
    }

    private static OperatorMetadata operator(
            String id, int parallelism, int max, List<OperatorSnapshot> subtasks) {
        return new OperatorMetadata(id, "name of " + id, parallelism, max, subtasks);
    }

    private static CheckpointMetadata metadata(OperatorMetadata... operators) {
        return new CheckpointMetadata(
                9,
                CheckpointMetadata.Kind.CHECKPOINT,
                false,
                Instant.EPOCH,
                Instant.EPOCH,
                "job",
                "job",
                List.of(operators));
    }
}
