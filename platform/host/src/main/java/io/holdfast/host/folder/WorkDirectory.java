package io.holdfast.host.folder;

import io.holdfast.api.error.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory for private copies of jars, owned by one host at a time. What an owner left behind
 * that was killed is removed by the next.
 */
final class WorkDirectory implements AutoCloseable {
    private static final String LOCK = "owner.lock";

    private final Path directory;
    private final FileChannel channel;
    private int copies;

    private WorkDirectory(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Takes a directory.
     *
     * @param directory made if need be
     * @throws io.holdfast.api.error.HoldfastException MODULE-2017 if somebody else has it
     */
    static WorkDirectory take(Path directory) throws IOException {
        Files.createDirectories(directory);
        FileChannel channel =
                FileChannel.open(
                        directory.resolve(LOCK),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        WorkDirectory taken = new WorkDirectory(directory, channel);
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
        channel.close();
    }
}
