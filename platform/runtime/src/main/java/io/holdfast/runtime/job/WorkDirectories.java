package io.holdfast.runtime.job;

import io.holdfast.api.error.Problem;
import io.holdfast.runtime.state.WorkFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the backends of one job keep working files: {@code <base>/holdfast-<pid>-<uuid>/}, with a
 * locked file in it as long as the job runs. Directories whose owner is gone are removed when the
 * next job begins, so that killed processes leave nothing for long. Used by one thread at a time.
 */
final class WorkDirectories implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkDirectories.class);
    private static final String PREFIX = "holdfast-";
    private static final String LOCK = ".lock";

    private record Owned(Path directory, FileChannel lock) {}

    private final List<Owned> roots;

    private WorkDirectories(List<Owned> roots) {
        this.roots = roots;
    }

    /**
     * Makes a directory below each base, and removes what dead processes left there.
     *
     * @param bases existing directories, or ones that can be made
     * @return the directories
     */
    static WorkDirectories open(List<Path> bases) {
        List<Owned> roots = new ArrayList<>();
        for (Path base : bases) {
            try {
                Files.createDirectories(base);
                sweep(base);
                roots.add(own(base));
            } catch (IOException e) {
                new WorkDirectories(roots).close();
                throw Problem.environment(
                                "JOB-6050", "No working files can be kept below " + base + ".")
                        .with("set by", JobOptions.TEMPORARY_DIRECTORIES.key())
                        .with("cause", e)
                        .advise("choose directories that can be written")
                        .exception(e);
            }
        }
        return new WorkDirectories(roots);
    }

    private static Owned own(Path base) throws IOException {
        Path directory =
                base.resolve(PREFIX + ProcessHandle.current().pid() + "-" + UUID.randomUUID());
        // The lock is taken before the directory has its name, or a sweep could find it unlocked.
        Path hidden = base.resolve("." + directory.getFileName());
        Files.createDirectory(hidden);
        FileChannel lock =
                FileChannel.open(
                        hidden.resolve(LOCK),
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE);
        try {
            lock.lock();
            Files.move(hidden, directory);
            return new Owned(directory, lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            WorkFiles.remove(hidden);
            throw e;
        }
    }

    private static void sweep(Path base) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(base, PREFIX + "*")) {
            for (Path directory : found) {
                if (Files.exists(directory.resolve(LOCK)) && isAbandoned(directory)) {
                    LOG.info("Removing {}, whose process is gone", directory);
                    WorkFiles.remove(directory);
                }
            }
        }
    }

    private static boolean isAbandoned(Path directory) {
        try (FileChannel channel =
                        FileChannel.open(directory.resolve(LOCK), StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (IOException | OverlappingFileLockException e) {
            return false;
        }
    }

    /** A directory for one task of one attempt; it is not made. */
    Path forTask(int attempt, int chain, int subtask) {
        Path root = roots.get(Math.floorMod(chain + subtask, roots.size())).directory();
        return root.resolve("attempt-" + attempt).resolve(chain + "-" + subtask);
    }

    void removeAttempt(int attempt) {
        for (Owned root : roots) {
            WorkFiles.remove(root.directory().resolve("attempt-" + attempt));
        }
    }

    @Override
    public void close() {
        for (Owned root : roots) {
            WorkFiles.remove(root.directory());
            try {
                root.lock().close();
            } catch (IOException e) {
                LOG.warn("Giving up the lock of {} failed", root.directory(), e);
            }
        }
    }
}
