package io.holdfast.storage.filesystem;

import io.holdfast.spi.filesystem.FileSystem;
import io.holdfast.spi.snapshot.SnapshotScope;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.spi.storage.CheckpointStore;
import io.holdfast.spi.storage.CheckpointWrite;
import io.holdfast.spi.storage.StoredCheckpoint;
import io.holdfast.testkit.storage.SampleCheckpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A process that publishes checkpoints until it is killed, or a given number, and keeps two. Prints
 * {@code up}, {@code ready}, then a line for each checkpoint.
 */
public final class PublishLoop {
    private PublishLoop() {}

    /** Arguments: directory, job id, first checkpoint id, number, bytes of the large stream. */
    public static void main(String[] arguments) throws IOException {
        System.out.println("up");
        Path directory = Path.of(arguments[0]);
        long first = Long.parseLong(arguments[2]);
        long count = Long.parseLong(arguments[3]);
        int large = Integer.parseInt(arguments[4]);
        try (FileSystem files = LocalFixture.fileSystem();
                CheckpointStore store =
                        new FileSystemCheckpointStorage(directory.toUri(), 100)
                                .open(arguments[1], path -> files)) {
            System.out.println("ready");
            Deque<StoredCheckpoint> retained = new ArrayDeque<>(store.published());
            for (long id = first; id < first + count; id++) {
                int size = id % 2 == 0 ? 50 : large;
                try (CheckpointWrite write = store.begin(id)) {
                    retained.addFirst(new SampleCheckpoint(id, 50, 3000, size).publish(write));
                    System.out.println("published " + id);
                } catch (IOException e) {
                    System.out.println("failed " + id + " " + e.getMessage().lines().toList());
                }
                while (retained.size() > 2) {
                    discard(store, retained.removeLast());
                }
            }
        }
    }

    private static void discard(CheckpointStore store, StoredCheckpoint old) throws IOException {
        store.discard(old);
        for (StreamHandle handle : SampleCheckpoint.handles(old)) {
            if (handle instanceof StreamHandle.InFile file
                    && file.scope() == SnapshotScope.SHARED) {
                store.discard(file);
            }
        }
    }
}
