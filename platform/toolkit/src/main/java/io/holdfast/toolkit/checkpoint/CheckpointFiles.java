package io.holdfast.toolkit.checkpoint;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.spi.filesystem.FileInfo;
import io.holdfast.spi.filesystem.FileSystem;
import io.holdfast.spi.filesystem.FileSystems;
import io.holdfast.spi.filesystem.SeekableInput;
import io.holdfast.spi.snapshot.SnapshotSource;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.spi.storage.CheckpointWrite;
import io.holdfast.spi.storage.StoredCheckpoint;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Checkpoints and savepoints as files: written, found by a pointer, read, removed. What every
 * storage does in the same way, whatever it does with a job's own checkpoints. May be used by
 * several threads.
 *
 * <p>Removes streams only where checkpoints lie that it wrote or was pointed at: handles come from
 * metadata, and metadata are data that may be foreign.
 */
public final class CheckpointFiles implements SnapshotSource, AutoCloseable {
    private static final int MAX_LISTED = 20;

    private final FileSystems fileSystems;
    private final Set<URI> known = ConcurrentHashMap.newKeySet();
    private final Map<URI, DirectoryWrite> writes = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * Checkpoints on some file systems.
     *
     * @param fileSystems by scheme; closed by whoever made them
     */
    public CheckpointFiles(FileSystems fileSystems) {
        this.fileSystems = Objects.requireNonNull(fileSystems, "fileSystems");
    }

    FileSystem at(URI path) {
        return fileSystems.forPath(path);
    }

    /**
     * Begins a savepoint.
     *
     * @param directory a directory that does not exist or is empty
     * @param streams the form of its streams; files lie beside the metadata, whatever their scope
     * @return takes its streams and metadata
     * @throws IOException if the directory holds something, or cannot be read
     */
    public CheckpointWrite beginSavepoint(URI directory, StreamFactory streams) throws IOException {
        URI checked = CheckpointLocation.check(directory, "directory of a savepoint");
        FileSystem fileSystem = at(checked);
        Optional<FileInfo> present = fileSystem.info(checked);
        List<FileInfo> content =
                present.isPresent() && present.get().directory()
                        ? fileSystem.list(checked)
                        : List.of();
        if (!content.isEmpty() || present.filter(info -> !info.directory()).isPresent()) {
            throw Failures.io(
                    Problem.user(
                                    "STORAGE-5009",
                                    "A savepoint cannot be written to '%s': %s."
                                            .formatted(
                                                    checked,
                                                    content.isEmpty()
                                                            ? "it is a file"
                                                            : "it is not empty"))
                            .with("found", content.isEmpty() ? "a file" : names(content))
                            .advise("name a directory that does not exist or is empty"));
        }
        known.add(checked);
        return begin(
                new DirectoryWrite.Places(fileSystem, checked, Optional.empty()),
                present.isPresent(),
                streams);
    }

    DirectoryWrite begin(DirectoryWrite.Places places, boolean keepDirectory, StreamFactory streams)
            throws IOException {
        URI directory = places.directory();
        DirectoryWrite write =
                new DirectoryWrite(
                        places,
                        keepDirectory,
                        new CheckpointStreams(streams, this::remove),
                        () -> writes.remove(directory));
        if (writes.putIfAbsent(directory, write) != null) {
            throw Failures.io(
                    Problem.bug("STORAGE-5016", "'" + directory + "' is already being written."));
        }
        if (closed) {
            write.forget();
            throw Failures.io(
                    Problem.bug("STORAGE-5016", "'" + directory + "' is begun after the end."));
        }
        return write;
    }

    @Override
    public SeekableInput open(StreamHandle handle) throws IOException {
        if (handle instanceof StreamHandle.Inline inline) {
            return new InlineInput(inline.bytes());
        }
        StreamHandle.InFile stream = (StreamHandle.InFile) handle;
        SeekableInput input = at(stream.file()).open(stream.file());
        long length;
        try {
            length = input.length();
        } catch (IOException e) {
            input.close();
            throw e;
        }
        if (length != stream.length()) {
            input.close();
            throw Failures.io(
                    Problem.data("STORAGE-5018", "A file of a checkpoint has another length.")
                            .with("file", stream.file())
                            .with("expected", stream.length() + " bytes")
                            .with("found", length + " bytes")
                            .advise("restore from another checkpoint"));
        }
        return input;
    }

