package io.holdfast.toolkit.canonical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.serialization.SerializerSnapshot;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle.ByKeyGroup;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle.Incremental;
import io.holdfast.spi.snapshot.SnapshotSource;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.toolkit.io.BytesOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** A canonical stream gives back what was written, and never something else. */
class CanonicalTest {
    private static final SerializerSnapshot KEY = Serializers.STRING.snapshot();
    private static final KeyGroupRange GROUPS = new KeyGroupRange(10, 19);
    private static final KeyGroupRange ALL = new KeyGroupRange(0, KeyGroupRange.MAX_KEY_GROUPS - 1);
    private static final StateSchema NAMES =
            new StateSchema(
                    "names",
                    StateSchema.Kind.MAP,
                    SerializerSnapshot.named("void"),
                    Optional.of(Serializers.list(Serializers.LONG).snapshot()),
                    Optional.of(Serializers.INTEGER.snapshot()));
    private static final StateSchema TIMERS =
            new StateSchema(
                    "timers \u00fc",
                    StateSchema.Kind.TIMERS,
                    SerializerSnapshot.named("void"),
                    Optional.empty(),
                    Optional.empty());

    /** An entry as it is compared. */
    private record Entry(int state, int group, ByteBuffer key, ByteBuffer value) {
        static Entry of(int state, int group, byte[] key, byte[] value) {
            return new Entry(state, group, ByteBuffer.wrap(key), ByteBuffer.wrap(value));
        }
    }

    /** All that a stream says. */
    private record Content(
            int maxParallelism,
            SerializerSnapshot key,
            List<StateSchema> schemas,
            List<Entry> entries) {}

