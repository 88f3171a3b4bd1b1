package io.holdfast.testkit.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.spi.filesystem.SeekableInput;
import io.holdfast.spi.snapshot.SnapshotOutput;
import io.holdfast.spi.snapshot.SnapshotScope;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.spi.storage.CheckpointStorage;
import io.holdfast.spi.storage.CheckpointStore;
import io.holdfast.spi.storage.CheckpointWrite;
import io.holdfast.spi.storage.StoredCheckpoint;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What every checkpoint storage must do with the checkpoints of a job. A module proves it by
 * extending this class.
 */
public abstract class CheckpointStoreContract extends StorageFixture {
    private static final String JOB = "job-1";

    /** For subclasses. */
    protected CheckpointStoreContract() {}

    private SampleCheckpoint sample(long id) {
        return SampleCheckpoint.ofSeed(seed + id);
    }

    private StoredCheckpoint publish(CheckpointStore store, long id) throws IOException {
        try (CheckpointWrite write = store.begin(id)) {
            return sample(id).publish(write);
        }
    }

    private void assertWhole(CheckpointStore store, StoredCheckpoint checkpoint, long id)
            throws IOException {
        assertThat(SampleCheckpoint.damage(store, checkpoint)).as("seed %d", seed).isEmpty();
        byte[] third = sample(id).content(2);
        StreamHandle handle = SampleCheckpoint.handles(checkpoint).get(2);
        assertThat(handle.length()).isEqualTo(third.length);
        try (SeekableInput input = store.open(handle)) {
            assertThat(input.readAllBytes()).as("seed %d", seed).isEqualTo(third);
        }
    }

    @Test
    void nothingIsPublishedBeforeTheMetadataAre() throws IOException {
        CheckpointStore store = open(storage(), JOB);
        try (CheckpointWrite write = store.begin(1)) {
            List<StreamHandle> handles = sample(1).writeStreams(write);
            assertThat(store.published()).isEmpty();
            StoredCheckpoint published =
                    write.publish(sample(1).encode(handles, write.directory()));
            assertThat(store.published()).containsExactly(published);
        }
    }

    @Test
    void whatWasPublishedComesBackWhole() throws IOException {
        CheckpointStore store = open(storage(), JOB);
        StoredCheckpoint published = publish(store, 1);
        assertWhole(store, published, 1);
        StoredCheckpoint listed = store.published().get(0);
        assertThat(listed.metadata()).isEqualTo(published.metadata());
        assertWhole(store, listed, 1);
        StoredCheckpoint resolved = store.resolve(published.pointer());
        assertThat(resolved).isEqualTo(published);
        assertWhole(store, resolved, 1);
    }

    @Test
    void publishedOnesAreListedHighestFirst() throws IOException {
        CheckpointStore store = open(storage(), JOB);
        StoredCheckpoint two = publish(store, 2);
        StoredCheckpoint nine = publish(store, 9);
        StoredCheckpoint ten = publish(store, 10);
        assertThat(store.published()).containsExactly(ten, nine, two);
        for (StoredCheckpoint each : store.published()) {
            assertThat(SampleCheckpoint.damage(store, each)).isEmpty();
        }
    }

    @Test
    void givingUpLeavesNothing() throws IOException {
        CheckpointStore store = open(storage(), JOB);
        publish(store, 1);
        Set<String> before = allFiles();
        try (CheckpointWrite write = store.begin(2)) {
            sample(2).writeStreams(write);
            write.create(SnapshotScope.SHARED).write(new byte[100_000]);
            write.create(SnapshotScope.EXCLUSIVE).write(new byte[100_000]);
        }
        assertThat(allFiles()).isEqualTo(before);
        assertThat(store.published()).hasSize(1);
        assertWhole(store, publish(store, 2), 2);
    }

