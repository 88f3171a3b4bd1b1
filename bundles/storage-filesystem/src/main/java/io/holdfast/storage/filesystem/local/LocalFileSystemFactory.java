package io.holdfast.storage.filesystem.local;

import io.holdfast.api.config.ReadableConfig;
import io.holdfast.spi.filesystem.FileSystem;
import io.holdfast.spi.filesystem.FileSystemFactory;
import java.util.Set;

/** Serves {@code file:} with the files of this machine. */
public final class LocalFileSystemFactory implements FileSystemFactory {
    /** For the service loader. */
    public LocalFileSystemFactory() {}

    @Override
    public Set<String> schemes() {
        return Set.of("file");
    }

    @Override
    public FileSystem create(ReadableConfig config) {
        return new LocalFileSystem(new RealDisk());
    }
}
