package io.holdfast.toolkit.metadata;

import io.holdfast.api.serialization.SerializerSnapshot;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle.ByKeyGroup;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle.Changes;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle.Incremental;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle.NamedStream;
import io.holdfast.spi.snapshot.SnapshotScope;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.toolkit.metadata.OperatorStateHandle.Distribution;
import io.holdfast.toolkit.metadata.OperatorStateHandle.NamedState;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Makes metadata of every shape. */
final class RandomMetadata {
    private final SplittableRandom random;
    private final String job;
    private final List<StreamHandle.InFile> shared = new ArrayList<>();

    /**
     * @param seed same seed, same metadata
     * @param job directory of the job, ending in a slash
     */
    RandomMetadata(long seed, String job) {
        this.random = new SplittableRandom(seed);
        this.job = job;
    }

    CheckpointMetadata next() {
        List<OperatorMetadata> operators = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            operators.add(operator("op-" + i));
        }
        return new CheckpointMetadata(
                random.nextLong(),
                random.nextBoolean()
                        ? CheckpointMetadata.Kind.CHECKPOINT
                        : CheckpointMetadata.Kind.SAVEPOINT,
                random.nextBoolean(),
                Instant.ofEpochMilli(random.nextLong(1L << 45)),
                Instant.ofEpochMilli(random.nextLong(1L << 45)),
                "job-" + random.nextInt(100),
                text(),
                operators);
    }

    private OperatorMetadata operator(String id) {
        int parallelism = 1 + random.nextInt(4);
        int maxParallelism = parallelism + random.nextInt(20);
        List<OperatorSnapshot> subtasks = new ArrayList<>();
        for (int i = 0; i < parallelism; i++) {
            KeyGroupRange range = KeyGroupRange.of(maxParallelism, parallelism, i);
            subtasks.add(
                    new OperatorSnapshot(
                            some(2, () -> keyed(range, 0)),
                            random.nextInt(3) == 0
                                    ? Optional.of(
                                            new ByKeyGroup(
                                                    range,
                                                    "raw-keyed/1",
                                                    offsets(range.size()),
                                                    stream()))
                                    : Optional.empty(),
                            random.nextBoolean()
                                    ? Optional.of(operatorState())
                                    : Optional.empty()));
        }
        return new OperatorMetadata(id, text(), parallelism, maxParallelism, subtasks);
    }

    private KeyedSnapshotHandle keyed(KeyGroupRange range, int depth) {
        return switch (random.nextInt(depth > 1 ? 2 : 3)) {
            case 0 -> new ByKeyGroup(range, "canonical/1", offsets(range.size()), stream());
            case 1 ->
                    new Incremental(
                            range,
                            "rocksdb/1",
                            text(),
                            random.nextLong(),
                            stream(),
                            some(4, () -> new NamedStream(text(), stream())),
                            some(3, () -> new NamedStream(text(), stream())));
            default ->
                    new Changes(
                            range,
                            "changes/1",
                            some(2, () -> keyed(range, depth + 1)),
                            some(3, this::stream),
                            random.nextLong());
        };
    }

    private OperatorStateHandle operatorState() {
        List<NamedState> states = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            Distribution distribution = Distribution.values()[random.nextInt(3)];
            states.add(
                    new NamedState(
                            "state-" + i,
                            distribution,
                            some(2, this::serializer),
                            offsets(
                                    distribution == Distribution.BROADCAST
                                            ? 1
                                            : random.nextInt(5))));
        }
        return new OperatorStateHandle(states, stream());
    }

    private SerializerSnapshot serializer() {
        return random.nextBoolean()
                ? SerializerSnapshot.named(text())
                : new SerializerSnapshot(
                        "list",
                        random.nextInt(9),
                        bytes(3),
                        List.of(SerializerSnapshot.named("x")));
    }

    private StreamHandle stream() {
        return switch (random.nextInt(5)) {
            case 0 -> new StreamHandle.Inline(bytes(random.nextInt(20)));
            case 1 -> file(job + "chk-7/" + random.nextInt(1000), SnapshotScope.EXCLUSIVE);
            case 2 -> file("s3://bucket/else/" + random.nextInt(1000), SnapshotScope.EXCLUSIVE);
            case 3 -> {
                StreamHandle.InFile file =
                        file(job + "shared/" + random.nextInt(1000), SnapshotScope.SHARED);
                shared.add(file);
                yield file;
            }
            default ->
                    shared.isEmpty()
                            ? new StreamHandle.Inline(new byte[0])
                            : shared.get(random.nextInt(shared.size()));
        };
    }

    private StreamHandle.InFile file(String location, SnapshotScope scope) {
        return new StreamHandle.InFile(
                URI.create(location), random.nextLong(1L << 40), random.nextInt(), scope);
    }

    private long[] offsets(int count) {
        return random.longs(count, 0, Long.MAX_VALUE).toArray();
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private String text() {
        String[] texts = {"", "a", "hot items -> count", "äöü \uD83D\uDE00", "x".repeat(300)};
        return texts[random.nextInt(texts.length)];
    }

    private <T> List<T> some(int max, Supplier<T> part) {
        List<T> list = new ArrayList<>();
        for (int i = random.nextInt(max + 1); i > 0; i--) {
            list.add(part.get());
        }
        return list;
    }
}
