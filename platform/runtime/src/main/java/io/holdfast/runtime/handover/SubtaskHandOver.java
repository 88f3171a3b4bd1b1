package io.holdfast.runtime.handover;

import io.holdfast.runtime.metrics.HandOverReport;
import io.holdfast.runtime.state.WorkFiles;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.RunningSnapshot;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.snapshot.SnapshotRequest;
import io.holdfast.spi.snapshot.SnapshotSource;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.spi.state.KeyedBackendRequest;
import io.holdfast.spi.state.KeyedStateBackend;
import io.holdfast.spi.state.MemoryBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one subtask does in a hand-over. Used by the subtask's thread, which waits in {@link #run};
 * the successor is opened by another thread, so that one that hangs cannot hold the subtask.
 *
 * @param <K> type of the keys
 */
public final class SubtaskHandOver<K> {
    private static final Logger LOG = LoggerFactory.getLogger(SubtaskHandOver.class);
    private static final long LOOK_MILLIS = 50;

    /**
     * Makes the request that opens the successor's state.
     *
     * @param <K> type of the keys
     */
    public interface Requests<K> {

        /**
         * The request.
         *
         * @param directory work directory, which exists
         * @param memory the budget
         * @param from what to restore
         * @param source opens the streams of it
         * @return like the one the predecessor was opened with
         */
        KeyedBackendRequest<K> request(
                Path directory,
                MemoryBudget memory,
                List<KeyedSnapshotHandle> from,
                SnapshotSource source);
    }

    /**
     * Where it happens.
     *
     * @param operator name of the operator
     * @param subtask number of the subtask
     * @param maxParallelism number of key groups
     * @param backend what is exchanged
     * @param directory the predecessor's work directory; the successor's is made beside it
     * @param requests makes requests
     * @param executor for what may block
     * @param cancelled whether the subtask is to end
     * @param quiet waits until no snapshot of the predecessor is being written
     * @param <K> type of the keys
     */
    public record Place<K>(
            String operator,
            int subtask,
            int maxParallelism,
            SwitchableBackend<K> backend,
            Path directory,
            Requests<K> requests,
            Executor executor,
            BooleanSupplier cancelled,
            Runnable quiet) {}

    /** A successor that is fit to take over. */
    private record Successor<K>(KeyedStateBackend<K> backend, Map<String, Object> states) {}

    private final HandOver handOver;
    private final Place<K> place;
    private final Path directory;
    private final Path transfer;
    private volatile long bytes;

    /**
     * The part of one subtask.
     *
     * @param handOver the whole
     * @param place the part
     */
    public SubtaskHandOver(HandOver handOver, Place<K> place) {
        this.handOver = handOver;
        this.place = place;
        String name = place.directory().getFileName().toString().replaceFirst("-h[0-9]+$", "");
        this.directory = place.directory().resolveSibling(name + "-h" + handOver.checkpointId());
        this.transfer = directory.resolveSibling(directory.getFileName() + "-transfer");
    }

    /**
     * Prepares the successor, waits for what the job decides, and does that.
     *
     * @return the work directory from now on; the predecessor's if it stays
     */
    public Path run() {
        long begin = System.nanoTime();
        if (handOver.decision().isDone()) {
            handOver.loserClosed(); // Given up before the cut came here.
            return place.directory();
        }
        K key = place.backend().currentKey();
        CompletableFuture<Successor<K>> successor = new CompletableFuture<>();
        try {
            Transfer<K> from = begin();
            place.executor().execute(() -> open(from, successor));
        } catch (IOException | RuntimeException | LinkageError e) {
            successor.completeExceptionally(e);
        }
        successor.whenComplete(
                (opened, cause) -> {
                    if (cause == null) {
                        handOver.ready();
                    } else {
                        handOver.failed(cause);
                    }
                });
        boolean taken = decided();
        if (taken) {
            take(successor.join());
        } else {
            successor.whenCompleteAsync((opened, cause) -> giveUp(opened), place.executor());
            place.backend().restorePlace(key);
        }
        handOver.resumed(
                new HandOverReport.Subtask(
                        place.operator(),
                        place.subtask(),
                        Duration.ofNanos(System.nanoTime() - begin),
                        bytes));
        return taken ? directory : place.directory();
    }