    @Test
    void closingAfterPublishingChangesNothing() throws IOException {
        CheckpointStore store = open(storage(), JOB);
        CheckpointWrite write = store.begin(1);
        StoredCheckpoint published = sample(1).publish(write);
        write.close();
        write.close();
        assertWhole(store, published, 1);
        assertThatThrownBy(() -> write.create(SnapshotScope.EXCLUSIVE))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> write.publish(new byte[1])).isInstanceOf(IOException.class);
        assertWhole(store, store.published().get(0), 1);
    }

    @Test
    void openStreamsPreventPublishing() throws IOException {
        CheckpointStore store = open(storage(), JOB);
        try (CheckpointWrite write = store.begin(1)) {
            SnapshotOutput open = write.create(SnapshotScope.EXCLUSIVE);
            assertThatThrownBy(() -> write.publish(new byte[1]))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("open");
            assertThat(store.published()).isEmpty();
            open.close();
            sample(1).publish(write);
        }
        assertThat(store.published()).hasSize(1);
    }

    @Test
    void anIdIsWrittenAndPublishedOnce() throws IOException {
        CheckpointStore store = open(storage(), JOB);
        try (CheckpointWrite write = store.begin(1)) {
            assertThatThrownBy(() -> store.begin(1)).isInstanceOf(IOException.class);
            sample(1).publish(write);
        }
        assertThatThrownBy(() -> store.begin(1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("already published");
        assertWhole(store, store.published().get(0), 1);
    }

    @Test
    void discardingKeepsSharedStreamsAndOtherCheckpoints() throws IOException {
        CheckpointStore store = open(storage(), JOB);
        StoredCheckpoint one = publish(store, 1);
        StoredCheckpoint two = publish(store, 2);
        List<StreamHandle> handles = SampleCheckpoint.handles(one);
        store.discard(one);
        store.discard(one);
        assertThat(store.published()).containsExactly(two);
        assertWhole(store, two, 2);
        for (StreamHandle each : handles) {
            if (each instanceof StreamHandle.InFile file) {
                if (file.scope() == SnapshotScope.SHARED) {
                    store.open(file).close();
                } else {
                    assertThatThrownBy(() -> store.open(file)).isInstanceOf(IOException.class);
                }
            }
        }
    }

    @Test
    void aDiscardedStreamIsGone() throws IOException {
        CheckpointStore store = open(storage(), JOB);
        StoredCheckpoint one = publish(store, 1);
        for (StreamHandle each : SampleCheckpoint.handles(one)) {
            store.discard(each);
            store.discard(each);
            if (each instanceof StreamHandle.InFile) {
                assertThatThrownBy(() -> store.open(each)).isInstanceOf(IOException.class);
            }
        }
        assertThat(store.published()).containsExactly(one);
    }

    private static Set<URI> files(StoredCheckpoint... checkpoints) throws IOException {
        Set<URI> files = new HashSet<>();
        for (StoredCheckpoint each : checkpoints) {
            for (StreamHandle handle : SampleCheckpoint.handles(each)) {
                if (handle instanceof StreamHandle.InFile file) {
                    files.add(file.file());
                }
            }
        }
        return files;
    }

    @Test
    void sweepingRemovesWhatAnEarlierProcessLeftAndNothingRefersTo() throws IOException {
        CheckpointStorage storage = storage();
        CheckpointStore store = open(storage, JOB);
        StoredCheckpoint one = publish(store, 1);
        StoredCheckpoint two = publish(store, 2);
        store.discard(one);
        store.close();

        CheckpointStore next = open(storage, JOB);
        int shared = 0;
        for (StreamHandle each : SampleCheckpoint.handles(one)) {
            boolean left =
                    each instanceof StreamHandle.InFile file
                            && file.scope() == SnapshotScope.SHARED;
            shared += left ? 1 : 0;
        }
        assertThat(next.sweep(files(two))).isEqualTo(shared);
        assertThat(next.sweep(files(two))).isZero();
        for (StreamHandle each : SampleCheckpoint.handles(one)) {
            if (each instanceof StreamHandle.InFile) {
                assertThatThrownBy(() -> next.open(each)).isInstanceOf(IOException.class);
            }
        }
        assertThat(next.published()).containsExactly(two);
        assertWhole(next, two, 2);
    }

    @Test
    void sweepingKeepsWhatThisProcessWrote() throws IOException {
        CheckpointStore store = open(storage(), JOB);
        StoredCheckpoint one = publish(store, 1);
        try (CheckpointWrite write = store.begin(2)) {
            List<StreamHandle> handles = sample(2).writeStreams(write);
            assertThat(store.sweep(Set.of())).isZero();
            StoredCheckpoint two = write.publish(sample(2).encode(handles, write.directory()));
            assertThat(store.sweep(Set.of())).isZero();
            assertWhole(store, two, 2);
        }
        assertWhole(store, one, 1);
    }

    @Test
    void jobsAreApart() throws IOException {
        CheckpointStorage storage = storage();
        CheckpointStore first = open(storage, "job-a");
        CheckpointStore second = open(storage, "job-b");
        StoredCheckpoint one = publish(first, 1);
        assertThat(second.published()).isEmpty();
        StoredCheckpoint other = publish(second, 1);
        assertThat(first.resolve(other.pointer())).isEqualTo(other);
        second.discard(other);
        assertWhole(first, one, 1);
        assertThat(first.published()).containsExactly(one);
    }

    @Test
    void aJobHasOneOwnerAtATime() throws IOException {
        CheckpointStorage storage = storage();
        CheckpointStore store = open(storage, JOB);
        assertThatThrownBy(() -> open(storage, JOB))
                .isInstanceOf(HoldfastException.class)
                .hasMessageStartingWith("STORAGE-5002")
                .hasMessageContaining("used by");
        StoredCheckpoint published = publish(store, 1);
        store.close();
        store.close();
        assertThatThrownBy(() -> store.begin(2)).isInstanceOf(IOException.class);
        CheckpointStore next = open(storage, JOB);
        assertThat(next.published()).containsExactly(published);
        assertWhole(next, next.published().get(0), 1);
    }

    @Test
    void closingTheStoreGivesUpWhatIsBeingWritten() throws IOException {
        CheckpointStorage storage = storage();
        CheckpointStore store = open(storage, JOB);
        Set<String> before = allFiles();
        CheckpointWrite write = store.begin(1);
        SnapshotOutput open = write.create(SnapshotScope.SHARED);
        sample(1).writeStreams(write);
        open.write(new byte[50_000]);
        store.close();
        assertThat(allFiles()).isEqualTo(before);
        assertThatThrownBy(() -> open.write(1)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> write.publish(new byte[1])).isInstanceOf(IOException.class);
        assertThat(open(storage, JOB).published()).isEmpty();
    }

    @Test
    void manyThreadsWriteStreamsOfOneCheckpoint() throws Exception {
        CheckpointStore store = open(storage(), JOB);
        int[] lengths =
                Stream.iterate(1, length -> length * 2).limit(17).mapToInt(i -> i).toArray();
        SampleCheckpoint sample = new SampleCheckpoint(seed, lengths);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (CheckpointWrite write = store.begin(1)) {
            List<Callable<StreamHandle>> writers = new ArrayList<>();
            for (int i = 0; i < lengths.length; i++) {
                byte[] content = sample.content(i);
                SnapshotScope scope = i % 3 == 0 ? SnapshotScope.SHARED : SnapshotScope.EXCLUSIVE;
                writers.add(
                        () -> {
                            try (SnapshotOutput output = write.create(scope)) {
                                for (int from = 0; from < content.length; from += 1000) {
                                    int count = Math.min(1000, content.length - from);
                                    output.write(content, from, count);
                                }
                                assertThat(output.position()).isEqualTo(content.length);
                                return output.finish();
                            }
                        });
            }
            List<StreamHandle> handles = new ArrayList<>();
            for (Future<StreamHandle> each : threads.invokeAll(writers)) {
                handles.add(each.get());
            }
            write.publish(sample.encode(handles, write.directory()));
        } finally {
            threads.shutdown();
        }
        assertThat(SampleCheckpoint.damage(store, store.published().get(0)))
                .as("seed %d", seed)
                .isEmpty();
    }

    @Test
    void aWriterIsStoppedByClosingFromAnotherThread() throws Exception {
        CheckpointStore store = open(storage(), JOB);
        Set<String> before = allFiles();
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (CheckpointWrite write = store.begin(1)) {
            CountDownLatch started = new CountDownLatch(1);
            Future<?> writer =
                    threads.submit(
                            () -> {
                                while (true) {
                                    SnapshotOutput output = write.create(SnapshotScope.EXCLUSIVE);
                                    output.write(new byte[30_000]);
                                    started.countDown();
                                    output.finish();
                                }
                            });
            started.await();
            write.close();
            assertThatThrownBy(writer::get)
                    .as("the writer is told")
                    .hasCauseInstanceOf(IOException.class);
        } finally {
            threads.shutdown();
        }
        Set<String> left = allFiles();
        left.removeIf(path -> path.endsWith("/"));
        before.removeIf(path -> path.endsWith("/"));
        assertThat(left).isEqualTo(before);
        assertWhole(store, publish(store, 2), 2);
    }

    @Test
    void anInterruptedThreadPublishesAndStaysInterrupted() throws IOException {
        CheckpointStore store = open(storage(), JOB);
        try {
            Thread.currentThread().interrupt();
            assertWhole(store, publish(store, 1), 1);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertWhole(store, publish(store, 2), 2);
    }
}
