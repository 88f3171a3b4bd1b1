package io.holdfast.runtime.checkpoint;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.spi.storage.CheckpointStore;
import io.holdfast.spi.storage.StoredCheckpoint;
import io.holdfast.toolkit.metadata.CheckpointMetadata;
import io.holdfast.toolkit.metadata.CheckpointMetadataFormat;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses what a job is restored from, and hands out nothing that was not verified. Blocks while
 * files are read.
 */
public final class CheckpointRestore {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointRestore.class);
    private static final int LISTED = 20;
    private static final Pattern NUMBERED = Pattern.compile("(.*/chk-)(\\d{1,18})(/?)");

    private final CheckpointVerifier verifier;

    /**
     * Makes one.
     *
     * @param verifier checks the files
     */
    public CheckpointRestore(CheckpointVerifier verifier) {
        this.verifier = Objects.requireNonNull(verifier, "verifier");
    }

    /**
     * Reads the metadata of a stored checkpoint.
     *
     * @param stored the checkpoint
     * @return what it holds; its files may still be damaged
     * @throws HoldfastException SNAPSHOT-41xx if the metadata cannot be read
     */
    public static CheckpointMetadata metadata(StoredCheckpoint stored) {
        return CheckpointMetadataFormat.decode(
                stored.metadata(), stored.directory(), stored.pointer());
    }

    /**
     * The newest of a job's own checkpoints.
     *
     * @param published the job's checkpoints, newest first: those of {@link
     *     CheckpointStore#published()} in a new process, those of {@link
     *     CheckpointCoordinator#retained()} within one
     * @param fallBack whether a damaged checkpoint is passed over for the next older one
     * @return the newest one that is whole, or empty if {@code published} is
     * @throws HoldfastException SNAPSHOT-4201 if the newest is damaged and {@code fallBack} is
     *     false, or all are; names each damaged file, with expected and found checksum, and the
     *     older checkpoints that are whole
     * @throws InterruptedIOException if the thread was interrupted
     */
    public Optional<RestorePoint> latest(List<StoredCheckpoint> published, boolean fallBack)
            throws InterruptedIOException {
        List<Candidate> damaged = new ArrayList<>();
        List<Candidate> whole = new ArrayList<>();
        for (StoredCheckpoint stored : published) {
            Candidate candidate = examine(stored);
            (candidate.isWhole() ? whole : damaged).add(candidate);
            boolean newest = damaged.isEmpty();
            if (candidate.isWhole() && (newest || fallBack)) {
                List<String> passedOver = damaged.stream().map(Candidate::describe).toList();
                return Optional.of(
                        new RestorePoint(stored, candidate.metadata(), true, passedOver));
            }
        }
        if (damaged.isEmpty()) {
            return Optional.empty();
        }
        throw refusal(damaged, whole);
    }

    /**
     * A checkpoint or savepoint by name, of this job or another. It is never deleted by the job.
     *
     * @param store finds it
     * @param pointer what {@link CheckpointStore#resolve} takes
     * @return it, verified
     * @throws IOException if the storage fails, or the thread was interrupted
     * @throws HoldfastException STORAGE-5007 if there is none; SNAPSHOT-4201 if files are damaged
     *     or its metadata cannot be read, SNAPSHOT-41xx in the latter case if there is no earlier
     *     checkpoint beside it to offer
     */
    public RestorePoint named(CheckpointStore store, String pointer) throws IOException {
        Candidate candidate = examine(store.resolve(pointer));
        if (!candidate.isWhole()) {
            List<Candidate> whole = wholeBefore(store, candidate.stored());
            if (candidate.unreadable() != null && whole.isEmpty()) {
                throw candidate.unreadable();
            }
            throw refusal(List.of(candidate), whole);
        }
        return new RestorePoint(candidate.stored(), candidate.metadata(), false, List.of());
    }

    /**
     * The previous checkpoint that is whole and lies beside the damaged one. The store cannot list
     * it: it may be of another job than the one that is being started.
     */
    private List<Candidate> wholeBefore(CheckpointStore store, StoredCheckpoint damaged)
            throws IOException {
        Matcher numbered = NUMBERED.matcher(damaged.pointer());
        if (!numbered.matches()) {
            return List.of();
        }
        long id = Long.parseLong(numbered.group(2));
        for (long before = id - 1; before > 0 && before >= id - LISTED; before--) {
            try {
                Candidate candidate =
                        examine(store.resolve(numbered.group(1) + before + numbered.group(3)));
                if (candidate.isWhole()) {
                    return List.of(candidate);
                }
            } catch (InterruptedIOException e) {
                throw e;
            } catch (IOException | HoldfastException e) {
                LOG.debug("No checkpoint {} beside {}", before, damaged, e);
            }
        }
        return List.of();
    }

    /** A checkpoint that was looked at: its metadata and damages, or why there are no metadata. */
    private record Candidate(
            StoredCheckpoint stored,
            CheckpointMetadata metadata,
            List<Damage> damages,
            HoldfastException unreadable) {

        boolean isWhole() {
            return unreadable == null && damages.isEmpty();
        }

        String describe() {
            String what =
                    unreadable != null
                            ? unreadable.problem().summary()
                            : damages.size() + " damaged files, first " + damages.get(0);
            return stored.pointer() + ": " + what;
        }
    }

    private Candidate examine(StoredCheckpoint stored) throws InterruptedIOException {
        CheckpointMetadata metadata;
        try {
            metadata = metadata(stored);
        } catch (HoldfastException e) {
            return new Candidate(stored, null, List.of(), e);
        }
        return new Candidate(stored, metadata, verifier.verify(metadata), null);
    }

    private static HoldfastException refusal(List<Candidate> damaged, List<Candidate> whole) {
        StoredCheckpoint newest = damaged.get(0).stored();
        Problem.Builder problem = Problem.data("SNAPSHOT-4201", newest.pointer() + " is damaged.");
        for (Candidate candidate : damaged) {
            if (damaged.size() > 1) {
                problem.with("damaged", candidate.stored().pointer());
            }
            if (candidate.unreadable() != null) {
                Problem cause = candidate.unreadable().problem();
                problem.with("metadata", cause.summary());
                cause.details().forEach(detail -> problem.with(detail.label(), detail.text()));
            }
            candidate.damages().stream()
                    .limit(LISTED)
                    .forEach(
                            damage ->
                                    problem.with("file", damage.file())
                                            .with("expected", damage.expected())
                                            .with("found", damage.found()));
            if (candidate.damages().size() > LISTED) {
                problem.with("more", candidate.damages().size() - LISTED + " damaged files");
            }
        }
        for (Candidate candidate : whole) {
            problem.with(
                    "whole",
                    "%s (id %d, completed %s)"
                            .formatted(
                                    candidate.stored().pointer(),
                                    candidate.metadata().checkpointId(),
                                    candidate.metadata().completedAt()));
        }
        return problem.advise(advice(whole)).exception();
    }

    private static String advice(List<Candidate> whole) {
        return whole.isEmpty()
                ? "restore from another checkpoint or savepoint, or start without state"
                : "restore from %s, or from the latest with execution.state-recovery.fall-back = true"
                        .formatted(whole.get(0).stored().pointer());
    }
}
