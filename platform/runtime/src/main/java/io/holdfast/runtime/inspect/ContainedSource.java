package io.holdfast.runtime.inspect;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.spi.filesystem.SeekableInput;
import io.holdfast.spi.snapshot.SnapshotSource;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.toolkit.checkpoint.CheckpointLayout;
import io.holdfast.toolkit.checkpoint.CheckpointLocation;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Opens the files of one checkpoint and no others: metadata are data, and may name any file of this
 * machine. What does not lie below the checkpoint's directory, or for a job's own checkpoint below
 * the job's, is refused, and so is a link that leads out of it and whatever is no plain file. May
 * be used by several threads.
 */
final class ContainedSource implements SnapshotSource {
    private final SnapshotSource files;
    private final URI home;

    /**
     * The files of a checkpoint.
     *
     * @param files opens any file
     * @param directory where the checkpoint's metadata lie
     */
    ContainedSource(SnapshotSource files, URI directory) {
        this.files = files;
        boolean ofJob =
                CheckpointLayout.checkpointId(CheckpointLocation.name(directory)).isPresent();
        this.home = ofJob ? CheckpointLocation.parent(directory) : directory;
    }

    @Override
    public SeekableInput open(StreamHandle handle) throws IOException {
        if (handle instanceof StreamHandle.InFile file) {
            requireInside(file.file());
        }
        return files.open(handle);
    }

    /** Whether a file lies where this source reads; links are not looked at. */
    boolean isInside(URI file) {
        return CheckpointLocation.isBelow(file, home);
    }

    /** Refuses what is not a plain file in the checkpoint. */
    void requireInside(URI file) throws IOException {
        if (!isInside(file)) {
            throw outside(file, "it lies elsewhere");
        }
        if (file.getScheme().equalsIgnoreCase("file")) {
            requireInside(file, Path.of(file.getPath()));
        }
    }

    private void requireInside(URI file, Path path) throws IOException {
        Path real;
        try {
            real = path.toRealPath();
        } catch (NoSuchFileException e) {
            throw (IOException) new FileNotFoundException(path + ": no such file").initCause(e);
        }
        if (!real.startsWith(Path.of(home.getPath()).toRealPath())) {
            throw outside(file, "it is a link to " + real);
        }
        if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
            throw outside(file, "it is no plain file");
        }
    }

    private HoldfastException outside(URI file, String why) {
        return Problem.data(
                        "SNAPSHOT-4401",
                        "%s is not read: %s, and only plain files of the checkpoint are."
                                .formatted(file, why))
                .with("read are", "files below " + home)
                .advise(
                        "if the checkpoint can be trusted, restore it with its job, or take a"
                                + " savepoint there, which has all its files in one directory")
                .exception();
    }
}
