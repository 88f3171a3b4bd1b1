package io.holdfast.testkit.filesystem;

import io.holdfast.spi.filesystem.FileSystem;
import java.net.URI;

/** The file system in memory keeps the contract that it helps to test. */
class MemoryFileSystemTest extends FileSystemContract {
    private final MemoryFileSystem.Disk disk = new MemoryFileSystem.Disk();

    @Override
    protected FileSystem open() {
        return disk.mount();
    }

    @Override
    protected URI root() {
        return URI.create("memory://store/test");
    }
}
