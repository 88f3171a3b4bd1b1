package io.holdfast.testkit.filesystem;

import io.holdfast.spi.filesystem.DurableOutput;
import io.holdfast.spi.filesystem.FileInfo;
import io.holdfast.spi.filesystem.FileSystem;
import io.holdfast.spi.filesystem.SeekableInput;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Passes operations on to another file system and spoils one of them. Operations are counted from
 * one: each call of a method of the file system, and each write and commit of its outputs.
 *
 * <p>May be used by several threads.
 */
public final class FaultyFileSystem implements FileSystem {

    /** What happens at the chosen operation. */
    public enum Fault {
        /** Nothing. */
        NONE,
        /** It fails; later ones work. */
        FAILS_ONCE,
        /** It fails, and so do all later ones but removals, as on a full disk. */
        FAILS_FROM_THEN_ON,
        /** The process dies before it: nothing is done any more, locks are released. */
        DIES_BEFORE,
        /** The process dies after it was done, before anybody knows. */
        DIES_AFTER
    }

    private interface Operation<T> {
        T run() throws IOException;
    }

    private final FileSystem real;
    // Guarded by this.
    private final List<Closeable> locks = new ArrayList<>();
    private Fault fault = Fault.NONE;
    private int chosen;
    private int count;
    private int injected;
    private boolean dead;

    /**
     * Spoils nothing until it is told to.
     *
     * @param real does the work; not closed by this object
     */
    public FaultyFileSystem(FileSystem real) {
        this.real = Objects.requireNonNull(real, "real");
    }

    /**
     * Chooses an operation. Counts from now on.
     *
     * @param kind what is to happen
     * @param operation number of the operation, 1 for the next one
     */
    public synchronized void arm(Fault kind, int operation) {
        fault = kind;
        chosen = operation;
        count = 0;
        injected = 0;
    }

    /** Lets all further operations pass. A dead process stays dead. */
    public synchronized void disarm() {
        fault = Fault.NONE;
    }

    /**
     * Number of operations since {@link #arm}.
     *
     * @return 0 or more
     */
    public synchronized int operations() {
        return count;
    }

    /**
     * Number of operations since {@link #arm} that were spoiled.
     *
     * @return 0 if the chosen operation was not reached
     */
    public synchronized int injected() {
        return injected;
    }

    private <T> T pass(String what, URI path, boolean removal, Operation<T> operation)
            throws IOException {
        boolean diesAfter;
        synchronized (this) {
            if (dead) {
                throw new IOException("this process is dead: " + what + " " + path);
            }
            count++;
            boolean hit = count == chosen && fault != Fault.NONE;
            boolean hitAgain = count > chosen && fault == Fault.FAILS_FROM_THEN_ON && !removal;
            diesAfter = hit && fault == Fault.DIES_AFTER;
            if (hit || hitAgain) {
                injected++;
                if (fault == Fault.DIES_BEFORE) {
                    die();
                }
                if (!diesAfter) {
                    throw new IOException(
                            "injected into operation %d: %s %s".formatted(count, what, path));
                }
            }
        }
        T result = operation.run();
        if (diesAfter) {
            synchronized (this) {
                if (result instanceof Closeable lock && what.equals("lock")) {
                    locks.add(lock);
                }
                die();
            }
            throw new IOException("died after operation: " + what + " " + path);
        }
        return result;
    }

    private void die() {
        dead = true;
        for (Closeable lock : locks) {
            try {
                lock.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public SeekableInput open(URI file) throws IOException {
        return pass("open", file, false, () -> real.open(file));
    }

    @Override
    public DurableOutput create(URI file) throws IOException {
        DurableOutput output = pass("create", file, false, () -> real.create(file));
        return new DurableOutput() {
            @Override
            public long length() {
                return output.length();
            }

            @Override
            public void write(int value) throws IOException {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                pass(
                        "write",
                        file,
                        false,
                        () -> {
                            output.write(bytes, offset, length);
                            return null;
                        });
            }

            @Override
            public void commit() throws IOException {
                pass(
                        "commit",
                        file,
                        false,
                        () -> {
                            output.commit();
                            return null;
                        });
            }

            @Override
            public void close() throws IOException {
                synchronized (FaultyFileSystem.this) {
                    if (dead) {
                        return;
                    }
                }
                output.close();
            }
        };
    }

    @Override
    public Optional<FileInfo> info(URI path) throws IOException {
        return pass("info", path, false, () -> real.info(path));
    }

    @Override
    public List<FileInfo> list(URI directory) throws IOException {
        return pass("list", directory, false, () -> real.list(directory));
    }

    @Override
    public void delete(URI path) throws IOException {
        pass(
                "delete",
                path,
                true,
                () -> {
                    real.delete(path);
                    return null;
                });
    }

    @Override
    public Closeable lock(URI directory) throws IOException {
        Closeable lock = pass("lock", directory, false, () -> real.lock(directory));
        synchronized (this) {
            locks.add(lock);
        }
        return lock;
    }

    @Override
    public void prepare(URI directory) throws IOException {
        pass(
                "prepare",
                directory,
                false,
                () -> {
                    real.prepare(directory);
                    return null;
                });
    }

    @Override
    public void close() {}
}
