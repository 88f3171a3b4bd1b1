package io.holdfast.runtime.checkpoint;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.spi.snapshot.SnapshotScope;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.spi.storage.StoredCheckpoint;
import io.holdfast.toolkit.metadata.CheckpointMetadata;
import java.io.Serial;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A job's completed checkpoints and the shared files they need. Used by the coordinator's thread.
 *
 * <p>Shared files are not counted: what may be removed is decided by looking at what the retained
 * checkpoints refer to, file by file, each time. When a checkpoint is dropped, the files that only
 * it needed are condemned, not yet removed: a checkpoint that was triggered before the drop may
 * build on the dropped one and is not known to refer to them until its tasks have delivered. Only
 * when all of those have ended are the files that are still unreferenced handed out for removal.
 */
final class RetainedCheckpoints {
    private static final int REMEMBERED = 10_000;

    /** In place of the id of a checkpoint whose metadata could not be read. */
    private static final long UNREADABLE = Long.MIN_VALUE;

    /** One checkpoint; without metadata if those could not be read. */
    private static final class Retained {
        private final StoredCheckpoint stored;
        private final long id;
        private final Set<URI> shared;
        private boolean suspect;

        /** Once dropped: id of the last checkpoint triggered by then. */
        private long lastThatMayRefer;

        Retained(StoredCheckpoint stored, long id, Set<URI> shared) {
            this.stored = stored;
            this.id = id;
            this.shared = shared;
        }
    }

    /** A shared file that no retained checkpoint refers to, and the last one that may want it. */
    private record Condemned(StreamHandle.InFile file, long lastThatMayRefer) {}

    /** Newest first. */
    private final List<Retained> retained = new ArrayList<>();

    /** Dropped, and not removed yet. */
    private final List<Retained> leaving = new ArrayList<>();

    private final Map<URI, StreamHandle.InFile> sharedFiles = new HashMap<>();
    private final Map<URI, Condemned> condemned = new LinkedHashMap<>();
    private final Set<URI> removed = newestOnly();
    private final Set<URI> foundFiles = new HashSet<>();
    private boolean foundUnreadable;

    /**
     * Takes over what an earlier process left.
     *
     * @param published newest first
     */
    RetainedCheckpoints(List<StoredCheckpoint> published) {
        for (StoredCheckpoint stored : published) {
            retained.add(recover(stored));
        }
    }

    private static Set<URI> newestOnly() {
        return Collections.newSetFromMap(
                new LinkedHashMap<>() {
                    @Serial private static final long serialVersionUID = 1L;

                    @Override
                    protected boolean removeEldestEntry(Map.Entry<URI, Boolean> eldest) {
                        return size() > REMEMBERED;
                    }
                });
    }

    private Retained recover(StoredCheckpoint stored) {
        try {
            CheckpointMetadata metadata = CheckpointRestore.metadata(stored);
            metadata.files().map(StreamHandle.InFile::file).forEach(foundFiles::add);
            return retained(stored, metadata, file -> liesInJobDirectory(stored, file));
        } catch (HoldfastException e) {
            // A restore must see and refuse it. What it referred to cannot be told.
            foundUnreadable = true;
            return new Retained(stored, UNREADABLE, Set.of());
        }
    }

    /** Metadata from a disk may name any file; only those of the job are ever removed. */
    private static boolean liesInJobDirectory(StoredCheckpoint stored, URI file) {
        return stored.directory()
                .map(RetainedCheckpoints::parent)
                .map(
                        job ->
                                Objects.equals(file.getScheme(), job.getScheme())
                                        && Objects.equals(file.getAuthority(), job.getAuthority())
                                        && file.normalize().getPath().startsWith(job.getPath()))
                .orElse(false);
    }

    private static URI parent(URI directory) {
        String text = directory.normalize().toString();
        return URI.create(text.endsWith("/") ? text : text + "/").resolve("..");
    }

    private Retained retained(
            StoredCheckpoint stored, CheckpointMetadata metadata, Predicate<URI> mayRemove) {
        Set<URI> shared = new HashSet<>();
        boolean ownsFiles = metadata.kind() == CheckpointMetadata.Kind.CHECKPOINT;
        metadata.files()
                .filter(file -> ownsFiles)
                .filter(file -> file.scope() == SnapshotScope.SHARED)
                .filter(file -> mayRemove.test(file.file()))
                .forEach(
                        file -> {
                            shared.add(file.file());
                            sharedFiles.put(file.file(), file);
                        });
        return new Retained(stored, metadata.checkpointId(), shared);
    }

