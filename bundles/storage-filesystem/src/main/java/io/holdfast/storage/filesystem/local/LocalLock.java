package io.holdfast.storage.filesystem.local;

import io.holdfast.api.error.Problem;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;

/** A directory taken for one owner. */
final class LocalLock implements Closeable {
    /*
     * Between processes the operating system's lock on a file decides; it ends with the process, however that ends. Within a process it does not
     * help: on POSIX, closing any other descriptor of the locked file, even one that only looked, gives the lock up. So owners in this process are
     * told apart first, before the file is touched. They may be copies of this class in several class loaders, so the register must be one that
     * the whole JVM shares: the system properties. The lock file is never removed: another process may be waiting to lock the one that was there.
     */
    static final String FILE = LocalFileSystem.RESERVED + ".lock";

    private static final String REGISTER = "io.holdfast.storage.filesystem.lock ";
    // Far behind the text that names the owner, which others must be able to read.
    private static final long LOCKED_BYTE = 1L << 40;
    private static final int MAX_OWNER = 512;

    private final String key;
    private final String owner;
    // Null until it is opened, and after the end.
    private RandomAccessFile file;

    private LocalLock(String key, String owner) {
        this.key = key;
        this.owner = owner;
    }

    /**
     * Takes a directory that exists.
     *
     * @throws io.holdfast.api.error.HoldfastException STORAGE-5002 if another owner has it
     */
    static LocalLock take(Path directory) throws IOException {
        Object identity = Files.readAttributes(directory, BasicFileAttributes.class).fileKey();
        String key = REGISTER + (identity == null ? directory.toRealPath() : identity);
        String owner = describeThisProcess();
        Object other = System.getProperties().putIfAbsent(key, owner);
        if (other != null) {
            throw taken(directory, "this process (" + other + ")");
        }
        LocalLock lock = new LocalLock(key, owner);
        try {
            lock.lockFile(directory);
            return lock;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private void lockFile(Path directory) throws IOException {
        file = new RandomAccessFile(directory.resolve(FILE).toFile(), "rw");
        if (!locked()) {
            throw taken(directory, read());
        }
        file.setLength(0);
        file.write((owner + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static RuntimeException taken(Path directory, String owner) {
        return Problem.environment(
                        "STORAGE-5002", "The directory '%s' is in use.".formatted(directory))
                .with("used by", owner)
                .advise("stop that process, or use another directory or job id")
                .exception();
    }

    private static String describeThisProcess() {
        String host =
                Optional.ofNullable(System.getenv("HOSTNAME"))
                        .or(() -> Optional.ofNullable(System.getenv("COMPUTERNAME")))
                        .map(name -> " on " + name)
                        .orElse("");
        return "process %d%s, user %s, since %s"
                .formatted(
                        ProcessHandle.current().pid(),
                        host,
                        System.getProperty("user.name"),
                        Instant.now());
    }

    private boolean locked() throws IOException {
        try {
            FileLock lock = file.getChannel().tryLock(LOCKED_BYTE, 1, false);
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private String read() throws IOException {
        byte[] text = new byte[(int) Math.min(MAX_OWNER, file.length())];
        file.readFully(text);
        String holder = new String(text, StandardCharsets.UTF_8).strip();
        return holder.isEmpty() ? "a process that does not say who it is" : holder;
    }

    @Override
    public synchronized void close() throws IOException {
        RandomAccessFile open = file;
        file = null;
        try {
            if (open != null) {
                // The operating system's lock goes with it.
                open.close();
            }
        } finally {
            System.getProperties().remove(key, owner);
        }
    }
}
