package io.holdfast.testkit.model;

import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.RunningSnapshot;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.snapshot.SnapshotScope;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.testkit.fixture.MemorySnapshots;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Checkpoints under way and completed ones, with the files they need. Removes files as a
 * coordinator may: those of a dropped checkpoint alone at once; shared ones that no retained
 * checkpoint refers to as soon as all checkpoints have ended that were begun before it was dropped,
 * as those may build on it.
 */
final class Checkpoints {
    private static final int MOST_RUNNING = 3;
    private static final int MOST_COMPLETED = 3;

    /**
     * A snapshot of all subtasks that is not written yet.
     *
     * @param content what it holds
     * @param program of the job that began it
     */
    record Running(
            long id,
            SnapshotKind kind,
            List<RunningSnapshot> parts,
            Model content,
            Program program) {}

    /** A snapshot of all subtasks that can be restored. */
    record Completed(
            SnapshotKind kind, List<KeyedSnapshotHandle> handles, Model content, Program program) {}

    private final MemorySnapshots files;
    private final List<Running> running = new ArrayList<>();
    private final List<Completed> completed = new ArrayList<>();

    /** Shared files, each with the id of the last checkpoint that may refer to it. */
    private final Map<StreamHandle.InFile, Long> condemned = new HashMap<>();

    Checkpoints(MemorySnapshots files) {
        this.files = files;
    }

    void begun(Running begun) {
        running.add(begun);
    }

    /** Those under way, oldest first. */
    List<Running> running() {
        return List.copyOf(running);
    }

    boolean isFull() {
        return running.size() == MOST_RUNNING;
    }

    /** The completed checkpoint that a number means, or null if there is none. */
    Completed completed(int number) {
        return completed.isEmpty() ? null : completed.get(number % completed.size());
    }

    /** Whether completing one more checkpoint drops one. */
    boolean dropsOne() {
        return completed.size() == MOST_COMPLETED;
    }

    /**
     * A checkpoint is complete. Call {@link #dropOldest} when the subtasks were told.
     *
     * @return the completed one
     */
    Completed complete(Running written, List<KeyedSnapshotHandle> handles) {
        running.remove(written);
        Completed result = new Completed(written.kind, handles, written.content, written.program);
        completed.add(result);
        return result;
    }

    /**
     * Drops the oldest completed checkpoint if there are too many.
     *
     * @param lastBegun id of the checkpoint begun last
     */
    void dropOldest(long lastBegun) {
        if (completed.size() > MOST_COMPLETED) {
            Completed dropped = completed.remove(0);
            streams(dropped.handles)
                    .forEach(
                            file -> {
                                if (file.scope() == SnapshotScope.SHARED) {
                                    condemned.put(file, lastBegun);
                                } else {
                                    files.remove(file);
                                }
                            });
        }
        removeCondemned();
    }

    /**
     * A checkpoint has ended without being complete.
     *
     * @param handles what was written of it, possibly nothing
     */
    void abort(Running aborted, List<KeyedSnapshotHandle> handles) {
        running.remove(aborted);
        Set<URI> others = needed();
        condemned.keySet().forEach(file -> others.add(file.file()));
        streams(handles).filter(file -> !others.contains(file.file())).forEach(files::remove);
        removeCondemned();
    }

    private void removeCondemned() {
        long firstOpen = running.isEmpty() ? Long.MAX_VALUE : running.get(0).id;
        Set<URI> needed = needed();
        condemned
                .entrySet()
                .removeIf(
                        each -> {
                            boolean isNeeded = needed.contains(each.getKey().file());
                            boolean goes = !isNeeded && each.getValue() < firstOpen;
                            if (goes) {
                                files.remove(each.getKey());
                            }
                            return goes || isNeeded;
                        });
    }

    private Set<URI> needed() {
        Set<URI> needed = new HashSet<>();
        completed.forEach(
                each -> streams(each.handles).map(StreamHandle.InFile::file).forEach(needed::add));
        return needed;
    }

    private static Stream<StreamHandle.InFile> streams(List<KeyedSnapshotHandle> handles) {
        return handles.stream()
                .flatMap(KeyedSnapshotHandle::streams)
                .filter(StreamHandle.InFile.class::isInstance)
                .map(StreamHandle.InFile.class::cast);
    }
}