    private static byte[] bytes(int length, long seed) {
        byte[] bytes = new byte[length];
        new java.util.Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static void entry(CanonicalWriter writer, byte[] key, byte[] value) throws IOException {
        byte[] framed = new byte[key.length + value.length + 2];
        System.arraycopy(key, 0, framed, 1, key.length);
        System.arraycopy(value, 0, framed, 2 + key.length, value.length);
        writer.entry(framed, 1, key.length, framed, 2 + key.length, value.length);
    }

    private static ByKeyGroup write(List<Entry> entries) throws IOException {
        try (CanonicalWriter writer =
                new CanonicalWriter(InMemory.SINK, GROUPS, 128, KEY, List.of(NAMES, TIMERS))) {
            int group = -1;
            int state = -1;
            for (Entry entry : entries) {
                if (entry.group != group) {
                    writer.startKeyGroup(entry.group);
                    state = -1;
                }
                if (entry.state != state) {
                    writer.startState(entry.state);
                }
                group = entry.group;
                state = entry.state;
                entry(writer, entry.key.array(), entry.value.array());
            }
            return writer.finish();
        }
    }

    private static Content read(ByKeyGroup handle) throws IOException {
        return read(handle, ALL, InMemory.SOURCE);
    }

    private static Content read(ByKeyGroup handle, KeyGroupRange wanted, SnapshotSource source)
            throws IOException {
        try (CanonicalReader reader = CanonicalReader.open(handle, source)) {
            List<Entry> entries = new ArrayList<>();
            reader.read(
                    wanted,
                    (state, group, key, keyOffset, keyLength, value, offset, length) ->
                            entries.add(
                                    Entry.of(
                                            state,
                                            group,
                                            Arrays.copyOfRange(
                                                    key, keyOffset, keyOffset + keyLength),
                                            Arrays.copyOfRange(value, offset, offset + length))));
            return new Content(reader.maxParallelism(), reader.key(), reader.schemas(), entries);
        }
    }

    private static List<Entry> few() {
        return List.of(
                Entry.of(0, 10, new byte[] {10, 1}, new byte[] {0, 5}),
                Entry.of(0, 10, new byte[] {10, 2}, new byte[] {1}),
                Entry.of(1, 10, new byte[] {10}, new byte[0]),
                Entry.of(1, 13, bytes(40, 1), new byte[0]),
                Entry.of(0, 13, bytes(130, 2), bytes(200, 3)),
                Entry.of(1, 19, new byte[0], new byte[0]));
    }

    private static Content expected(List<Entry> entries) {
        return new Content(128, KEY, List.of(NAMES, TIMERS), entries);
    }

    @Test
    void entriesAreReadInTheOrderInWhichTheyWereWritten() throws IOException {
        assertThat(read(write(few()))).isEqualTo(expected(few()));
    }

    @Test
    void aStreamWithoutEntriesIsWhole() throws IOException {
        ByKeyGroup handle = write(List.of());

        assertThat(read(handle)).isEqualTo(expected(List.of()));
        assertThat(handle.offsets()).hasSize(10).containsOnly(0);
        assertThat(handle.keyGroups()).isEqualTo(GROUPS);
        assertThat(handle.format()).isEqualTo("canonical/1");
    }

    @Test
    void onlyTheWantedKeyGroupsAreRead() throws IOException {
        ByKeyGroup handle = write(few());
        for (int first = 0; first <= 21; first++) {
            for (int last = first; last <= 21; last++) {
                KeyGroupRange wanted = new KeyGroupRange(first, last);
                assertThat(read(handle, wanted, InMemory.SOURCE).entries)
                        .as("%s", wanted)
                        .isEqualTo(
                                few().stream()
                                        .filter(entry -> wanted.contains(entry.group))
                                        .toList());
            }
        }
    }

    @Test
    void entriesMayCrossBlocksAnywhere() throws IOException {
        List<Entry> entries = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(3);
        for (int group = 10; group < 20; group++) {
            for (int i = 0; i < 12; i++) {
                int block = CanonicalFormat.BLOCK;
                int keyLength = random.nextInt(4) == 0 ? random.nextInt(2 * block) : i;
                int valueLength = block / 4 + random.nextInt(block);
                entries.add(
                        Entry.of(
                                i / 6,
                                group,
                                bytes(keyLength, random.nextLong()),
                                bytes(valueLength, random.nextLong())));
            }
        }
        ByKeyGroup handle = write(entries);

        assertThat(read(handle).entries).isEqualTo(entries);
        assertThat(read(handle, ALL, InMemory.shortReads(1_000)).entries).isEqualTo(entries);
    }

    @Test
    void lengthsMayStandAtEveryPlaceAroundTheEndOfABlock() throws IOException {
        for (int shift = -12; shift <= 4; shift++) {
            List<Entry> entries =
                    List.of(
                            Entry.of(
                                    0,
                                    10,
                                    new byte[0],
                                    bytes(CanonicalFormat.BLOCK - 6 + shift, shift)),
                            Entry.of(0, 10, bytes(3, shift), bytes(200, shift)),
                            Entry.of(1, 10, bytes(300, shift), new byte[0]));

            assertThat(read(write(entries)).entries).as("shift %d", shift).isEqualTo(entries);
        }
    }

    @Test
    void aHugeEntryIsReadBack() throws IOException {
        List<Entry> entries = List.of(Entry.of(0, 10, bytes(1 << 20, 1), bytes(3 << 20, 2)));

        assertThat(read(write(entries)).entries).isEqualTo(entries);
    }

    @Test
    void shortReadsDoNotMatter() throws IOException {
        ByKeyGroup handle = write(few());
        for (int most : new int[] {1, 2, 3, 5, 8}) {
            assertThat(read(handle, ALL, InMemory.shortReads(most)))
                    .as("at most %d bytes a read", most)
                    .isEqualTo(expected(few()));
        }
    }

    // Damage

    private static byte[] streamOf(ByKeyGroup handle) {
        return ((StreamHandle.Inline) handle.data()).bytes();
    }

    private static ByKeyGroup with(ByKeyGroup handle, byte[] bytes) {
        return new ByKeyGroup(
                handle.keyGroups(),
                handle.format(),
                handle.offsets(),
                new StreamHandle.Inline(bytes));
    }

    /** A damaged stream is refused as damaged, or holds exactly what was written. */
    private static boolean isRefused(ByKeyGroup damaged, Content sound, String what) {
        try {
            assertThat(read(damaged)).as(what).isEqualTo(sound);
            return false;
        } catch (HoldfastException refusal) {
            assertThat(refusal.problem().code()).as(what).isEqualTo("SNAPSHOT-4001");
            assertThat(refusal.problem().details()).as(what).hasSize(3);
            return true;
        } catch (IOException | RuntimeException e) {
            throw new AssertionError(what, e);
        }
    }

    @Test
    void everyFlippedBitIsNoticedOrDoesNotMatter() throws IOException {
        ByKeyGroup handle = write(few());
        Content sound = expected(few());
        byte[] bytes = streamOf(handle);
        int ignored = 0;
        for (int position = 0; position < bytes.length; position++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] damaged = bytes.clone();
                damaged[position] ^= (byte) (1 << bit);
                if (!isRefused(
                        with(handle, damaged), sound, "bit %d of %d".formatted(bit, position))) {
                    ignored++;
                }
            }
        }
        assertThat(ignored).as("only the mark at the very end is not read").isEqualTo(32);
    }

    @Test
    void everyTruncationIsNoticedOrDoesNotMatter() throws IOException {
        ByKeyGroup handle = write(few());
        Content sound = expected(few());
        byte[] bytes = streamOf(handle);
        int refused = 0;
        for (int length = 0; length < bytes.length; length++) {
            refused +=
                    isRefused(with(handle, Arrays.copyOf(bytes, length)), sound, "cut to " + length)
                            ? 1
                            : 0;
        }
        assertThat(refused).isEqualTo(bytes.length - 4);
    }

    @Test
    void randomDamageOfALongStreamIsNoticed() throws IOException {
        SplittableRandom random = new SplittableRandom(11);
        List<Entry> entries = new ArrayList<>();
        for (int group = 10; group < 20; group++) {
            entries.add(Entry.of(0, group, bytes(20, group), bytes(40_000, group)));
        }
        ByKeyGroup handle = write(entries);
        byte[] bytes = streamOf(handle);
        for (int i = 0; i < 300; i++) {
            byte[] damaged = bytes.clone();
            int from = random.nextInt(bytes.length - 4);
            int to = Math.min(bytes.length - 4, from + 1 + random.nextInt(5_000));
            for (int position = from; position < to; position++) {
                damaged[position] = (byte) random.nextInt();
            }
            isRefused(
                    with(handle, damaged), expected(entries), "bytes %d to %d".formatted(from, to));
        }
    }

    @Test
    void blocksThatChangedPlacesAreNoticed() throws IOException {
        List<Entry> entries =
                List.of(
                        Entry.of(0, 10, new byte[] {10}, new byte[] {1}),
                        Entry.of(0, 11, new byte[] {11}, new byte[] {2}));
        ByKeyGroup handle = write(entries);
        long[] swapped = handle.offsets().clone();
        swapped[0] = handle.offsets()[1];
        swapped[1] = handle.offsets()[0];
        ByKeyGroup damaged =
                new ByKeyGroup(handle.keyGroups(), handle.format(), swapped, handle.data());

        assertThat(isRefused(damaged, expected(entries), "groups in each other's place")).isTrue();
    }

    @Test
    void offsetsThatAreNoneAreNoticed() throws IOException {
        ByKeyGroup handle = write(few());
        for (long offset : new long[] {-1, 1, 12, streamOf(handle).length, Long.MAX_VALUE}) {
            long[] offsets = handle.offsets().clone();
            offsets[3] = offset;
            ByKeyGroup damaged =
                    new ByKeyGroup(handle.keyGroups(), handle.format(), offsets, handle.data());

            assertThat(isRefused(damaged, expected(few()), "offset " + offset)).isTrue();
        }
    }

    @Test
    void aHandleOfOtherKeyGroupsIsNoticed() throws IOException {
        ByKeyGroup handle = write(few());
        ByKeyGroup moved =
                new ByKeyGroup(
                        new KeyGroupRange(11, 20),
                        handle.format(),
                        handle.offsets(),
                        handle.data());

        assertThatThrownBy(() -> read(moved)).hasMessageContainingAll("10..19", "11..20");
    }

    @Test
    void otherFormatsAreRefusedByName() throws IOException {
        ByKeyGroup handle = write(few());
        ByKeyGroup foreign = new ByKeyGroup(GROUPS, "canonical/2", handle.offsets(), handle.data());
        Incremental files =
                new Incremental(
                        GROUPS, "sorted/1", "someone", 1, handle.data(), List.of(), List.of());
        for (var each : List.of(foreign, files)) {
            Throwable refusal =
                    catchThrowable(() -> CanonicalReader.open(each, InMemory.SOURCE).close());

            assertThat(((HoldfastException) refusal).problem().code()).isEqualTo("SNAPSHOT-4002");
            assertThat(refusal).hasMessageContainingAll(each.format(), "canonical/1");
        }
    }

    // Lengths that lie, with checksums that are right

    private static ByKeyGroup forged(BytesOutput header, BytesOutput payload) {
        BytesOutput out = new BytesOutput(100);
        out.writeInt(CanonicalFormat.MAGIC);
        out.writeInt(CanonicalFormat.VERSION);
        out.writeInt(header.length());
        out.write(header.array(), 0, header.length());
        CRC32C crc = new CRC32C();
        crc.update(header.array(), 0, header.length());
        out.writeInt((int) crc.getValue());
        long[] offsets = new long[10];
        if (payload.length() > 0) {
            offsets[0] = out.length();
            out.writeInt(payload.length());
            out.write(payload.array(), 0, payload.length());
            out.writeInt(CanonicalFormat.checksum(10, 0, payload.array(), payload.length()));
        }
        out.writeInt(0);
        out.writeInt(CanonicalFormat.END);
        return new ByKeyGroup(
                GROUPS, CanonicalFormat.NAME, offsets, new StreamHandle.Inline(out.toByteArray()));
    }

    private static BytesOutput header(int states) throws IOException {
        BytesOutput header = new BytesOutput(100);
        header.writeInt(128);
        header.writeInt(10);
        header.writeInt(19);
        KEY.writeTo(header);
        header.writeInt(states);
        if (states == 1) {
            NAMES.writeTo(header);
        }
        return header;
    }

    private static BytesOutput payload(int... varInts) {
        BytesOutput payload = new BytesOutput(20);
        for (int each : varInts) {
            payload.writeVarInt(each);
        }
        return payload;
    }

    /** Whoever believed such a length would run out of memory, which is no HoldfastException. */
    private static void expectDamaged(ByKeyGroup forged) {
        Throwable refusal = catchThrowable(() -> read(forged));

        assertThat(refusal).isInstanceOf(HoldfastException.class);
        assertThat(((HoldfastException) refusal).problem().code()).isEqualTo("SNAPSHOT-4001");
    }

    @Test
    void lengthsThatLieCostNoMemory() throws IOException {
        BytesOutput none = new BytesOutput(1);
        expectDamaged(forged(header(1), payload(1, Integer.MAX_VALUE)));
        expectDamaged(forged(header(1), payload(1, 1 << 30)));
        expectDamaged(forged(header(1), payload(1, -1)));
        expectDamaged(forged(header(1), payload(1, 3, 7, Integer.MAX_VALUE)));
        expectDamaged(forged(header(1), payload(1, 1, Integer.MAX_VALUE)));
        expectDamaged(forged(header(1), payload(1, 1, -1)));
        expectDamaged(forged(header(1), payload(2)));
        expectDamaged(forged(header(1), payload(Integer.MAX_VALUE)));
        expectDamaged(forged(header(1), payload(-1)));
        expectDamaged(forged(header(Integer.MAX_VALUE), none));
        expectDamaged(forged(header(-1), none));
        BytesOutput longHeader = header(0);
        longHeader.writeInt(7);
        expectDamaged(forged(longHeader, none));
        BytesOutput longName = new BytesOutput(100);
        longName.writeInt(128);
        longName.writeInt(10);
        longName.writeInt(19);
        longName.writeUTF("key");
        longName.writeInt(1);
        longName.writeInt(16 << 20);
        expectDamaged(forged(longName, none));
    }

    @Test
    void aHeaderThatClaimsMoreThanTheStreamHoldsCostsNoMemory() {
        BytesOutput out = new BytesOutput(20);
        out.writeInt(CanonicalFormat.MAGIC);
        out.writeInt(CanonicalFormat.VERSION);
        out.writeInt(60 << 20);
        out.writeInt(0);

        expectDamaged(
                new ByKeyGroup(
                        GROUPS,
                        CanonicalFormat.NAME,
                        new long[10],
                        new StreamHandle.Inline(out.toByteArray())));
    }

    // Writing

    @Test
    void callsOutOfOrderAreRefused() throws IOException {
        try (CanonicalWriter writer =
                new CanonicalWriter(InMemory.SINK, GROUPS, 128, KEY, List.of(NAMES))) {
            assertThatThrownBy(() -> writer.startState(0))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> entry(writer, new byte[1], new byte[1]))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> writer.startKeyGroup(9))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> writer.startKeyGroup(20))
                    .isInstanceOf(IllegalStateException.class);
            writer.startKeyGroup(12);
            assertThatThrownBy(() -> entry(writer, new byte[1], new byte[1]))
                    .as("no state was begun")
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> writer.startState(1))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> writer.startState(-1))
                    .isInstanceOf(IllegalStateException.class);
            writer.startState(0);
            entry(writer, new byte[] {12}, new byte[] {0});
            assertThatThrownBy(() -> writer.startKeyGroup(12))
                    .isInstanceOf(IllegalStateException.class);
            writer.startKeyGroup(13);
            assertThatThrownBy(() -> entry(writer, new byte[1], new byte[1]))
                    .as("no state was begun in this group")
                    .isInstanceOf(IllegalStateException.class);

            Content content = read(writer.finish());

            assertThat(content.entries)
                    .containsExactly(Entry.of(0, 12, new byte[] {12}, new byte[] {0}));
        }
    }

    @Test
    void aClosedWriterIsStopped() throws IOException {
        CanonicalWriter writer =
                new CanonicalWriter(InMemory.SINK, GROUPS, 128, KEY, List.of(NAMES));

        writer.close();
        writer.close();

        assertThatThrownBy(
                        () -> {
                            writer.startKeyGroup(10);
                            writer.startState(0);
                            for (int i = 0; i < 100; i++) {
                                entry(writer, new byte[1], bytes(10_000, i));
                            }
                            writer.finish();
                        })
                .isInstanceOf(IOException.class);
    }

    @Test
    void aStateMayComeInSeveralSections() throws IOException {
        List<Entry> entries =
                List.of(
                        Entry.of(0, 10, new byte[] {10}, new byte[] {0}),
                        Entry.of(1, 10, new byte[] {10}, new byte[0]),
                        Entry.of(0, 10, new byte[] {10, 1}, new byte[] {0}));

        assertThat(read(write(entries)).entries).isEqualTo(entries);
    }
}
