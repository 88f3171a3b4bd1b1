package io.holdfast.toolkit.checkpoint;

import io.holdfast.spi.filesystem.FileSystem;
import io.holdfast.spi.snapshot.SnapshotScope;
import java.net.URI;
import java.util.Objects;
import java.util.UUID;

/**
 * Where a stream goes if it becomes a file.
 *
 * @param fileSystem the file system of the directory
 * @param directory the directory
 * @param scope how long the file lives
 */
public record StreamPlace(FileSystem fileSystem, URI directory, SnapshotScope scope) {
    /** Refuses null. */
    public StreamPlace {
        Objects.requireNonNull(fileSystem, "fileSystem");
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(scope, "scope");
    }

    /**
     * A file in the directory with a name that was never used. Names are not derived from content
     * or from names a backend uses: those return with other content.
     */
    URI newFile() {
        return CheckpointLocation.child(directory, UUID.randomUUID().toString());
    }
}