    /**
     * Finds a checkpoint or savepoint of any job.
     *
     * @param pointer URI or local path of its directory or its metadata file; a path may be
     *     relative to the working directory
     * @return what is there
     * @throws IOException if it cannot be read just now
     * @throws HoldfastException STORAGE-5007 if there is none; it says what was looked for and what
     *     was found. Another one if the pointer is no location, or no module serves its scheme
     */
    public StoredCheckpoint resolve(String pointer) throws IOException {
        URI home = locate(pointer);
        Optional<StoredCheckpoint> found = read(at(home), home);
        if (found.isEmpty()) {
            throw missing(pointer, home, "it is a directory without a file _metadata");
        }
        known.add(home);
        if (CheckpointLayout.checkpointId(CheckpointLocation.name(home)).isPresent()) {
            known.add(CheckpointLocation.parent(home));
        }
        return found.get();
    }

    /**
     * Finds the directory of a checkpoint or savepoint of any job, and reads nothing in it.
     *
     * @param pointer as for {@link #resolve}
     * @return a directory with a metadata file
     * @throws IOException if it cannot be looked at just now
     * @throws HoldfastException as {@link #resolve}
     */
    public URI locate(String pointer) throws IOException {
        URI target = CheckpointLocation.ofPointer(pointer);
        FileSystem fileSystem = at(target);
        Optional<FileInfo> info = fileSystem.info(target);
        if (info.isEmpty()) {
            throw missing(pointer, target, "there is no such file or directory");
        }
        boolean directory = info.get().directory();
        if (!directory && !CheckpointLocation.name(target).equals(CheckpointLayout.METADATA)) {
            throw missing(pointer, target, "it is a file of another name than _metadata");
        }
        URI home = directory ? target : CheckpointLocation.parent(target);
        if (!hasMetadata(fileSystem, home)) {
            throw missing(pointer, target, "it is a directory without a file _metadata");
        }
        return home;
    }

    /** The checkpoint in a directory, or empty if there is none. */
    Optional<StoredCheckpoint> read(FileSystem fileSystem, URI directory) throws IOException {
        URI metadata = CheckpointLayout.metadata(directory);
        if (!hasMetadata(fileSystem, directory)) {
            return Optional.empty();
        }
        try (SeekableInput input = fileSystem.open(metadata)) {
            byte[] bytes = input.readAllBytes();
            return Optional.of(
                    new StoredCheckpoint(directory.toString(), Optional.of(directory), bytes));
        } catch (FileNotFoundException e) {
            // Discarded in the meantime.
            return Optional.empty();
        }
    }

    static boolean hasMetadata(FileSystem fileSystem, URI directory) throws IOException {
        return fileSystem
                .info(CheckpointLayout.metadata(directory))
                .filter(info -> !info.directory())
                .isPresent();
    }

    private HoldfastException missing(String pointer, URI target, String why) {
        Problem.Builder problem =
                Problem.user(
                                "STORAGE-5007",
                                "No checkpoint or savepoint at '%s': %s.".formatted(pointer, why))
                        .with("looked for", target + ", or _metadata in it");
        List<URI> published = new ArrayList<>();
        try {
            FileSystem fileSystem = at(target);
            URI nearest = target;
            while (!nearest.getPath().equals("/")
                    && fileSystem.info(nearest).filter(FileInfo::directory).isEmpty()) {
                nearest = CheckpointLocation.parent(nearest);
            }
            List<FileInfo> content = fileSystem.list(nearest);
            problem.with("found", nearest + " with " + names(content));
            addPublished(fileSystem, content, true, published);
        } catch (IOException e) {
            problem.with("beside it", "could not be listed: " + e.getMessage());
        }
        published.forEach(each -> problem.with("checkpoint", each));
        return problem.advise(
                        published.isEmpty()
                                ? "name the directory of a checkpoint (chk-N) or savepoint"
                                : "name one of the checkpoints listed")
                .exception();
    }