    /** What holds the entries on their way, one of the two, and a sample to compare. */
    private record Transfer<K>(
            Optional<KeyedSnapshotHandle> files,
            Optional<RunningSnapshot> snapshot,
            LocalStreams streams,
            Sample<K> sample) {}

    private Transfer<K> begin() throws IOException {
        Sample<K> sample = new Sample<>(place.backend(), place.maxParallelism());
        LocalStreams streams = new LocalStreams(transfer);
        if (handOver.sameName()) {
            Optional<KeyedSnapshotHandle> files =
                    place.backend().localFiles(transfer).map(Function.identity());
            if (files.isPresent()) {
                return new Transfer<>(files, Optional.empty(), streams, sample);
            }
        }
        RunningSnapshot snapshot =
                place.backend()
                        .snapshot(
                                new SnapshotRequest(
                                        handOver.checkpointId(), SnapshotKind.CANONICAL, streams));
        return new Transfer<>(Optional.empty(), Optional.of(snapshot), streams, sample);
    }

    /** On another thread; touches nothing of the predecessor but its snapshot. */
    private void open(Transfer<K> from, CompletableFuture<Successor<K>> result) {
        KeyedStateBackend<K> opened = null;
        try {
            KeyedSnapshotHandle handle = written(from);
            Files.createDirectories(directory);
            KeyedBackendRequest<K> request =
                    place.requests()
                            .request(
                                    directory,
                                    handOver.memory(place.subtask()),
                                    List.of(handle),
                                    from.streams());
            opened = handOver.successor().open(request);
            Map<String, Object> states =
                    from.sample().check(opened, request.owner(), handOver.checkpointId());
            result.complete(new Successor<>(opened, states));
        } catch (Throwable e) {
            // Whatever a module throws: its predecessor goes on.
            close(opened);
            WorkFiles.remove(directory);
            result.completeExceptionally(e);
        } finally {
            from.snapshot().ifPresent(RunningSnapshot::close);
            WorkFiles.remove(transfer);
        }
    }

    private KeyedSnapshotHandle written(Transfer<K> from) throws IOException {
        if (from.files().isPresent()) {
            return from.files().get();
        }
        KeyedSnapshotHandle handle = from.snapshot().orElseThrow().write();
        bytes = handle.streams().mapToLong(StreamHandle::length).sum();
        return handle;
    }

    private boolean decided() {
        while (true) {
            try {
                return handOver.decision().get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (place.cancelled().getAsBoolean()) {
                    return false;
                }
            } catch (ExecutionException e) {
                throw new CompletionException(e.getCause());
            } catch (InterruptedException e) {
                // Nobody here interrupts; a function's own interrupt must not end the wait.
                LOG.debug("Interrupted in a hand-over", e);
            }
        }
    }

    private void take(Successor<K> successor) {
        KeyedStateBackend<K> predecessor = place.backend().current();
        CompletableFuture<Void> gone = new CompletableFuture<>();
        try {
            place.backend()
                    .exchange(
                            successor.backend(), successor.states(), handOver.checkpointId(), gone);
        } finally {
            place.executor().execute(() -> leave(predecessor, gone));
        }
    }

    private void leave(KeyedStateBackend<K> predecessor, CompletableFuture<Void> gone) {
        try {
            place.quiet().run();
            close(predecessor);
            WorkFiles.remove(place.directory());
        } finally {
            gone.complete(null);
            handOver.loserClosed();
        }
    }

    private void giveUp(Successor<K> opened) {
        if (opened != null) {
            close(opened.backend());
            WorkFiles.remove(directory);
        }
        handOver.loserClosed();
    }

    private void close(KeyedStateBackend<K> backend) {
        if (backend == null) {
            return;
        }
        try {
            backend.close();
        } catch (IOException | RuntimeException | LinkageError e) {
            LOG.warn("Closing a state backend of '{}' failed", place.operator(), e);
        }
    }
}
