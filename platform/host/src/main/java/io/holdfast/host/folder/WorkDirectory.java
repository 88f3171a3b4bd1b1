package io.holdfast.host.folder;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory for private copies of jars, owned by one host at a time. What an owner left behind
 * that was killed is removed by the next.
 */
final class WorkDirectory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkDirectory.class);
    private static final String LOCK = "owner.lock";
    private static final String PREFIX = "holdfast-modules-";
    // Between making a directory and locking it lies no more than this.
    private static final Duration YOUNG = Duration.ofMinutes(1);

    private final Path directory;
    private final FileChannel channel;
    private final boolean temporary;
    private int copies;

    private WorkDirectory(Path directory, FileChannel channel, boolean temporary) {
        this.directory = directory;
        this.channel = channel;
        this.temporary = temporary;
    }

    /**
     * Makes a directory of its own, which goes when it is closed. Removes those of hosts that were
     * killed.
     *
     * @param parent where
     */
    static WorkDirectory below(Path parent) throws IOException {
        try (DirectoryStream<Path> earlier = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path each : earlier) {
                removeIfLeft(each);
            }
        } catch (DirectoryIteratorException e) {
            LOG.debug("What earlier hosts left cannot be listed", e);
        }
        return take(Files.createTempDirectory(parent, PREFIX), true);
    }

    private static void removeIfLeft(Path directory) {
        try {
            Path lock = directory.resolve(LOCK);
            Instant youngest = Instant.now().minus(YOUNG);
            if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
                    && Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS)
                    && Files.getLastModifiedTime(lock).toInstant().isBefore(youngest)) {
                take(directory, true).close();
            }
        } catch (IOException | HoldfastException e) {
            // In use, or of another user.
            LOG.debug("{} stays: {}", directory, e.toString());
        }
    }

    /**
     * Takes a directory.
     *
     * @param directory made if need be
     * @throws io.holdfast.api.error.HoldfastException MODULE-2017 if somebody else has it
     */
    static WorkDirectory take(Path directory) throws IOException {
        return take(directory, false);
    }

    private static WorkDirectory take(Path directory, boolean temporary) throws IOException {
        Files.createDirectories(directory);
        FileChannel channel =
                FileChannel.open(
                        directory.resolve(LOCK),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        WorkDirectory taken = new WorkDirectory(directory, channel, temporary);
        try {
            if (!taken.lock()) {
                throw Problem.environment(
                                "MODULE-2017", "The directory for modules' copies is in use.")
                        .with("directory", directory)
                        .advise("give every host a directory of its own")
                        .exception();
            }
            try (Stream<Path> left = Files.list(directory)) {
                for (Path each : left.filter(path -> !path.endsWith(LOCK)).toList()) {
                    taken.delete(each);
                }
            }
            return taken;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private boolean lock() throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // A host of the same process.
        }
    }

    /** Copies a jar to a place of its own, under its own name. */
    Path copy(Path jar) throws IOException {
        Path place = Files.createDirectory(directory.resolve(Integer.toString(copies++)));
        return Files.copy(jar, place.resolve(jar.getFileName()));
    }

    /** Removes a copy with its place, as far as the file system lets it. */
    void remove(Path copy) {
        try {
            delete(copy.getParent());
        } catch (IOException | UncheckedIOException e) {
            // An open file on a system that keeps those: the next owner removes it.
            return;
        }
    }

    private void delete(Path tree) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(tree)) {
            files = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }

    @Override
    public void close() throws IOException {
        if (temporary) {
            delete(directory); // The lock as well, as long as it is held.
        }
        channel.close();
    }
}