    /**
     * Files that earlier processes' checkpoints refer to, damaged and disowned ones included.
     *
     * @return empty if that cannot be told of all of them
     */
    Optional<Set<URI>> inheritedFiles() {
        return foundUnreadable ? Optional.empty() : Optional.of(Set.copyOf(foundFiles));
    }

    /** Highest id of all, if there are any. */
    OptionalLong highestId() {
        return retained.stream().mapToLong(each -> each.id).max();
    }

    /** Those that the job may be restored from, newest first. */
    List<StoredCheckpoint> stored() {
        return retained.stream().filter(each -> !each.suspect).map(each -> each.stored).toList();
    }

    /**
     * Marks what does not lead to where the job now is: newer than the checkpoint it was restored
     * from, or unreadable, and so damaged; or all if it was not restored from any of these. They
     * are not offered for a restore any more and are the first to go.
     *
     * @param id id of the checkpoint it was restored from; empty if it is none of these
     */
    void suspectAbove(OptionalLong id) {
        retained.stream()
                .filter(each -> id.isEmpty() || each.id > id.getAsLong() || each.id == UNREADABLE)
                .forEach(each -> each.suspect = true);
    }

    /**
     * Gives up files that belong to somebody else: they are never removed.
     *
     * @param foreign tells which
     */
    void disown(StoredCheckpoint stored, Predicate<URI> foreign) {
        retained.removeIf(each -> each.stored.equals(stored));
        retained.forEach(each -> each.shared.removeIf(foreign));
        leaving.forEach(each -> each.shared.removeIf(foreign));
        condemned.keySet().removeIf(foreign);
    }

    /** Tells whether a file is known as part of a retained checkpoint, or was until lately. */
    boolean knows(URI file) {
        return sharedFiles.containsKey(file);
    }

    /**
     * Looks for a file that is gone.
     *
     * @return a file that {@code metadata} refers to and that was handed out for removal
     */
    Optional<URI> removedFileOf(CheckpointMetadata metadata) {
        return metadata.files()
                .map(StreamHandle.InFile::file)
                .filter(removed::contains)
                .findFirst();
    }

    /** Adds a checkpoint, which is newer than all others. */
    void add(StoredCheckpoint stored, CheckpointMetadata metadata) {
        Retained added = retained(stored, metadata, file -> true);
        retained.add(0, added);
        added.shared.forEach(condemned::remove);
    }

    /**
     * Drops the oldest, damaged ones before whole ones.
     *
     * @param keep how many stay
     * @param lastTriggered id of the last checkpoint that was triggered
     * @return those dropped, oldest first, to be removed and then told to {@link #removed}
     */
    List<StoredCheckpoint> dropAllBut(int keep, long lastTriggered) {
        List<Retained> order = new ArrayList<>(retained);
        order.sort(
                Comparator.comparing((Retained each) -> !each.suspect)
                        .thenComparing(each -> each.id));
        List<Retained> dropped = order.subList(0, Math.max(0, order.size() - keep));
        retained.removeAll(dropped);
        dropped.forEach(each -> each.lastThatMayRefer = lastTriggered);
        leaving.addAll(dropped);
        return dropped.stream()
                .sorted(Comparator.comparing(each -> each.id))
                .map(each -> each.stored)
                .toList();
    }

    /** A dropped checkpoint is gone: condemns the files that no other one needs. */
    void removed(StoredCheckpoint stored) {
        List<Retained> gone = leaving.stream().filter(each -> each.stored.equals(stored)).toList();
        leaving.removeAll(gone);
        Set<URI> needed =
                Stream.concat(retained.stream(), leaving.stream())
                        .flatMap(each -> each.shared.stream())
                        .collect(Collectors.toSet());
        for (Retained each : gone) {
            for (URI file : each.shared) {
                if (!needed.contains(file)) {
                    condemned.put(
                            file, new Condemned(sharedFiles.get(file), each.lastThatMayRefer));
                }
            }
        }
    }

    /**
     * Hands out condemned files.
     *
     * @param firstOpen id of the oldest checkpoint that has not ended; empty if all have
     * @return files to be removed; they are forgotten here
     */
    Collection<StreamHandle.InFile> releaseCondemned(OptionalLong firstOpen) {
        List<StreamHandle.InFile> files = new ArrayList<>();
        condemned
                .values()
                .removeIf(
                        each -> {
                            boolean free =
                                    firstOpen.isEmpty()
                                            || each.lastThatMayRefer() < firstOpen.getAsLong();
                            if (free) {
                                files.add(each.file());
                                sharedFiles.remove(each.file().file());
                                removed.add(each.file().file());
                            }
                            return free;
                        });
        return files;
    }
}
