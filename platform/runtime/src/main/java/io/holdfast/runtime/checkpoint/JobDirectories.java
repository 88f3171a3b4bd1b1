package io.holdfast.runtime.checkpoint;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.spi.filesystem.FileInfo;
import io.holdfast.spi.filesystem.FileSystem;
import io.holdfast.toolkit.metadata.CheckpointMetadata;
import io.holdfast.toolkit.metadata.CheckpointMetadataFormat;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the jobs whose checkpoints lie below a storage's directory, {@code <directory>/<job
 * id>/chk-<n>/_metadata}, so that a new process can continue as the same job. Reads only; blocks.
 */
public final class JobDirectories {
    private static final Pattern JOB_ID = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final Pattern CHECKPOINT = Pattern.compile("chk-(\\d{1,18})");
    private static final String METADATA = "_metadata";
    private static final int LARGEST = 1 << 30;

    private final FileSystem files;
    private final URI directory;

    /**
     * Makes one.
     *
     * @param files the file system of {@code directory}
     * @param directory the storage's directory
     */
    public JobDirectories(FileSystem files, URI directory) {
        this.files = Objects.requireNonNull(files, "files");
        this.directory = Objects.requireNonNull(directory, "directory");
    }

    /**
     * A job that has checkpoints here.
     *
     * @param jobId its id, which is the name of its directory
     * @param jobName its name, from its newest readable checkpoint
     * @param checkpointId id of that checkpoint
     * @param completedAt when that was complete
     */
    public record FoundJob(String jobId, String jobName, long checkpointId, Instant completedAt) {}

    /**
     * What was found.
     *
     * @param jobs jobs with at least one readable checkpoint, the one with the newest first
     * @param unreadable why metadata could not be read, for each job none of whose metadata could
     */
    public record Found(List<FoundJob> jobs, List<String> unreadable) {
        /** Copies the lists. */
        public Found {
            jobs = List.copyOf(jobs);
            unreadable = List.copyOf(unreadable);
        }
    }

    /**
     * Looks through the directory.
     *
     * @return what is there; nothing if there is no such directory
     * @throws IOException if it cannot be listed
     */
    public Found find() throws IOException {
        List<FoundJob> jobs = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        for (FileInfo entry : files.list(directory)) {
            if (entry.directory() && JOB_ID.matcher(entry.name()).matches()) {
                newest(entry, jobs, unreadable);
            }
        }
        jobs.sort(
                Comparator.comparing(FoundJob::completedAt)
                        .thenComparing(FoundJob::checkpointId)
                        .reversed());
        return new Found(jobs, unreadable);
    }

    /**
     * The job to continue as.
     *
     * @param jobName its name
     * @return the job of this name with the newest checkpoint, or empty if there is none
     * @throws IOException if the directory cannot be listed
     * @throws HoldfastException SNAPSHOT-4305 if there is none, but there are checkpoints that
     *     cannot be read and might be its own
     */
    public Optional<FoundJob> newest(String jobName) throws IOException {
        Found found = find();
        Optional<FoundJob> job =
                found.jobs().stream().filter(each -> each.jobName().equals(jobName)).findFirst();
        if (job.isEmpty() && !found.unreadable().isEmpty()) {
            Problem.Builder problem =
                    Problem.data(
                            "SNAPSHOT-4305",
                            "No checkpoint of job '%s' was found, but some below %s cannot be read."
                                    .formatted(jobName, directory));
            found.unreadable().forEach(text -> problem.with("unreadable", text));
            found.jobs().forEach(other -> problem.with("other jobs", other.jobName()));
            throw problem.advise(
                            "name the checkpoint to restore from, or start without state in another"
                                    + " directory")
                    .exception();
        }
        return job;
    }

    private void newest(FileInfo job, List<FoundJob> jobs, List<String> unreadable)
            throws IOException {
        record Numbered(long id, URI directory) {}
        List<Numbered> checkpoints = new ArrayList<>();
        for (FileInfo entry : files.list(job.path())) {
            Matcher name = CHECKPOINT.matcher(entry.name());
            if (entry.directory() && name.matches()) {
                checkpoints.add(new Numbered(Long.parseLong(name.group(1)), entry.path()));
            }
        }
        checkpoints.sort(Comparator.comparingLong(Numbered::id).reversed());
        String first = null;
        for (Numbered checkpoint : checkpoints) {
            URI file = child(checkpoint.directory(), METADATA);
            Optional<FileInfo> info = files.info(file);
            if (info.isEmpty()) {
                continue; // Was never complete.
            }
            try {
                CheckpointMetadata metadata = read(info.get(), checkpoint.directory());
                jobs.add(
                        new FoundJob(
                                job.name(),
                                metadata.jobName(),
                                metadata.checkpointId(),
                                metadata.completedAt()));
                return;
            } catch (HoldfastException e) {
                first = first == null ? e.problem().summary() : first;
            } catch (IOException e) {
                first = first == null ? file + ": " + e.getMessage() : first;
            }
        }
        if (first != null) {
            unreadable.add(first);
        }
    }

    private CheckpointMetadata read(FileInfo file, URI checkpoint) throws IOException {
        if (file.length() > LARGEST) {
            throw new IOException("metadata of " + file.length() + " bytes");
        }
        byte[] bytes;
        try (InputStream in = files.open(file.path())) {
            bytes = in.readNBytes((int) file.length());
        }
        return CheckpointMetadataFormat.decode(
                bytes, Optional.of(checkpoint), file.path().toString());
    }

    private static URI child(URI directory, String name) {
        String text = directory.toString();
        return URI.create((text.endsWith("/") ? text : text + "/") + name);
    }
}
