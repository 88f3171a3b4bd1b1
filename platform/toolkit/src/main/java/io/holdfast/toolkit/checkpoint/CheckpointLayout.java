package io.holdfast.toolkit.checkpoint;

import io.holdfast.api.error.Problem;
import java.net.URI;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the files of one job's checkpoints lie. The same as Flink's layout:
 *
 * <pre>
 * DIRECTORY/JOB-ID/chk-N/_metadata   checkpoint N: its metadata, written last
 * DIRECTORY/JOB-ID/chk-N/UUID        a stream of this checkpoint only
 * DIRECTORY/JOB-ID/shared/UUID       a stream that several checkpoints refer to
 * DIRECTORY/JOB-ID/taskowned/        for streams that belong to tasks; kept for Flink's sake
 * </pre>
 *
 * <p>A savepoint has {@code _metadata} and {@code UUID} files in one directory of its own.
 *
 * @param directory the directory of the job, that is {@code DIRECTORY/JOB-ID}, or {@code DIRECTORY}
 *     if jobs have no directories of their own
 */
public record CheckpointLayout(URI directory) {
    /** The name of the file whose presence makes a directory a checkpoint or savepoint. */
    public static final String METADATA = "_metadata";

    private static final Pattern JOB_ID = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final Pattern CHECKPOINT = Pattern.compile("chk-(0|[1-9][0-9]{0,18})");
    private static final Pattern STREAM =
            Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** Refuses null. */
    public CheckpointLayout {
        Objects.requireNonNull(directory, "directory");
    }

    /**
     * The layout of one job.
     *
     * @param base the checkpoint directory, as {@link CheckpointLocation#parse} makes it
     * @param jobId 1 to 64 letters, digits, dashes
     * @param ownDirectory whether the job gets a directory of its own below {@code base}
     * @return the layout
     * @throws io.holdfast.api.error.HoldfastException STORAGE-5008 if the job's id is none, or is a
     *     name of the layout
     */
    public static CheckpointLayout of(URI base, String jobId, boolean ownDirectory) {
        checkJobId(jobId);
        return new CheckpointLayout(ownDirectory ? CheckpointLocation.child(base, jobId) : base);
    }

    /**
     * Refuses what cannot be the id of a job.
     *
     * @param jobId the id
     * @throws io.holdfast.api.error.HoldfastException STORAGE-5008 as {@link #of}
     */
    public static void checkJobId(String jobId) {
        boolean taken =
                jobId.equals("shared")
                        || jobId.equals("taskowned")
                        || CHECKPOINT.matcher(jobId).matches();
        if (taken || !JOB_ID.matcher(jobId).matches()) {
            throw Problem.user("STORAGE-5008", "'" + jobId + "' cannot be the id of a job.")
                    .with(
                            "expected",
                            "1 to 64 letters, digits or dashes, and not 'shared', 'taskowned' or"
                                    + " 'chk-' with a number")
                    .advise("give the job another id")
                    .exception();
        }
    }

    /**
     * The directory of a checkpoint.
     *
     * @param checkpointId its id, 0 or more
     * @return the directory
     */
    public URI checkpoint(long checkpointId) {
        if (checkpointId < 0) {
            throw new IllegalArgumentException("checkpoint " + checkpointId);
        }
        return CheckpointLocation.child(directory, "chk-" + checkpointId);
    }

    /**
     * The directory of shared streams.
     *
     * @return the directory
     */
    public URI shared() {
        return CheckpointLocation.child(directory, "shared");
    }

    /**
     * The directory of streams that belong to tasks.
     *
     * @return the directory
     */
    public URI taskOwned() {
        return CheckpointLocation.child(directory, "taskowned");
    }

    /**
     * The metadata file of a checkpoint or savepoint.
     *
     * @param directory its directory
     * @return the file
     */
    public static URI metadata(URI directory) {
        return CheckpointLocation.child(directory, METADATA);
    }

    /**
     * The id in the name of a checkpoint's directory.
     *
     * @param name such as {@code chk-17}
     * @return the id, or empty if it is no such name
     */
    public static OptionalLong checkpointId(String name) {
        Matcher matcher = CHECKPOINT.matcher(name);
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(matcher.group(1)));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** Whether a name is one that streams get. */
    static boolean isStream(String name) {
        return STREAM.matcher(name).matches();
    }
}
