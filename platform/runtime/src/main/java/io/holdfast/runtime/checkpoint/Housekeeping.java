package io.holdfast.runtime.checkpoint;

import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.spi.storage.StoredCheckpoint;
import io.holdfast.toolkit.metadata.CheckpointMetadata;
import java.net.URI;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the completed checkpoints of a job and has removed what nothing needs any more. Used by the
 * coordinator's thread, but for {@link #offered}.
 */
final class Housekeeping {
    /*
     * Order of removal. Metadata of the new checkpoint durable; then it is in the retained list
     * (`add`); then tasks are told; then the oldest is removed (`keepOnly`), its metadata first,
     * then its own files; then shared files that no retained checkpoint refers to and that no open
     * one may still want (`removeUnneeded`; RetainedCheckpoints says why). What an earlier process
     * wrote for checkpoints that it never published is swept once, when the job starts.
     *
     * RetainedCheckpoints knows which files are needed, Disposal removes; here is what connects
     * the two.
     */
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

    private final String jobName;
    private final RetainedCheckpoints retained;
    private final Disposal disposal;
    private final Supplier<OptionalLong> firstOpen;
    private boolean swept;
    private volatile List<StoredCheckpoint> offered;

    /**
     * @param jobName for people
     * @param published what an earlier process left, newest first
     * @param disposal removes
     * @param firstOpen id of the oldest checkpoint that has not ended; empty if all have
     */
    Housekeeping(
            String jobName,
            List<StoredCheckpoint> published,
            Disposal disposal,
            Supplier<OptionalLong> firstOpen) {
        this.jobName = jobName;
        this.retained = new RetainedCheckpoints(published);
        this.disposal = disposal;
        this.firstOpen = firstOpen;
        this.offered = retained.stored();
    }

    /** What the job may be restored from, newest first. May be called from any thread. */
    List<StoredCheckpoint> offered() {
        return offered;
    }

    /** Highest id of what an earlier process left; zero if that is nothing. */
    long highestId() {
        return Math.max(0, retained.highestId().orElse(0));
    }

    /** How many removals were not tried yet. */
    int waiting() {
        return disposal.waiting();
    }

    /** Tells whether a file is known as part of a retained checkpoint, or was until lately. */
    boolean knows(URI file) {
        return retained.knows(file);
    }

    /** A file that a checkpoint refers to although it belongs to somebody else or was removed. */
    Optional<URI> fileNotOfTheJob(JobAttempt attempt, CheckpointMetadata metadata) {
        return metadata.files()
                .map(StreamHandle.InFile::file)
                .filter(attempt::isForeign)
                .findFirst()
                .or(() -> retained.removedFileOf(metadata));
    }

    /** The job goes on from one of its checkpoints, or from somewhere else, or from nothing. */
    void startedFrom(JobAttempt attempt) {
        Optional<RestorePoint> from = attempt.from();
        from.filter(point -> !point.isOwn())
                .ifPresent(point -> retained.disown(point.stored(), attempt::isForeign));
        sweep(from);
        retained.suspectAbove(
                from.filter(RestorePoint::isOwn).stream()
                        .mapToLong(point -> point.metadata().checkpointId())
                        .findFirst());
        offered = retained.stored();
    }

    /** Once, when it is known what the job goes on from: that may be no checkpoint of its own. */
    private void sweep(Optional<RestorePoint> from) {
        if (swept) {
            return;
        }
        swept = true;
        Optional<Set<URI>> inherited = retained.inheritedFiles();
        if (inherited.isEmpty()) {
            LOG.warn(
                    "Job '{}' has a checkpoint whose metadata cannot be read: shared streams that"
                            + " nothing else refers to stay",
                    jobName);
            return;
        }
        Set<URI> live = new HashSet<>(inherited.get());
        from.ifPresent(
                point ->
                        point.metadata().files().map(StreamHandle.InFile::file).forEach(live::add));
        disposal.unreferenced(live);
    }

    /** Keeps a checkpoint that has become durable. It is offered after {@link #keepOnly}. */
    void add(StoredCheckpoint stored, CheckpointMetadata metadata) {
        retained.add(stored, metadata);
    }

    /**
     * Removes all but the newest.
     *
     * @param count how many stay
     * @param lastTriggered id of the last checkpoint that was triggered
     */
    void keepOnly(int count, long lastTriggered) {
        for (StoredCheckpoint dropped : retained.dropAllBut(count, lastTriggered)) {
            disposal.checkpoint(
                    dropped,
                    () -> {
                        retained.removed(dropped);
                        removeUnneeded();
                    });
        }
        offered = retained.stored();
    }

    /** Removes shared files that no retained checkpoint refers to and no open one may want. */
    void removeUnneeded() {
        disposal.streams(retained.releaseCondemned(firstOpen.get()));
    }

    /**
     * Removes what became durable after it had been given up: what refers to it goes first.
     *
     * @param shared shared files that it made
     */
    void takeBack(Published published, Collection<StreamHandle.InFile> shared) {
        Runnable itself =
                () -> disposal.checkpoint(published.itself(), () -> disposal.streams(shared));
        published
                .restorable()
                .filter(other -> !other.equals(published.itself()))
                .ifPresentOrElse(reference -> disposal.checkpoint(reference, itself), itself);
    }
}
