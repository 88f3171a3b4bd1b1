package io.holdfast.runtime.checkpoint;

import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.spi.storage.CheckpointStore;
import io.holdfast.spi.storage.StoredCheckpoint;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes published checkpoints and shared files, one after the other: the only place that does. A
 * removal that fails is tried again with the next one. Used by the coordinator's thread; the work
 * itself is done on threads that may block.
 */
final class Disposal {
    private static final Logger LOG = LoggerFactory.getLogger(Disposal.class);
    private static final int MAX_LEFT = 1000;

    private interface Removal {
        void run() throws IOException;
    }

    private record Task(String what, Removal removal, Runnable then) {}

    private final CheckpointStore store;
    private final CoordinatorThreads threads;
    private final Runnable progress;
    private final Deque<Task> waiting = new ArrayDeque<>();
    private final List<Task> left = new ArrayList<>();
    private boolean running;

    /**
     * @param progress called by the coordinator's thread whenever something was removed or could
     *     not be
     */
    Disposal(CheckpointStore store, CoordinatorThreads threads, Runnable progress) {
        this.store = store;
        this.threads = threads;
        this.progress = progress;
    }

    /**
     * Removes a checkpoint: its metadata first, then its exclusive streams.
     *
     * @param then called by the coordinator's thread once it is gone; what it refers to must stay
     *     until then, because a new process would take it for whole
     */
    void checkpoint(StoredCheckpoint stored, Runnable then) {
        add(new Task(stored.pointer(), () -> store.discard(stored), then));
    }

    /** Removes streams that nothing refers to. */
    void streams(Collection<? extends StreamHandle> streams) {
        for (StreamHandle stream : streams) {
            add(new Task(stream.toString(), () -> store.discard(stream), () -> {}));
        }
    }

    /** Removes streams of earlier processes that nothing refers to. */
    void unreferenced(Set<URI> live) {
        add(
                new Task(
                        "streams that no checkpoint refers to",
                        () -> {
                            int count = store.sweep(live);
                            if (count > 0) {
                                LOG.info("Removed {} streams that no checkpoint refers to", count);
                            }
                        },
                        () -> {}));
    }

    /** How many removals were not tried yet. */
    int waiting() {
        return waiting.size() + (running ? 1 : 0);
    }

    private void add(Task task) {
        waiting.addAll(left);
        left.clear();
        waiting.add(task);
        runNext();
    }

    private void runNext() {
        Task task = running ? null : waiting.poll();
        if (task == null) {
            return;
        }
        running = true;
        threads.executeBlocking(
                () -> {
                    Exception failure = remove(task);
                    threads.execute(() -> ended(task, failure));
                });
    }

    private static Exception remove(Task task) {
        try {
            task.removal().run();
            return null;
        } catch (IOException | RuntimeException e) {
            return e;
        }
    }

    private void ended(Task task, Exception failure) {
        running = false;
        if (failure != null) {
            LOG.warn("Could not remove {}; trying again later", task.what(), failure);
            if (left.size() < MAX_LEFT) {
                left.add(task);
            }
        } else {
            task.then().run();
        }
        runNext();
        progress.run();
    }
}
