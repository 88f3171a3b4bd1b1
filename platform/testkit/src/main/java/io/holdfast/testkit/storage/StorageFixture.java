package io.holdfast.testkit.storage;

import io.holdfast.spi.filesystem.FileInfo;
import io.holdfast.spi.filesystem.FileSystem;
import io.holdfast.spi.filesystem.FileSystems;
import io.holdfast.spi.storage.CheckpointStorage;
import io.holdfast.spi.storage.CheckpointStore;
import io.holdfast.testkit.filesystem.MemoryFileSystem;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;

/** What the contracts of checkpoint storages share: a storage, its files, jobs. */
public abstract class StorageFixture {
    /** Makes the content of samples; {@code -Dtest.seed} repeats a run. */
    protected final long seed = Long.getLong("test.seed", System.nanoTime());

    private final MemoryFileSystem.Disk disk = new MemoryFileSystem.Disk();
    private final List<AutoCloseable> opened = new ArrayList<>();

    /** For subclasses. */
    protected StorageFixture() {}

    /**
     * Makes a storage.
     *
     * @return a new one over the same place within one test, as a new process would make it
     */
    protected abstract CheckpointStorage storage();

    /**
     * A directory for savepoints and for the storage.
     *
     * @return an absolute URI below a root; different and empty for each test
     */
    protected URI scratch() {
        return URI.create("memory://store/scratch");
    }

    /**
     * Makes a file system for all paths of a test.
     *
     * @return a new one over the same files within one test, in memory unless overridden
     */
    protected FileSystem fileSystem() {
        return disk.mount();
    }

    /** File systems that know one only. */
    static FileSystems only(FileSystem fileSystem) {
        return path -> fileSystem;
    }

    FileSystem newFileSystem() {
        FileSystem fileSystem = fileSystem();
        opened.add(fileSystem);
        return fileSystem;
    }

    /** Opens a job's store; it is closed after the test. */
    CheckpointStore open(CheckpointStorage storage, String jobId) throws IOException {
        return open(storage, jobId, newFileSystem());
    }

    CheckpointStore open(CheckpointStorage storage, String jobId, FileSystem fileSystem)
            throws IOException {
        CheckpointStore store = storage.open(jobId, only(fileSystem));
        opened.add(0, store);
        return store;
    }

    /** Every file below the scratch directory and the storage's directory. */
    TreeSet<String> allFiles() throws IOException {
        TreeSet<String> found = new TreeSet<>();
        try (FileSystem fileSystem = fileSystem()) {
            collect(fileSystem, scratch(), found);
            URI directory = storage().directory().orElse(scratch());
            collect(fileSystem, directory, found);
        }
        return found;
    }

    private static void collect(FileSystem fileSystem, URI directory, TreeSet<String> found)
            throws IOException {
        for (FileInfo each : fileSystem.list(directory)) {
            found.add(each.path().getPath() + (each.directory() ? "/" : ""));
            if (each.directory()) {
                collect(fileSystem, each.path(), found);
            }
        }
    }

    /** A path below the scratch directory. */
    URI at(String path) {
        String text = scratch().toString();
        return URI.create(text + (text.endsWith("/") ? "" : "/") + path);
    }

    /** Forgets what a dead process would have left open. */
    void abandonAll() {
        opened.clear();
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }
}