    /**
     * Adds the checkpoints among some directories, or in them: jobs have directories of their own.
     */
    private static void addPublished(
            FileSystem fileSystem, List<FileInfo> content, boolean below, List<URI> published)
            throws IOException {
        for (FileInfo each : content) {
            if (published.size() >= MAX_LISTED || !each.directory()) {
                continue;
            }
            if (hasMetadata(fileSystem, each.path())) {
                published.add(each.path());
            } else if (below) {
                addPublished(fileSystem, fileSystem.list(each.path()), false, published);
            }
        }
    }

    private static String names(List<FileInfo> content) {
        if (content.isEmpty()) {
            return "nothing in it";
        }
        String names =
                content.stream()
                        .limit(MAX_LISTED)
                        .map(info -> info.directory() ? info.name() + "/" : info.name())
                        .collect(Collectors.joining(", "));
        int more = content.size() - MAX_LISTED;
        return more > 0 ? names + " and " + more + " more" : names;
    }

    /**
     * Removes a checkpoint or savepoint in a directory: its metadata first, then its streams, then
     * the directory if nothing else is in it. Removing what is not there is no failure.
     *
     * @param checkpoint the checkpoint
     * @throws IOException if something is left
     */
    public void discard(StoredCheckpoint checkpoint) throws IOException {
        if (checkpoint.directory().isEmpty()) {
            return;
        }
        URI directory = checkpoint.directory().get();
        FileSystem fileSystem = at(directory);
        fileSystem.delete(CheckpointLayout.metadata(directory));
        List<FileInfo> content = fileSystem.list(directory);
        if (content.stream().allMatch(CheckpointFiles::isStream)) {
            fileSystem.delete(directory);
            return;
        }
        for (FileInfo each : content) {
            if (isStream(each)) {
                fileSystem.delete(each.path());
            }
        }
    }

    private static boolean isStream(FileInfo info) {
        return !info.directory() && CheckpointLayout.isStream(info.name());
    }

    /**
     * Removes the file of a stream. Removing what is not there is no failure.
     *
     * @param stream the stream
     * @throws IOException if it is left, or if it is none of a checkpoint known here: it lies in no
     *     directory of one, or its name is none of a stream
     */
    public void discard(StreamHandle stream) throws IOException {
        if (stream instanceof StreamHandle.InFile file) {
            boolean ours =
                    known.stream().anyMatch(home -> CheckpointLocation.isBelow(file.file(), home));
            if (!ours || !CheckpointLayout.isStream(CheckpointLocation.name(file.file()))) {
                throw Failures.io(
                        Problem.data("STORAGE-5017", "A file is not removed: it is foreign.")
                                .with("file", file.file())
                                .with("removed are", "streams below " + sorted(known))
                                .advise("check where the metadata that name this file come from"));
            }
            remove(stream);
        }
    }

    private static String sorted(Set<URI> homes) {
        return homes.isEmpty()
                ? "no directory"
                : homes.stream().sorted().map(URI::toString).collect(Collectors.joining(", "));
    }

    private void remove(StreamHandle stream) throws IOException {
        if (stream instanceof StreamHandle.InFile file) {
            at(file.file()).delete(file.file());
        }
    }

    /** Lets {@link #discard(StreamHandle)} remove streams below a directory. */
    void own(URI directory) {
        known.add(directory);
    }

    /**
     * Gives up what is being written. Published checkpoints stay. Idempotent.
     *
     * @throws IOException if something is left of what was given up
     */
    @Override
    public void close() throws IOException {
        closed = true;
        IOException failure = null;
        for (DirectoryWrite write : List.copyOf(writes.values())) {
            failure = Failures.attempt(failure, write::close);
        }
        if (failure != null) {
            throw failure;
        }
    }
}
