package io.holdfast.runtime.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.process.RawKeyedStateInput;
import io.holdfast.runtime.operator.CheckpointContext;
import io.holdfast.spi.filesystem.SeekableInput;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle.ByKeyGroup;
import io.holdfast.spi.snapshot.SnapshotSource;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.toolkit.checkpoint.InlineInput;
import io.holdfast.toolkit.checkpoint.InlineOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RawKeyedStateTest {
    private static final int GROUPS = 8;
    private static final KeyGroupRange ALL = new KeyGroupRange(0, GROUPS - 1);

    /** Opens streams in memory, and knows which are open and how many bytes were read. */
    private static final class Streams implements SnapshotSource {
        private int open;
        private long read;

        @Override
        public SeekableInput open(StreamHandle handle) {
            open++;
            byte[] bytes = ((StreamHandle.Inline) handle).bytes();
            InlineInput in = new InlineInput(bytes);
            return new SeekableInput() {
                @Override
                public void seek(long position) throws IOException {
                    in.seek(position);
                }

                @Override
                public long position() {
                    return in.position();
                }

                @Override
                public long length() {
                    return bytes.length;
                }

                @Override
                public int read() {
                    read++;
                    return in.read();
                }

                @Override
                public int read(byte[] target, int offset, int length) {
                    int count = in.read(target, offset, length);
                    read += Math.max(0, count);
                    return count;
                }

                @Override
                public void close() throws IOException {
                    open--;
                    in.close();
                }
            };
        }
    }

    private final Streams streams = new Streams();

    private RawKeyedState state(KeyGroupRange range, int maxParallelism, List<ByKeyGroup> from) {
        return new RawKeyedState("tally", range, maxParallelism, from, streams);
    }

    private RawKeyedState state(List<ByKeyGroup> from) {
        return state(ALL, GROUPS, from);
    }

    private static List<ByKeyGroup> stored(RawKeyedSnapshot snapshot) throws IOException {
        return List.of(snapshot.write(scope -> new InlineOutput()));
    }

    private RawKeyedSnapshot written(Map<Integer, String> texts) throws IOException {
        RawKeyedWriter writer = state(List.of()).writer();
        for (var text : texts.entrySet()) {
            writer.startKeyGroup(text.getKey());
            writer.write(text.getValue().getBytes());
        }
        writer.end();
        return writer.snapshot();
    }

    private static Map<Integer, String> read(RawKeyedState state) throws IOException {
        Map<Integer, String> texts = new TreeMap<>();
        for (RawKeyedStateInput in : state.inputs()) {
            assertThat(texts.put(in.keyGroup(), new String(in.readAllBytes()))).isNull();
        }
        return texts;
    }

    /** Old subtasks write at random, new ones read what is theirs; some do not ask for it first. */
    @Test
    void eachSubtaskIsGivenTheBytesOfItsKeyGroupsAfterAnyChangeOfParallelism() throws Exception {
        long seed = Long.getLong("test.seed", System.nanoTime());
        System.out.println("test.seed=" + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 60; round++) {
            int max = 1 + random.nextInt(20);
            Map<Integer, byte[]> expected = new TreeMap<>();
            List<ByKeyGroup> handles = new ArrayList<>();
            int before = 1 + random.nextInt(max);
            for (int i = 0; i < before; i++) {
                RawKeyedWriter writer =
                        state(KeyGroupRange.of(max, before, i), max, List.of()).writer();
                expected.putAll(writeAtRandom(writer, random));
                writer.end();
                handles.addAll(stored(writer.snapshot()));
            }
            if (random.nextBoolean()) {
                handles = keptBy(1 + random.nextInt(max), max, handles);
            }
            int after = 1 + random.nextInt(max);
            Map<Integer, byte[]> found = new TreeMap<>();
            for (int i = 0; i < after; i++) {
                KeyGroupRange range = KeyGroupRange.of(max, after, i);
                RawKeyedState state = state(range, max, handles);
                for (RawKeyedStateInput in : state.inputs()) {
                    assertThat(range.contains(in.keyGroup())).isTrue();
                    found.put(in.keyGroup(), readAtRandom(in, random));
                }
                state.initialized();
                assertThat(state.kept().isEmpty()).isTrue();
            }
            assertThat(found.keySet()).as("seed %d", seed).isEqualTo(expected.keySet());
            expected.forEach(
                    (group, bytes) ->
                            assertThat(found.get(group))
                                    .as("group %d, round with seed %d", group, seed)
                                    .isEqualTo(bytes));
        }
        assertThat(streams.open).isZero();
    }

    private static Map<Integer, byte[]> writeAtRandom(RawKeyedWriter writer, Random random) {
        List<Integer> groups = new ArrayList<>();
        for (int group = writer.firstKeyGroup(); group <= writer.lastKeyGroup(); group++) {
            groups.add(group);
        }
        Collections.shuffle(groups, random);
        Map<Integer, byte[]> written = new TreeMap<>();
        for (int group : groups.subList(0, random.nextInt(groups.size() + 1))) {
            int[] sizes = {0, 1, random.nextInt(300), 65_536, 131_072, random.nextInt(200_000)};
            byte[] bytes = new byte[sizes[random.nextInt(sizes.length)]];
            random.nextBytes(bytes);
            written.put(group, bytes);
            writer.startKeyGroup(group);
            for (int at = 0; at < bytes.length; ) {
                int count = Math.min(bytes.length - at, 1 + random.nextInt(100_000));
                if (random.nextInt(4) == 0) {
                    writer.write(bytes[at]);
                    count = 1;
                } else {
                    writer.write(bytes, at, count);
                }
                at += count;
            }
            if (random.nextBoolean()) {
                writer.close();
            }
        }
        return written;
    }

    private static byte[] readAtRandom(RawKeyedStateInput in, Random random) throws IOException {
        var all = new java.io.ByteArrayOutputStream();
        byte[] buffer = new byte[1 + random.nextInt(100_000)];
        while (true) {
            if (random.nextBoolean()) {
                int one = in.read();
                if (one < 0) {
                    return all.toByteArray();
                }
                all.write(one);
            }
            int count = in.read(buffer);
            if (count < 0) {
                assertThat(in.read()).isEqualTo(-1);
                return all.toByteArray();
            }
            all.write(buffer, 0, count);
        }
    }

    private List<ByKeyGroup> keptBy(int parallelism, int max, List<ByKeyGroup> handles)
            throws IOException {
        List<ByKeyGroup> again = new ArrayList<>();
        for (int i = 0; i < parallelism; i++) {
            RawKeyedState state = state(KeyGroupRange.of(max, parallelism, i), max, handles);
            state.initialized();
            again.addAll(stored(state.kept()));
        }
        return again;
    }

    @Test
    void groupsOfOthersAreNotRead() throws Exception {
        List<ByKeyGroup> from = stored(written(Map.of(0, "x".repeat(60_000), 5, "mine")));
        RawKeyedState state = state(new KeyGroupRange(4, 7), GROUPS, from);
        assertThat(read(state)).isEqualTo(Map.of(5, "mine"));
        assertThat(streams.read).isLessThan(100);
    }

    @Test
    void aGroupWithoutBytesIsGivenBackAndOneThatWasNotStartedIsNot() throws Exception {
        List<ByKeyGroup> from = stored(written(Map.of(2, "", 3, "three")));
        assertThat(read(state(from))).isEqualTo(Map.of(2, "", 3, "three"));
    }

    @Test
    void inputsCanBeGoneThroughAgainAndInPart() throws Exception {
        RawKeyedState state = state(stored(written(Map.of(1, "one", 2, "two"))));
        Iterator<RawKeyedStateInput> first = state.inputs().iterator();
        RawKeyedStateInput one = first.next();
        assertThat(one.read()).isEqualTo('o');
        assertThat(first.next().keyGroup()).isEqualTo(2);
        assertThat(read(state)).isEqualTo(Map.of(1, "one", 2, "two"));
        assertThatThrownBy(one::read).hasMessageContaining("STATE-3029");
        state.initialized();
        assertThat(first.hasNext()).isFalse();
        assertThatThrownBy(state::inputs).hasMessageContaining("STATE-3029");
        assertThat(streams.open).isZero();
    }

    @Test
    void whatTheFunctionDoesNotAskForStaysAndIsNotOverwritten() throws Exception {
        RawKeyedState state = state(stored(written(Map.of(1, "one", 7, "seven"))));
        state.initialized();
        CheckpointContext first = new CheckpointContext(1, 0, "tally", Optional.of(state));
        first.end();
        CheckpointContext second = new CheckpointContext(2, 0, "tally", Optional.of(state));
        assertThatThrownBy(second::rawKeyedStateOutput)
                .hasMessageContaining("STATE-3031")
                .hasMessageContaining("'tally'")
                .hasMessageContaining("rawKeyedStateInputs()");
        second.end();
        for (CheckpointContext each : List.of(first, second)) {
            assertThat(read(state(stored(each.rawKeyedSnapshot().orElseThrow()))))
                    .isEqualTo(Map.of(1, "one", 7, "seven"));
        }
    }

    @Test
    void whatTheFunctionAskedForIsInTheNextCheckpointOnlyIfItWritesIt() throws Exception {
        RawKeyedState state = state(stored(written(Map.of(1, "one"))));
        read(state);
        state.initialized();
        CheckpointContext silent = new CheckpointContext(1, 0, "tally", Optional.of(state));
        silent.end();
        assertThat(silent.rawKeyedSnapshot()).isEmpty();
        CheckpointContext writing = new CheckpointContext(2, 0, "tally", Optional.of(state));
        writing.rawKeyedStateOutput().startKeyGroup(3);
        writing.rawKeyedStateOutput().write('!');
        writing.end();
        assertThat(read(state(stored(writing.rawKeyedSnapshot().orElseThrow()))))
                .isEqualTo(Map.of(3, "!"));
    }

    @Test
    void anOutputThatWasLeftOpenTakesNothingLater() throws Exception {
        CheckpointContext context =
                new CheckpointContext(1, 0, "tally", Optional.of(state(List.of())));
        var out = context.rawKeyedStateOutput();
        out.startKeyGroup(1);
        out.write(new byte[] {1, 2, 3});
        context.end();
        assertThatThrownBy(() -> out.write(4)).hasMessageContaining("STATE-3029");
        assertThatThrownBy(() -> out.startKeyGroup(2)).hasMessageContaining("STATE-3029");
        assertThatThrownBy(() -> context.rawKeyedStateOutput().startKeyGroup(2))
                .hasMessageContaining("STATE-3029");
        assertThat(read(state(stored(context.rawKeyedSnapshot().orElseThrow()))))
                .isEqualTo(Map.of(1, "\1\2\3"));
    }

    @Test
    void wrongUseIsRefusedWithBothSides() throws Exception {
        RawKeyedWriter writer = state(new KeyGroupRange(2, 4), GROUPS, List.of()).writer();
        assertThat(writer.firstKeyGroup()).isEqualTo(2);
        assertThat(writer.lastKeyGroup()).isEqualTo(4);
        assertThat(writer.keyGroupOf("key")).isEqualTo(KeyGroupRange.keyGroup("key", GROUPS));
        assertThatThrownBy(() -> writer.write(1)).hasMessageContaining("STATE-3032");
        for (int foreign : new int[] {-1, 1, 5, 4_711}) {
            assertThatThrownBy(() -> writer.startKeyGroup(foreign))
                    .hasMessageContaining("STATE-3027")
                    .hasMessageContaining("key group " + foreign)
                    .hasMessageContaining("2..4");
        }
        writer.startKeyGroup(3);
        writer.write(1);
        writer.startKeyGroup(2);
        assertThatThrownBy(() -> writer.startKeyGroup(3))
                .hasMessageContaining("STATE-3028")
                .hasMessageContaining("key group 3")
                .hasMessageContaining("'tally'");
        writer.close();
        assertThatThrownBy(() -> writer.write(new byte[9])).hasMessageContaining("STATE-3032");
    }

    @Test
    void moreThanASubtaskMayWriteIsRefusedBeforeItIsHeld() throws Exception {
        RawKeyedWriter writer = new RawKeyedWriter("tally", ALL, GROUPS, 1_000);
        writer.startKeyGroup(0);
        writer.write(new byte[600]);
        writer.startKeyGroup(1);
        assertThatThrownBy(() -> writer.write(new byte[401]))
                .hasMessageContaining("STATE-3030")
                .hasMessageContaining("600 bytes, and now 401 more")
                .hasMessageContaining("1000 bytes");
        writer.write(new byte[400]);
        assertThatThrownBy(() -> writer.write(1)).hasMessageContaining("STATE-3030");
    }

    @Test
    void aFunctionWithoutKeysIsRefused() {
        CheckpointContext context = new CheckpointContext(1, 0, "plain", Optional.empty());
        assertThatThrownBy(context::rawKeyedStateOutput)
                .hasMessageContaining("STATE-3026")
                .hasMessageContaining("'plain'");
        context.end();
        assertThat(context.rawKeyedSnapshot()).isEmpty();
    }

    @Test
    void everyFlippedBitIsNoticedBeforeItIsGivenOut() throws Exception {
        Map<Integer, String> texts = new TreeMap<>(Map.of(0, "nothing", 3, "", 4, "four"));
        ByKeyGroup whole = stored(written(texts)).get(0);
        byte[] bytes = ((StreamHandle.Inline) whole.data()).bytes();
        for (int bit = 0; bit < 8 * (bytes.length - 4); bit++) {
            byte[] damaged = bytes.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertDamage(with(whole, damaged), "bit " + bit);
        }
        for (int length = 0; length < bytes.length - 4; length++) {
            byte[] cut = java.util.Arrays.copyOf(bytes, length);
            assertDamage(with(whole, cut), "cut to " + length);
        }
    }

    private static ByKeyGroup with(ByKeyGroup whole, byte[] bytes) {
        return new ByKeyGroup(
                whole.keyGroups(), whole.format(), whole.offsets(), new StreamHandle.Inline(bytes));
    }

    private void assertDamage(ByKeyGroup handle, String what) {
        RawKeyedState asking = state(List.of(handle));
        RawKeyedState keeping = state(List.of(handle));
        assertThatThrownBy(() -> read(asking))
                .as(what)
                .isInstanceOfSatisfying(
                        HoldfastException.class,
                        e -> assertThat(e.problem().code()).isIn("SNAPSHOT-4023", "SNAPSHOT-4024"));
        assertThatThrownBy(keeping::initialized).as(what).isInstanceOf(HoldfastException.class);
    }

    @Test
    void offsetsAndHandlesThatLeadAstrayAreRefused() throws Exception {
        ByKeyGroup whole = stored(written(Map.of(0, "nothing", 1, "one"))).get(0);
        for (long offset : new long[] {1, 7, whole.offsets()[1], 1L << 40, Long.MAX_VALUE}) {
            long[] offsets = whole.offsets().clone();
            offsets[0] = offset;
            ByKeyGroup astray = new ByKeyGroup(ALL, whole.format(), offsets, whole.data());
            assertThatThrownBy(() -> read(state(List.of(astray))))
                    .hasMessageContaining("SNAPSHOT-4024")
                    .hasMessageContaining("key group 0");
        }
        assertThatThrownBy(() -> read(state(List.of(whole, whole))))
                .hasMessageContaining("SNAPSHOT-4024")
                .hasMessageContaining("also in another stream");
        ByKeyGroup later = new ByKeyGroup(ALL, "raw-keyed/2", whole.offsets(), whole.data());
        assertThatThrownBy(() -> read(state(List.of(later))))
                .hasMessageContaining("SNAPSHOT-4023")
                .hasMessageContaining("raw-keyed/2");
    }
}
