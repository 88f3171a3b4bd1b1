package io.holdfast.storage.filesystem;

import io.holdfast.spi.filesystem.FileSystem;
import io.holdfast.spi.storage.CheckpointStorage;
import io.holdfast.testkit.storage.SavepointContract;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract over local files. */
class LocalSavepointTest extends SavepointContract {
    @TempDir Path directory;

    @Override
    protected CheckpointStorage storage() {
        return LocalFixture.storage(directory);
    }

    @Override
    protected FileSystem fileSystem() {
        return LocalFixture.fileSystem();
    }

    @Override
    protected URI scratch() {
        return LocalFixture.scratch(directory);
    }
}
