package io.holdfast.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.spi.filesystem.FileSystem;
import io.holdfast.spi.snapshot.SnapshotScope;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.spi.storage.CheckpointStore;
import io.holdfast.spi.storage.StoredCheckpoint;
import io.holdfast.testkit.storage.SampleCheckpoint;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kill -9 at random moments: whatever was acknowledged is there, and what is there is whole. */
class KillTest {
    private static final int KILLS = Integer.getInteger("test.kills", 40);

    @TempDir(factory = InMemory.class)
    Path directory;

    private final long seed = Long.getLong("test.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private int kills;
    private int leftovers;
    private int orphans;
    private int acknowledged;
    private int beforeReady;

    @Test
    void everythingPublishedSurvivesKillsAtRandomMoments() throws Exception {
        long next = 1;
        ScheduledExecutorService killer = Executors.newSingleThreadScheduledExecutor();
        try {
            // Few kills hit the middle of a checkpoint; without any, nothing was tested.
            while (kills < KILLS || ((leftovers == 0 || orphans == 0) && kills < 4 * KILLS)) {
                next = live(killer, next);
                kills++;
            }
        } finally {
            killer.shutdownNow();
        }
        System.out.printf(
                "seed %d: %d kills, %d checkpoints acknowledged, %d leftovers removed, %d shared"
                        + " streams swept, %d before ready%n",
                seed, kills, acknowledged, leftovers, orphans, beforeReady);
        assertThat(acknowledged).as("checkpoints that were acknowledged").isPositive();
        assertThat(leftovers).as("kills in the middle of a checkpoint").isPositive();
        assertThat(orphans).as("shared streams that nothing referred to").isPositive();
    }

    /** One life: from the start of a process to the check after its death. */
    private long live(ScheduledExecutorService killer, long first) throws Exception {
        long last = first - 1;
        boolean ready = false;
        try (ChildJvm child =
                ChildJvm.start(
                        PublishLoop.class,
                        directory.toString(),
                        "job",
                        Long.toString(first),
                        "1000000",
                        "60000")) {
            boolean early = random.nextInt(4) == 0;
            child.await(early ? "up" : "ready");
            ready = !early;
            killer.schedule(
                    () -> {
                        child.kill();
                        return null;
                    },
                    random.nextInt(early ? 300_000 : 100_000),
                    TimeUnit.MICROSECONDS);
            for (Optional<String> line = child.line(); line.isPresent(); line = child.line()) {
                ready |= line.get().equals("ready");
                if (line.get().matches("published \\d+")) {
                    last = Long.parseLong(line.get().substring("published ".length()));
                    acknowledged++;
                }
            }
            assertThat(child.exit()).as("ended by the kill").isEqualTo(128 + 9);
        }
        beforeReady += ready ? 0 : 1;
        return check(last);
    }

    private long check(long last) throws IOException {
        leftovers += unpublished().size();
        try (FileSystem files = LocalFixture.fileSystem();
                CheckpointStore store =
                        new FileSystemCheckpointStorage(directory.toUri(), 100)
                                .open("job", path -> files)) {
            List<StoredCheckpoint> published = store.published();
            for (StoredCheckpoint each : published) {
                assertThat(SampleCheckpoint.damage(store, each)).as("seed %d", seed).isEmpty();
            }
            long highest = published.isEmpty() ? 0 : id(published.get(0));
            assertThat(highest).as("seed %d", seed).isGreaterThanOrEqualTo(last);
            assertThat(unpublished()).as("after the next process opened the store").isEmpty();
            orphans += store.sweep(referenced(published));
            assertThat(sharedFiles())
                    .as("after the sweep, seed %d", seed)
                    .isEqualTo(names(referenced(published)));
            for (StoredCheckpoint each : published) {
                assertThat(SampleCheckpoint.damage(store, each)).as("seed %d", seed).isEmpty();
            }
            return highest + 1;
        }
    }

    /** Shared files that checkpoints refer to. */
    private static Set<URI> referenced(List<StoredCheckpoint> published) throws IOException {
        Set<URI> files = new HashSet<>();
        for (StoredCheckpoint each : published) {
            for (StreamHandle handle : SampleCheckpoint.handles(each)) {
                if (handle instanceof StreamHandle.InFile file
                        && file.scope() == SnapshotScope.SHARED) {
                    files.add(file.file());
                }
            }
        }
        return files;
    }

    private static Set<String> names(Set<URI> files) {
        return files.stream()
                .map(file -> Path.of(file.getPath()).getFileName().toString())
                .collect(Collectors.toSet());
    }

    private Set<String> sharedFiles() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("job/shared"))) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    private static long id(StoredCheckpoint checkpoint) {
        String pointer = checkpoint.pointer();
        return Long.parseLong(pointer.substring(pointer.lastIndexOf('-') + 1));
    }

    private List<Path> unpublished() throws IOException {
        Path job = directory.resolve("job");
        if (!Files.exists(job)) {
            return List.of();
        }
        try (Stream<Path> walk = Files.walk(job)) {
            return walk.filter(
                            path ->
                                    path.toString().endsWith(".part")
                                            || (path.getFileName().toString().startsWith("chk-")
                                                    && !Files.exists(path.resolve("_metadata"))))
                    .toList();
        }
    }
}
