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
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** In either form: plain, and with packed blocks. */
    @ParameterizedTest(name = "packed: {0}")
    @ValueSource(booleans = {false, true})
    @Retention(RetentionPolicy.RUNTIME)
    private @interface EachForm {}

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

    /** Four letters in no order: they take a quarter of the bytes when packed. */
    private static byte[] letters(int length, long seed) {
        byte[] letters = bytes(length, seed);
        for (int i = 0; i < length; i++) {
            letters[i] = (byte) ('a' + (letters[i] & 3));
        }
        return letters;
    }

    private static byte[] words(int times) {
        return "the same words again and again ".repeat(times).getBytes(StandardCharsets.UTF_8);
    }

    private static void entry(CanonicalWriter writer, byte[] key, byte[] value) throws IOException {
        byte[] framed = new byte[key.length + value.length + 2];
        System.arraycopy(key, 0, framed, 1, key.length);
        System.arraycopy(value, 0, framed, 2 + key.length, value.length);
        writer.entry(framed, 1, key.length, framed, 2 + key.length, value.length);
    }

    private static ByKeyGroup write(boolean packs, List<Entry> entries) throws IOException {
        try (CanonicalWriter writer =
                new CanonicalWriter(
                        InMemory.SINK,
                        new CanonicalHeader(128, GROUPS, KEY, List.of(NAMES, TIMERS)),
                        packs)) {
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
                Entry.of(0, 14, new byte[] {14}, words(9)),
                Entry.of(1, 19, new byte[0], new byte[0]));
    }

    private static Content expected(List<Entry> entries) {
        return new Content(128, KEY, List.of(NAMES, TIMERS), entries);
    }

    @EachForm
    void entriesAreReadInTheOrderInWhichTheyWereWritten(boolean packs) throws IOException {
        assertThat(read(write(packs, few()))).isEqualTo(expected(few()));
    }

    @EachForm
    void aStreamWithoutEntriesIsWhole(boolean packs) throws IOException {
        ByKeyGroup handle = write(packs, List.of());

        assertThat(read(handle)).isEqualTo(expected(List.of()));
        assertThat(handle.offsets()).hasSize(10).containsOnly(0);
        assertThat(handle.keyGroups()).isEqualTo(GROUPS);
        assertThat(handle.format()).isEqualTo(packs ? "canonical/2" : "canonical/1");
    }

    @EachForm
    void onlyTheWantedKeyGroupsAreRead(boolean packs) throws IOException {
        ByKeyGroup handle = write(packs, few());
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

    @EachForm
    void entriesMayCrossBlocksAnywhere(boolean packs) throws IOException {
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
                                i % 3 == 0
                                        ? bytes(valueLength, random.nextLong())
                                        : letters(valueLength, random.nextLong())));
            }
        }
        ByKeyGroup handle = write(packs, entries);

        assertThat(read(handle).entries).isEqualTo(entries);
        assertThat(read(handle, ALL, InMemory.shortReads(1_000)).entries).isEqualTo(entries);
    }

    @EachForm
    void lengthsMayStandAtEveryPlaceAroundTheEndOfABlock(boolean packs) throws IOException {
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

            assertThat(read(write(packs, entries)).entries)
                    .as("shift %d", shift)
                    .isEqualTo(entries);
        }
    }

    @EachForm
    void aHugeEntryIsReadBack(boolean packs) throws IOException {
        List<Entry> entries =
                List.of(
                        Entry.of(0, 10, bytes(1 << 20, 1), letters(3 << 20, 2)),
                        Entry.of(0, 10, new byte[1 << 20], new byte[5 << 20]));

        assertThat(read(write(packs, entries)).entries).isEqualTo(entries);
    }

    @EachForm
    void shortReadsDoNotMatter(boolean packs) throws IOException {
        ByKeyGroup handle = write(packs, few());
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

    @EachForm
    void everyFlippedBitIsNoticedOrDoesNotMatter(boolean packs) throws IOException {
        ByKeyGroup handle = write(packs, few());
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

    @EachForm
    void everyTruncationIsNoticedOrDoesNotMatter(boolean packs) throws IOException {
        ByKeyGroup handle = write(packs, few());
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

    @EachForm
    void randomDamageOfALongStreamIsNoticed(boolean packs) throws IOException {
        SplittableRandom random = new SplittableRandom(11);
        List<Entry> entries = new ArrayList<>();
        for (int group = 10; group < 20; group++) {
            entries.add(Entry.of(0, group, bytes(20, group), letters(40_000, group)));
        }
        ByKeyGroup handle = write(packs, entries);
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

    @EachForm
    void blocksThatChangedPlacesAreNoticed(boolean packs) throws IOException {
        List<Entry> entries =
                List.of(
                        Entry.of(0, 10, new byte[] {10}, new byte[] {1}),
                        Entry.of(0, 11, new byte[] {11}, new byte[] {2}));
        ByKeyGroup handle = write(packs, entries);
        long[] swapped = handle.offsets().clone();
        swapped[0] = handle.offsets()[1];
        swapped[1] = handle.offsets()[0];
        ByKeyGroup damaged =
                new ByKeyGroup(handle.keyGroups(), handle.format(), swapped, handle.data());

        assertThat(isRefused(damaged, expected(entries), "groups in each other's place")).isTrue();
    }

    @EachForm
    void offsetsThatAreNoneAreNoticed(boolean packs) throws IOException {
        ByKeyGroup handle = write(packs, few());
        for (long offset : new long[] {-1, 1, 12, streamOf(handle).length, Long.MAX_VALUE}) {
            long[] offsets = handle.offsets().clone();
            offsets[3] = offset;
            ByKeyGroup damaged =
                    new ByKeyGroup(handle.keyGroups(), handle.format(), offsets, handle.data());

            assertThat(isRefused(damaged, expected(few()), "offset " + offset)).isTrue();
        }
    }

    @EachForm
    void aHandleOfOtherKeyGroupsIsNoticed(boolean packs) throws IOException {
        ByKeyGroup handle = write(packs, few());
        ByKeyGroup moved =
                new ByKeyGroup(
                        new KeyGroupRange(11, 20),
                        handle.format(),
                        handle.offsets(),
                        handle.data());

        assertThatThrownBy(() -> read(moved)).hasMessageContainingAll("10..19", "11..20");
    }

    @EachForm
    void otherFormatsAreRefusedByName(boolean packs) throws IOException {
        ByKeyGroup handle = write(packs, few());
        ByKeyGroup foreign = new ByKeyGroup(GROUPS, "canonical/3", handle.offsets(), handle.data());
        Incremental files =
                new Incremental(
                        GROUPS, "sorted/1", "someone", 1, handle.data(), List.of(), List.of());
        for (var each : List.of(foreign, files)) {
            Throwable refusal =
                    catchThrowable(() -> CanonicalReader.open(each, InMemory.SOURCE).close());

            assertThat(((HoldfastException) refusal).problem().code()).isEqualTo("SNAPSHOT-4002");
            assertThat(refusal)
                    .hasMessageContainingAll(each.format(), "canonical/1", "canonical/2");
        }
    }

    // Lengths that lie, with checksums that are right

    private static ByKeyGroup forged(boolean packs, BytesOutput header, BytesOutput payload) {
        return forged(packs, header, payload.toByteArray(), 0);
    }

    private static ByKeyGroup forged(boolean packs, BytesOutput header, byte[] stored, int mark) {
        BytesOutput out = new BytesOutput(100);
        out.writeInt(CanonicalFormat.MAGIC);
        out.writeInt(CanonicalFormat.version(packs));
        out.writeInt(header.length());
        out.write(header.array(), 0, header.length());
        CRC32C crc = new CRC32C();
        crc.update(header.array(), 0, header.length());
        out.writeInt((int) crc.getValue());
        long[] offsets = new long[10];
        if (stored.length > 0) {
            offsets[0] = out.length();
            out.writeInt(stored.length | mark);
            out.write(stored, 0, stored.length);
            out.writeInt(CanonicalFormat.checksum(10, mark, stored, stored.length));
        }
        out.writeInt(0);
        out.writeInt(CanonicalFormat.END);
        return new ByKeyGroup(
                GROUPS, name(packs), offsets, new StreamHandle.Inline(out.toByteArray()));
    }

    private static String name(boolean packs) {
        return packs ? CanonicalFormat.PACKED_NAME : CanonicalFormat.NAME;
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

    @EachForm
    void lengthsThatLieCostNoMemory(boolean packs) throws IOException {
        BytesOutput none = new BytesOutput(1);
        expectDamaged(forged(packs, header(1), payload(1, Integer.MAX_VALUE)));
        expectDamaged(forged(packs, header(1), payload(1, 1 << 30)));
        expectDamaged(forged(packs, header(1), payload(1, -1)));
        expectDamaged(forged(packs, header(1), payload(1, 3, 7, Integer.MAX_VALUE)));
        expectDamaged(forged(packs, header(1), payload(1, 1, Integer.MAX_VALUE)));
        expectDamaged(forged(packs, header(1), payload(1, 1, -1)));
        expectDamaged(forged(packs, header(1), payload(2)));
        expectDamaged(forged(packs, header(1), payload(Integer.MAX_VALUE)));
        expectDamaged(forged(packs, header(1), payload(-1)));
        expectDamaged(forged(packs, header(Integer.MAX_VALUE), none));
        expectDamaged(forged(packs, header(-1), none));
        BytesOutput longHeader = header(0);
        longHeader.writeInt(7);
        expectDamaged(forged(packs, longHeader, none));
        BytesOutput longName = new BytesOutput(100);
        longName.writeInt(128);
        longName.writeInt(10);
        longName.writeInt(19);
        longName.writeUTF("key");
        longName.writeInt(1);
        longName.writeInt(16 << 20);
        expectDamaged(forged(packs, longName, none));
    }

    @EachForm
    void aHeaderThatClaimsMoreThanTheStreamHoldsCostsNoMemory(boolean packs) {
        BytesOutput out = new BytesOutput(20);
        out.writeInt(CanonicalFormat.MAGIC);
        out.writeInt(CanonicalFormat.version(packs));
        out.writeInt(60 << 20);
        out.writeInt(0);

        expectDamaged(
                new ByKeyGroup(
                        GROUPS,
                        name(packs),
                        new long[10],
                        new StreamHandle.Inline(out.toByteArray())));
    }

    // Packed blocks

    @Test
    void wordsTakeLess() throws IOException {
        List<Entry> entries = List.of(Entry.of(0, 10, new byte[] {10}, words(1_000)));

        assertThat(streamOf(write(true, entries)).length)
                .isLessThan(streamOf(write(false, entries)).length / 10);
    }

    @Test
    void whatCannotBePackedStandsAsInThePlainForm() throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (int group = 10; group < 14; group++) {
            entries.add(Entry.of(0, group, bytes(20, group), bytes(200_000, group)));
        }
        byte[] plain = streamOf(write(false, entries));
        plain[7] = CanonicalFormat.PACKED_VERSION;

        assertThat(streamOf(write(true, entries))).isEqualTo(plain);
    }

    @EachForm
    void aHandleThatSaysTheOtherFormIsNoticed(boolean packs) throws IOException {
        ByKeyGroup handle = write(packs, few());

        expectDamaged(new ByKeyGroup(GROUPS, name(!packs), handle.offsets(), handle.data()));
    }

    @Test
    void aMarkedBlockInThePlainFormIsNoticed() throws IOException {
        byte[] section = payload(1, 0, 0).toByteArray();

        expectDamaged(forged(false, header(1), deflated(section), CanonicalFormat.PACKED));
    }

    private static byte[] deflated(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(bytes);
        deflater.finish();
        byte[] deflated = new byte[bytes.length + 100];
        int length = deflater.deflate(deflated);
        assertThat(deflater.finished()).isTrue();
        deflater.end();
        return Arrays.copyOf(deflated, length);
    }

    /** An entry that fills a block, or is longer by some bytes. */
    private static byte[] block(int more) {
        BytesOutput block = payload(1, 2, 10, CanonicalFormat.BLOCK - 8 + more);
        block.write(new byte[CanonicalFormat.BLOCK], 0, CanonicalFormat.BLOCK - 8 + more);
        block.writeVarInt(0);
        block.writeVarInt(0);
        return block.toByteArray();
    }

    private static void expectPackedRefused(byte[] stored) throws IOException {
        expectDamaged(forged(true, header(1), stored, CanonicalFormat.PACKED));
    }

    @Test
    void aBlockUnpacksToNoMoreThanABlock() throws IOException {
        byte[] full = block(0);
        assertThat(full.length).isEqualTo(CanonicalFormat.BLOCK);
        ByKeyGroup whole = forged(true, header(1), deflated(full), CanonicalFormat.PACKED);
        assertThat(read(whole).entries()).hasSize(1);

        byte[] one = block(1);
        assertThat(one.length).isEqualTo(CanonicalFormat.BLOCK + 1);
        expectPackedRefused(deflated(one));
        byte[] bomb = deflated(new byte[20 << 20]);
        assertThat(bomb.length).isLessThan(CanonicalFormat.BLOCK);
        expectPackedRefused(bomb);
    }

    @Test
    void aPackedBlockIsAllOfOneStreamThatHoldsSomething() throws IOException {
        byte[] sound = deflated(payload(1, 2, 10, 3, 1, 2, 3, 0, 0).toByteArray());
        ByKeyGroup whole = forged(true, header(1), sound, CanonicalFormat.PACKED);
        assertThat(read(whole).entries()).hasSize(1);

        expectPackedRefused(deflated(new byte[0]));
        expectPackedRefused(Arrays.copyOf(sound, sound.length + 1));
        for (int length = 1; length < sound.length; length++) {
            expectPackedRefused(Arrays.copyOf(sound, length));
        }
        byte[] noDeflate = new byte[100];
        Arrays.fill(noDeflate, (byte) 0xFF);
        expectPackedRefused(noDeflate);
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

    @EachForm
    void aClosedWriterIsStopped(boolean packs) throws IOException {
        CanonicalWriter writer =
                new CanonicalWriter(
                        InMemory.SINK,
                        new CanonicalHeader(128, GROUPS, KEY, List.of(NAMES)),
                        packs);

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

    @EachForm
    void aStateMayComeInSeveralSections(boolean packs) throws IOException {
        List<Entry> entries =
                List.of(
                        Entry.of(0, 10, new byte[] {10}, new byte[] {0}),
                        Entry.of(1, 10, new byte[] {10}, new byte[0]),
                        Entry.of(0, 10, new byte[] {10, 1}, new byte[] {0}));

        assertThat(read(write(packs, entries)).entries).isEqualTo(entries);
    }
}
