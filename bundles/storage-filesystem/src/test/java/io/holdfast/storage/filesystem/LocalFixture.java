package io.holdfast.storage.filesystem;

import io.holdfast.api.config.Configuration;
import io.holdfast.spi.filesystem.FileSystem;
import io.holdfast.spi.storage.CheckpointStorage;
import io.holdfast.storage.filesystem.local.LocalFileSystemFactory;
import java.net.URI;
import java.nio.file.Path;

/** The storage as it is configured in most cases, over local files. */
final class LocalFixture {
    private LocalFixture() {}

    static CheckpointStorage storage(Path directory) {
        Configuration config =
                new Configuration()
                        .setString(
                                "execution.checkpointing.dir",
                                "file://" + directory.resolve("checkpoints"));
        return new FileSystemCheckpointStorageFactory().create(config);
    }

    static FileSystem fileSystem() {
        return new LocalFileSystemFactory().create(new Configuration());
    }

    static URI scratch(Path directory) {
        return directory.resolve("scratch").toUri();
    }
}
