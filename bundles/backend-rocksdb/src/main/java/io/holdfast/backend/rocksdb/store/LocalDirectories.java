package io.holdfast.backend.rocksdb.store;

import io.holdfast.api.error.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Directories that were configured for databases: deals databases out to them, removes what a
 * database leaves, also that of processes that were killed. Thread-safe.
 */
public final class LocalDirectories {

    // A database's directory is named PREFIX PROCESS "-" UUID. What another process left can be
    // removed if nobody holds RocksDB's own lock in it. Directories of this process are never
    // tried:
    // its locks do not keep itself out, and closing the file would give RocksDB's lock up.
    private static final String PREFIX = "holdfast-rocksdb-";
    private static final String LOCK = "LOCK";

    private final List<Path> directories;
    private final AtomicInteger next = new AtomicInteger();

    /**
     * Directories for databases. Nothing is looked at yet.
     *
     * @param directories absolute paths, one or more
     */
    public LocalDirectories(List<Path> directories) {
        this.directories = List.copyOf(directories);
    }

    /**
     * Makes a directory for a database, below the next of the directories that can be written.
     *
     * @param owner whose it is, for messages
     * @return an empty directory; {@link #remove} removes it
     * @throws io.holdfast.api.error.HoldfastException STATE-3128 if none can be written
     */
    public Path make(String owner) {
        List<String> refused = new ArrayList<>();
        int first = next.getAndIncrement();
        for (int i = 0; i < directories.size(); i++) {
            Path directory = directories.get(Math.floorMod(first + i, directories.size()));
            try {
                Files.createDirectories(directory);
                removeLeftOvers(directory);
                return Files.createDirectory(directory.resolve(ownPrefix() + UUID.randomUUID()));
            } catch (IOException e) {
                refused.add(directory + ": " + e);
            }
        }
        throw Problem.environment(
                        "STATE-3128",
                        "No local directory for the database of '%s' can be written."
                                .formatted(owner))
                .with("tried", String.join("\n", refused))
                .advise("see to permissions and disks, or configure other directories")
                .exception();
    }

    private static String ownPrefix() {
        ProcessHandle process = ProcessHandle.current();
        long started = process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        return PREFIX + process.pid() + "." + started + "-";
    }

    private static void removeLeftOvers(Path directory) throws IOException {
        String own = ownPrefix();
        List<Path> others;
        try (Stream<Path> found = Files.list(directory)) {
            others =
                    found.filter(path -> path.getFileName().toString().startsWith(PREFIX))
                            .filter(path -> !path.getFileName().toString().startsWith(own))
                            .toList();
        }
        for (Path other : others) {
            if (isLeft(other)) {
                remove(other);
            }
        }
    }

    /** Whether a database was there and nobody has it open. */
    private static boolean isLeft(Path database) {
        try (FileChannel lock = FileChannel.open(database.resolve(LOCK), StandardOpenOption.WRITE);
                FileLock taken = lock.tryLock()) {
            return taken != null;
        } catch (IOException e) {
            // It is being made or removed by its process, or belongs to somebody else.
            return false;
        }
    }

    /**
     * Removes a directory and what is in it, as far as that is possible.
     *
     * @param directory the directory of a closed database
     */
    public static void remove(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            // What stays is removed by the next process that uses the directory.
            return;
        }
    }
}
