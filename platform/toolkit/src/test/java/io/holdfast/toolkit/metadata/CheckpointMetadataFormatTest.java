package io.holdfast.toolkit.metadata;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.api.serialization.SerializerSnapshot;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle.ByKeyGroup;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle.Changes;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle.Incremental;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle.NamedStream;
import io.holdfast.spi.snapshot.SnapshotScope;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.toolkit.metadata.OperatorStateHandle.Distribution;
import io.holdfast.toolkit.metadata.OperatorStateHandle.NamedState;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class CheckpointMetadataFormatTest {
    private static final String JOB = "file:///checkpoints/job-1/";
    private static final Optional<URI> DIRECTORY = Optional.of(URI.create(JOB + "chk-7"));
    private static final long SEED = Long.getLong("test.seed", 20_260_101);

    @Test
    void whatIsWrittenIsRead() {
        for (int i = 0; i < 500; i++) {
            CheckpointMetadata metadata = new RandomMetadata(SEED + i, JOB).next();
            byte[] bytes = CheckpointMetadataFormat.encode(metadata, DIRECTORY);
            assertThat(decode(bytes)).as("seed %d", SEED + i).isEqualTo(metadata);
        }
    }

    @Test
    void metadataWithoutADirectoryAreReadAnywhere() {
        for (int i = 0; i < 100; i++) {
            CheckpointMetadata metadata = new RandomMetadata(SEED + i, JOB).next();
            byte[] bytes = CheckpointMetadataFormat.encode(metadata, Optional.empty());
            assertThat(CheckpointMetadataFormat.decode(bytes, Optional.empty(), "test"))
                    .as("seed %d", SEED + i)
                    .isEqualTo(metadata);
        }
    }

    @Test
    void theBytesOfVersionOneNeverChange() throws Exception {
        CheckpointMetadata metadata = golden();
        byte[] stored;
        try (InputStream in = getClass().getResourceAsStream("checkpoint-metadata-1.bin")) {
            stored = in.readAllBytes();
        }
        assertThat(decode(stored)).isEqualTo(metadata);
        assertThat(CheckpointMetadataFormat.encode(metadata, DIRECTORY)).isEqualTo(stored);
    }

    /** One of every form. */
    private static CheckpointMetadata golden() {
        StreamHandle.InFile shared = file(JOB + "shared/000012.sst", SnapshotScope.SHARED);
        StreamHandle.InFile own = file(JOB + "chk-7/5f1c", SnapshotScope.EXCLUSIVE);
        StreamHandle.InFile elsewhere = file("s3://bucket/log/1", SnapshotScope.SHARED);
        StreamHandle.Inline inline = new StreamHandle.Inline(new byte[] {1, 2, 3, -1});
        ByKeyGroup full =
                new ByKeyGroup(new KeyGroupRange(0, 1), "canonical/1", new long[] {0, 77}, own);
        Incremental incremental =
                new Incremental(
                        new KeyGroupRange(2, 3),
                        "rocksdb/1",
                        "0c1e",
                        6,
                        inline,
                        List.of(new NamedStream("000012.sst", shared)),
                        List.of(new NamedStream("MANIFEST", own)));
        Changes changes =
                new Changes(
                        new KeyGroupRange(4, 5),
                        "changes/1",
                        List.of(
                                new ByKeyGroup(
                                        new KeyGroupRange(4, 4),
                                        "canonical/1",
                                        new long[] {9},
                                        elsewhere)),
                        List.of(inline, shared),
                        3);
        OperatorStateHandle operatorState =
                new OperatorStateHandle(
                        List.of(
                                new NamedState(
                                        "splits",
                                        Distribution.SPLIT,
                                        List.of(SerializerSnapshot.of("list", named("long"))),
                                        new long[] {0, 8, 16}),
                                new NamedState("all", Distribution.UNION, List.of(), new long[0]),
                                new NamedState(
                                        "rules",
                                        Distribution.BROADCAST,
                                        List.of(named("string"), named("long")),
                                        new long[] {24})),
                        inline);
        return new CheckpointMetadata(
                7,
                CheckpointMetadata.Kind.CHECKPOINT,
                true,
                Instant.ofEpochMilli(1_700_000_000_001L),
                Instant.ofEpochMilli(1_700_000_000_202L),
                "job-1",
                "hot items",
                List.of(
                        new OperatorMetadata(
                                "3f",
                                "count -> print",
                                3,
                                6,
                                List.of(
                                        new OperatorSnapshot(
                                                List.of(full), Optional.of(operatorState)),
                                        new OperatorSnapshot(
                                                List.of(incremental), Optional.empty()),
                                        new OperatorSnapshot(List.of(changes), Optional.empty()))),
                        new OperatorMetadata(
                                "40", "map", 1, 128, List.of(OperatorSnapshot.EMPTY))));
    }

    private static SerializerSnapshot named(String name) {
        return SerializerSnapshot.named(name);
    }

    @Test
    void aSavepointMayBeMoved() {
        StreamHandle.InFile file = file("file:///savepoints/sp-1/part", SnapshotScope.SHARED);
        byte[] bytes =
                CheckpointMetadataFormat.encode(
                        holding(CheckpointMetadata.Kind.SAVEPOINT, file),
                        Optional.of(URI.create("file:///savepoints/sp-1")));

        CheckpointMetadata moved =
                CheckpointMetadataFormat.decode(
                        bytes, Optional.of(URI.create("s3://archive/2026/sp-1/")), "test");
        assertThat(moved.files().map(StreamHandle.InFile::file))
                .containsExactly(URI.create("s3://archive/2026/sp-1/part"));
    }

    @Test
    void aJobsDirectoryMayBeMovedWithItsSharedFiles() {
        byte[] bytes =
                CheckpointMetadataFormat.encode(
                        holding(
                                CheckpointMetadata.Kind.CHECKPOINT,
                                file(JOB + "shared/part", SnapshotScope.SHARED)),
                        DIRECTORY);

        CheckpointMetadata moved =
                CheckpointMetadataFormat.decode(
                        bytes, Optional.of(URI.create("file:///copy/chk-7")), "test");
        assertThat(moved.files().map(StreamHandle.InFile::file))
                .containsExactly(URI.create("file:///copy/shared/part"));
    }

    @Test
    void aSavepointKeepsPointingAtFilesOfOthers() {
        StreamHandle.InFile other = file("file:///savepoints/sp-0/part", SnapshotScope.SHARED);
        byte[] bytes =
                CheckpointMetadataFormat.encode(
                        holding(CheckpointMetadata.Kind.SAVEPOINT, other),
                        Optional.of(URI.create("file:///savepoints/sp-1")));

        assertThat(
                        CheckpointMetadataFormat.decode(
                                        bytes, Optional.of(URI.create("file:///a/b")), "test")
                                .files())
                .containsExactly(other);
    }

    @Test
    void relativeLocationsNeedADirectory() {
        byte[] bytes =
                CheckpointMetadataFormat.encode(
                        holding(
                                CheckpointMetadata.Kind.CHECKPOINT,
                                file(JOB + "chk-7/part", SnapshotScope.EXCLUSIVE)),
                        DIRECTORY);
        assertThatThrownBy(() -> CheckpointMetadataFormat.decode(bytes, Optional.empty(), "test"))
                .isInstanceOf(HoldfastException.class)
                .hasMessageContaining("SNAPSHOT-4104")
                .hasMessageContaining("lie in no directory");
    }

    @Test
    void relativeLocationsStayBelowTheJobsDirectory() {
        URI directory = URI.create("file:///a/b/c/");
        for (String bad :
                List.of(
                        "",
                        "/etc/passwd",
                        "..",
                        "../",
                        "../../x",
                        "x/../../y",
                        "./x",
                        "x//y",
                        "x/",
                        "%2e%2e/x",
                        "../%2E%2e/x",
                        "x/..%2f..%2Fy",
                        "x%5c..%5Cy",
                        "x?y",
                        "x#y",
                        "x y")) {
            assertThat(Locations.resolve(directory, bad)).as(bad).isEmpty();
        }
        assertThat(Locations.resolve(directory, "x/y")).contains(URI.create("file:///a/b/c/x/y"));
        assertThat(Locations.resolve(directory, "../x")).contains(URI.create("file:///a/b/x"));
        assertThat(Locations.resolve(URI.create("file:///"), "../x")).isEmpty();
    }

    @Test
    void everyFlippedByteIsNoticed() {
        byte[] bytes = CheckpointMetadataFormat.encode(golden(), DIRECTORY);
        TreeMap<String, Integer> codes = new TreeMap<>();
        for (int i = 0; i < bytes.length; i++) {
            for (int flip : new int[] {0x01, 0x80, 0xFF}) {
                byte[] damaged = bytes.clone();
                damaged[i] ^= (byte) flip;
                codes.merge(refusal(damaged), 1, Integer::sum);
            }
        }
        // Magic tells what is foreign; all else is damage.
        assertThat(codes).containsOnlyKeys("SNAPSHOT-4101", "SNAPSHOT-4103");
        assertThat(codes.get("SNAPSHOT-4101")).isEqualTo(12);
    }

    @Test
    void everyTruncationAndEveryAppendedByteIsNoticed() {
        byte[] bytes = CheckpointMetadataFormat.encode(golden(), DIRECTORY);
        for (int length = 0; length < bytes.length; length++) {
            assertThat(refusal(Arrays.copyOf(bytes, length)))
                    .isIn("SNAPSHOT-4101", "SNAPSHOT-4103");
        }
        assertThat(refusal(Arrays.copyOf(bytes, bytes.length + 1))).isEqualTo("SNAPSHOT-4103");
    }

    @Test
    void damageIsToldWithBothSides() {
        byte[] bytes = CheckpointMetadataFormat.encode(golden(), DIRECTORY);
        bytes[40] ^= 1;
        assertThatThrownBy(() -> decode(bytes))
                .hasMessageContaining("The metadata test are damaged.")
                .hasMessageContaining("expected  CRC-32C")
                .hasMessageContaining("found     CRC-32C")
                .hasMessageContaining("%d bytes".formatted(bytes.length - 4));
    }

    /**
     * The checksum is made right again, so that every length and count is at the mercy of chance.
     */
    @Test
    void contentThatWasForgedIsRefusedOrReadButNeverBreaksTheReader() {
        SplittableRandom random = new SplittableRandom(SEED);
        int refused = 0;
        int read = 0;
        for (int round = 0; round < 40; round++) {
            byte[] bytes =
                    CheckpointMetadataFormat.encode(
                            new RandomMetadata(SEED + round, JOB).next(), DIRECTORY);
            for (int i = 4; i < bytes.length - 8; i++) {
                byte[] forged = bytes.clone();
                forged[i] = (byte) random.nextInt();
                if (random.nextInt(4) == 0) {
                    ByteBuffer.wrap(forged).putInt(Math.min(i, forged.length - 12), -1 >>> 1);
                }
                seal(forged);
                boolean accepted =
                        Assertions.assertTimeout(
                                Duration.ofSeconds(5), () -> refusal(forged).isEmpty());
                read += accepted ? 1 : 0;
                refused += accepted ? 0 : 1;
            }
        }
        assertThat(refused).isGreaterThan(1000);
        assertThat(read).isGreaterThan(100);
    }

    @Test
    void cutContentWithARightChecksumIsRefused() {
        byte[] bytes = CheckpointMetadataFormat.encode(golden(), DIRECTORY);
        for (int length = 12; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            ByteBuffer.wrap(cut).putInt(length - 8, CheckpointMetadataFormat.END);
            seal(cut);
            assertThat(refusal(cut)).as("%d bytes", length).isEqualTo("SNAPSHOT-4104");
        }
    }

    @Test
    void aLaterVersionIsNamed() {
        byte[] bytes = CheckpointMetadataFormat.encode(golden(), DIRECTORY);
        int version = 4 + 1 + CheckpointMetadataFormat.FORMAT.length();
        ByteBuffer.wrap(bytes).putInt(version, 2);
        seal(bytes);
        assertThatThrownBy(() -> decode(bytes))
                .hasMessageContaining("SNAPSHOT-4102")
                .hasMessageContaining("checkpoint-metadata/2")
                .hasMessageContaining("checkpoint-metadata/1");
    }

    @Test
    void metadataOfFlinkAreForeign() {
        byte[] flink = ByteBuffer.allocate(16).putInt(0x4960672d).putInt(6).array();
        assertThat(refusal(flink)).isEqualTo("SNAPSHOT-4101");
    }

    @Test
    void aFileThatManyReferToStandsInTheFileOnce() {
        StreamHandle.InFile file = file(JOB + "shared/" + "x".repeat(500), SnapshotScope.SHARED);
        OperatorSnapshot snapshot =
                new OperatorSnapshot(
                        List.of(), Optional.of(new OperatorStateHandle(List.of(), file)));
        CheckpointMetadata metadata =
                metadata(
                        CheckpointMetadata.Kind.CHECKPOINT,
                        new OperatorMetadata(
                                "a", "a", 3, 3, List.of(snapshot, snapshot, snapshot)));
        assertThat(CheckpointMetadataFormat.encode(metadata, DIRECTORY)).hasSizeLessThan(1000);
        assertThat(metadata.files()).containsExactly(file);
    }

    @Test
    void rawKeyedStateStandsBehindWhatTheBackendWroteAndNowhereElse() {
        ByKeyGroup backend = byKeyGroup("canonical/1");
        ByKeyGroup raw = byKeyGroup("raw-keyed/1");
        CheckpointMetadata metadata =
                keyed(new OperatorSnapshot(List.of(backend), Optional.of(raw), Optional.empty()));
        assertThat(decode(CheckpointMetadataFormat.encode(metadata, DIRECTORY)))
                .isEqualTo(metadata);
        byte[] first =
                CheckpointMetadataFormat.encode(
                        keyed(new OperatorSnapshot(List.of(backend, backend), Optional.empty())),
                        DIRECTORY);
        int name = new String(first, ISO_8859_1).indexOf("canonical/1");
        System.arraycopy("raw-keyed/1".getBytes(ISO_8859_1), 0, first, name, 11);
        seal(first);
        assertThatThrownBy(() -> decode(first))
                .hasMessageContaining("SNAPSHOT-4104")
                .hasMessageContaining("'raw-keyed/1' as keyed snapshot 1 of 2");
        assertThatThrownBy(() -> new OperatorSnapshot(List.of(raw), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () ->
                                new OperatorSnapshot(
                                        List.of(), Optional.of(backend), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static ByKeyGroup byKeyGroup(String format) {
        return new ByKeyGroup(
                new KeyGroupRange(0, 1),
                format,
                new long[] {0, 16},
                new StreamHandle.Inline(new byte[20]));
    }

    private static CheckpointMetadata keyed(OperatorSnapshot subtask) {
        return metadata(
                CheckpointMetadata.Kind.CHECKPOINT,
                new OperatorMetadata("a", "a", 1, 2, List.of(subtask)));
    }

    private static CheckpointMetadata holding(CheckpointMetadata.Kind kind, StreamHandle file) {
        return metadata(
                kind,
                new OperatorMetadata(
                        "a",
                        "a",
                        1,
                        1,
                        List.of(
                                new OperatorSnapshot(
                                        List.of(),
                                        Optional.of(new OperatorStateHandle(List.of(), file))))));
    }

    private static CheckpointMetadata metadata(
            CheckpointMetadata.Kind kind, OperatorMetadata operator) {
        return new CheckpointMetadata(
                7, kind, false, Instant.EPOCH, Instant.EPOCH, "job", "job", List.of(operator));
    }

    private static StreamHandle.InFile file(String location, SnapshotScope scope) {
        return new StreamHandle.InFile(URI.create(location), 10, 11, scope);
    }

    private static CheckpointMetadata decode(byte[] bytes) {
        return CheckpointMetadataFormat.decode(bytes, DIRECTORY, "test");
    }

    /** The code of the problem, or nothing if the bytes were read. */
    private static String refusal(byte[] bytes) {
        try {
            decode(bytes);
            return "";
        } catch (HoldfastException e) {
            assertThat(e.problem().category()).isEqualTo(Problem.Category.DATA);
            return e.problem().code();
        }
    }

    private static void seal(byte[] bytes) {
        ByteBuffer.wrap(bytes)
                .putInt(
                        bytes.length - 4,
                        CheckpointMetadataFormat.checksum(bytes, bytes.length - 4));
    }
}
