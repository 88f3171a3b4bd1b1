package io.holdfast.testkit.state;

import static io.holdfast.testkit.state.Content.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.ValueState;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle.ByKeyGroup;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle.Incremental;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.testkit.bench.Subtask;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A backend refuses what would make state wrong: keys of others, damaged snapshots, formats it does
 * not know. It never takes damage for an empty state.
 */
public abstract class RefusalContract extends StateContract {
    private static final List<String> KEYS = EveryKind.keys(5);

    /** Most bytes of one stream to damage one by one: the first, the last, and some between. */
    private static final int MOST_POSITIONS = 150;

    /** For subclasses. */
    protected RefusalContract() {}

    @Test
    void aKeyOfAnotherSubtaskIsRefused() {
        KeyGroupRange mine = new KeyGroupRange(10, 20);
        Subtask<String> subtask = bench.opening(Serializers.STRING).keyGroups(mine).open();
        ValueState<Long> count = subtask.value(new ValueStateDescriptor<>("count", Long.class));
        Map<Integer, String> keys =
                IntStream.range(0, 5_000)
                        .mapToObj(i -> "key-" + i)
                        .collect(
                                Collectors.toMap(
                                        key -> KeyGroupRange.keyGroup(key, 128),
                                        key -> key,
                                        (first, second) -> first));
        subtask.use(keys.get(10));
        count.update(1L);
        for (int group : new int[] {0, 9, 21, 127}) {
            Throwable refusal = catchThrowable(() -> subtask.use(keys.get(group)));

            assertThat(refusal).as("group %d", group).isInstanceOf(HoldfastException.class);
            assertThat(((HoldfastException) refusal).problem().code()).isEqualTo("STATE-3006");
            assertThat(refusal).hasMessageContainingAll(String.valueOf(group), mine.toString());
        }
        subtask.use(keys.get(20));
        assertThat(count.value()).isNull();
        subtask.use(keys.get(10));
        assertThat(count.value()).isEqualTo(1L);
    }

    @EachKind
    void aFormatNobodyKnowsIsRefusedByName(SnapshotKind kind) {
        assumeTaken(kind);
        KeyedSnapshotHandle written = snapshotOfFilled(kind);
        StreamHandle stream = written.streams().findFirst().orElseThrow();
        List<KeyedSnapshotHandle> foreign =
                List.of(
                        withFormat(written, written.format() + "0"),
                        new ByKeyGroup(written.keyGroups(), "crystal/7", new long[128], stream),
                        new Incremental(
                                written.keyGroups(),
                                "crystal/7",
                                "someone",
                                1,
                                stream,
                                List.of(),
                                List.of()));
        for (KeyedSnapshotHandle handle : foreign) {
            Throwable refusal =
                    catchThrowable(() -> bench.opening(Serializers.STRING).from(handle).tryOpen());

            assertThat(refusal).isInstanceOf(HoldfastException.class);
            assertThat(((HoldfastException) refusal).problem().code()).isEqualTo("SNAPSHOT-4002");
            assertThat(refusal).hasMessageContaining(handle.format());
            assertThat(bench.snapshots().openStreams()).isEmpty();
            assertThat(bench.openShares()).isEmpty();
        }
    }

    private static KeyedSnapshotHandle withFormat(KeyedSnapshotHandle handle, String format) {
        if (handle instanceof ByKeyGroup one) {
            return new ByKeyGroup(one.keyGroups(), format, one.offsets(), one.data());
        }
        if (handle instanceof Incremental files) {
            return new Incremental(
                    files.keyGroups(),
                    format,
                    files.backendId(),
                    files.checkpointId(),
                    files.meta(),
                    files.shared(),
                    files.exclusive());
        }
        KeyedSnapshotHandle.Changes changes = (KeyedSnapshotHandle.Changes) handle;
        return new KeyedSnapshotHandle.Changes(
                changes.keyGroups(),
                format,
                changes.materialized(),
                changes.changes(),
                changes.materializationId());
    }

    @EachKind
    void aSnapshotOfAnotherMaxParallelismIsRefused(SnapshotKind kind) {
        assumeTaken(kind);
        KeyedSnapshotHandle handle = snapshotOfFilled(kind);

        Throwable refusal =
                catchThrowable(
                        () ->
                                bench.opening(Serializers.STRING)
                                        .maxParallelism(300)
                                        .from(handle)
                                        .tryOpen());

        assertThat(refusal)
                .as("keys would be looked for in other groups than those they lie in")
                .isInstanceOf(HoldfastException.class)
                .hasMessageContainingAll("128", "300");
        assertThat(bench.snapshots().openStreams()).isEmpty();
    }

