package io.holdfast.backend.hashmap.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.spi.snapshot.SnapshotScope;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.testkit.fixture.MemorySnapshots;
import io.holdfast.toolkit.io.BytesOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks of segments that are packed, and those that claim to be. */
class PackedSegmentsTest {
    private static final long FILE = 5;
    private static final int GROUP = 3;
    private static final byte[] TEXT =
            "the same words again and again ".repeat(1_000).getBytes(StandardCharsets.UTF_8);

    /** Small ones stand in the handle; these must be files. */
    private final MemorySnapshots snapshots = new MemorySnapshots(0);

    private StreamHandle.InFile stream;

    private Segment<String> packed(byte[] entry) throws IOException {
        try (SegmentWriter writer =
                new SegmentWriter(FILE, () -> snapshots.create(SnapshotScope.EXCLUSIVE), true)) {
            writer.begin(GROUP, true);
            writer.startEntries(0, 0);
            BytesOutput block = writer.block();
            block.write(entry, 0, entry.length);
            writer.ended(1);
            Segment<String> segment = writer.end("file");
            stream = (StreamHandle.InFile) writer.finish().orElseThrow();
            return segment;
        }
    }

    private List<byte[]> read(Segment<String> segment) throws IOException {
        List<byte[]> payloads = new ArrayList<>();
        try (SegmentReader reader = new SegmentReader(FILE, stream, snapshots.open(stream))) {
            reader.read(segment, GROUP, block -> payloads.add(block.bytes()));
        }
        return payloads;
    }

    @Test
    void wordsTakeLessAndComeBack() throws IOException {
        Segment<String> segment = packed(TEXT);

        assertThat(segment.length()).isLessThan(TEXT.length / 10);
        assertThat(read(segment)).containsExactly(TEXT);
    }

    @Test
    void whatCannotBePackedStaysAsItIs() throws IOException {
        byte[] noise = new byte[40_000];
        new SplittableRandom(7).nextBytes(noise);

        Segment<String> segment = packed(noise);

        assertThat(segment.length()).isEqualTo(HeapFormat.HEAD + noise.length);
        assertThat(read(segment)).containsExactly(noise);
    }

    @Test
    void anEntryLongerThanABlockIsNotPacked() throws IOException {
        byte[] large = new byte[HeapFormat.BLOCK + 1];

        assertThat(read(packed(large))).containsExactly(large);
        assertThat(snapshots.bytes(stream)).hasSize(HeapFormat.HEAD + large.length);
    }

    /** A file may have been made by somebody who computes the right checksum. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 30_999, 31_001, HeapFormat.BLOCK, HeapFormat.BLOCK + 1, 1 << 30, -1})
    void aLengthThatIsNotThatOfThePayloadIsRefused(int claimed) throws IOException {
        Segment<String> segment = packed(TEXT);
        byte[] bytes = snapshots.bytes(stream);
        HeapFormat.INT.set(bytes, 4, claimed);

        assertRefused(segment, bytes);
    }

    @Test
    void aPayloadThatIsNoDeflateIsRefused() throws IOException {
        Segment<String> segment = packed(TEXT);
        byte[] bytes = snapshots.bytes(stream);
        Arrays.fill(bytes, HeapFormat.HEAD, bytes.length, (byte) 0xFF);

        assertRefused(segment, bytes);
    }

    private void assertRefused(Segment<String> segment, byte[] bytes) {
        int length = bytes.length - HeapFormat.HEAD;
        HeapFormat.Place place = new HeapFormat.Place(FILE, 0, GROUP);
        HeapFormat.INT.set(
                bytes, 16, HeapFormat.checksum(place, bytes, bytes, HeapFormat.HEAD, length));
        snapshots.overwrite(stream, bytes);

        assertThatThrownBy(() -> read(segment))
                .isInstanceOf(HoldfastException.class)
                .hasMessageContaining("SNAPSHOT-4001");
    }
}
