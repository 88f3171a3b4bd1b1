package io.holdfast.storage.filesystem.local;

import io.holdfast.api.config.Configuration;
import io.holdfast.spi.filesystem.FileSystem;
import io.holdfast.testkit.filesystem.FileSystemContract;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The local file system keeps the contract. */
class LocalFileSystemContractTest extends FileSystemContract {
    @TempDir Path root;

    @Override
    protected FileSystem open() {
        return new LocalFileSystemFactory().create(new Configuration());
    }

    @Override
    protected URI root() {
        return root.resolve("below").toUri();
    }
}