    private Subtask<String> filled() {
        Subtask<String> subtask = open();
        new EveryKind(subtask).fill(KEYS, 1);
        return subtask;
    }

    private KeyedSnapshotHandle snapshotOfFilled(SnapshotKind kind) {
        try (Subtask<String> subtask = filled()) {
            return bench.snapshot(subtask, kind);
        }
    }

    @EachKind
    void anyByteThatIsNotWhatItWasIsNoticed(SnapshotKind kind) throws IOException {
        assumeTaken(kind);
        SplittableRandom random = new SplittableRandom(7);
        expectNoticed(
                kind,
                bytes -> {
                    TreeSet<Integer> positions = new TreeSet<>();
                    for (int i = 0; i < Math.min(bytes.length, MOST_POSITIONS / 3); i++) {
                        positions.add(i);
                        positions.add(bytes.length - 1 - i);
                        positions.add(random.nextInt(bytes.length));
                    }
                    return positions.stream()
                            .map(
                                    position -> {
                                        byte[] damaged = bytes.clone();
                                        damaged[position] ^= (byte) (1 << random.nextInt(8));
                                        return new Damage("flipped byte " + position, damaged);
                                    })
                            .toList();
                });
    }

    @EachKind
    void aStreamThatEndsEarlyIsNoticed(SnapshotKind kind) throws IOException {
        assumeTaken(kind);
        expectNoticed(
                kind,
                bytes ->
                        new TreeSet<>(
                                        List.of(
                                                0,
                                                1,
                                                3,
                                                bytes.length / 4,
                                                bytes.length / 2,
                                                bytes.length * 3 / 4,
                                                Math.max(0, bytes.length - 5),
                                                Math.max(0, bytes.length - 1)))
                                .stream()
                                        .filter(length -> length < bytes.length)
                                        .map(
                                                length ->
                                                        new Damage(
                                                                "cut to " + length,
                                                                Arrays.copyOf(bytes, length)))
                                        .toList());
    }

    @EachKind
    void aStreamOfZerosIsNoticed(SnapshotKind kind) throws IOException {
        assumeTaken(kind);
        expectNoticed(
                kind,
                bytes -> {
                    byte[] tail = bytes.clone();
                    Arrays.fill(tail, bytes.length / 2, bytes.length, (byte) 0);
                    return List.of(
                            new Damage("zeros", new byte[bytes.length]),
                            new Damage("zeros from the middle on", tail));
                });
    }

    /** Other bytes in the place of a stream's. */
    private record Damage(String what, byte[] bytes) {}

    /**
     * Damages each stream of a snapshot in turn. A backend opened from it must refuse with
     * SNAPSHOT-4001, or hold exactly what was written.
     */
    private void expectNoticed(
            SnapshotKind kind, java.util.function.Function<byte[], List<Damage>> damages)
            throws IOException {
        Subtask<String> subtask = filled();
        Content content = new EveryKind(subtask).content(KEYS);
        KeyedSnapshotHandle handle = bench.snapshot(subtask, kind);
        subtask.close();
        int refusals = 0;
        for (StreamHandle stream : handle.streams().toList()) {
            StreamHandle.InFile file = (StreamHandle.InFile) stream;
            byte[] sound = bench.snapshots().bytes(file);
            for (Damage damage : damages.apply(sound)) {
                bench.snapshots().overwrite(file, damage.bytes());
                refusals += isRefused(handle, damage.what() + " of " + file, content) ? 1 : 0;
            }
            bench.snapshots().overwrite(file, sound);
        }
        assertThat(refusals).as("something was refused").isPositive();
        assertThat(new EveryKind(restore(handle)).content(KEYS)).isEqualTo(content);
    }

    private boolean isRefused(KeyedSnapshotHandle handle, String damage, Content content)
            throws IOException {
        try (Subtask<String> survivor = bench.opening(Serializers.STRING).from(handle).tryOpen()) {
            assertThat(new EveryKind(survivor).content(KEYS)).as(damage).isEqualTo(content);
            return false;
        } catch (HoldfastException refusal) {
            assertThat(refusal.problem().code()).as(damage).isEqualTo("SNAPSHOT-4001");
            assertThat(refusal.problem().category()).isEqualTo(Problem.Category.DATA);
            assertThat(bench.snapshots().openStreams()).as(damage).isEmpty();
            return true;
        }
    }
}
