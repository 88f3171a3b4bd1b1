package io.holdfast.storage.filesystem.local;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The disk of this machine. Stateless. */
final class RealDisk implements Disk {
    /*
     * Files are written through RandomAccessFile and not through FileChannel, because an interrupt of the writing thread closes a channel and
     * loses the file. There is no such way to open a directory: there an interrupt is set aside, and one that comes in between makes us try
     * again with a fresh channel; that is no retry of a failed fsync, whose outcome would be meaningless.
     */
    private static final boolean DIRECTORIES_OPEN = File.separatorChar == '/';

    @Override
    public Sink createNew(Path file) throws IOException {
        Files.createFile(file);
        RandomAccessFile opened;
        try {
            opened = new RandomAccessFile(file.toFile(), "rw");
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        return new Sink() {
            @Override
            public void write(byte[] bytes, int offset, int count) throws IOException {
                opened.write(bytes, offset, count);
            }

            @Override
            public void sync() throws IOException {
                opened.getFD().sync();
            }

            @Override
            public void close() throws IOException {
                opened.close();
            }
        };
    }

    /**
     * A hard link fails if the name is taken, which a rename does not; then the temporary name
     * goes. Where the file system has no hard links, a rename has to do.
     */
    @Override
    public void publish(Path temporary, Path file) throws IOException {
        try {
            Files.createLink(file, temporary);
        } catch (FileAlreadyExistsException | NoSuchFileException e) {
            throw e;
        } catch (FileSystemException | UnsupportedOperationException e) {
            if (Files.exists(file)) {
                throw new FileAlreadyExistsException(file.toString());
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.deleteIfExists(temporary);
    }

    @Override
    public void makeDirectory(Path directory) throws IOException {
        Files.createDirectory(directory);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        if (!DIRECTORIES_OPEN) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            while (!synced(directory)) {
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean synced(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
            return true;
        } catch (ClosedByInterruptException e) {
            return false;
        }
    }

    @Override
    public void remove(Path path) throws IOException {
        Files.deleteIfExists(path);
    }
}
