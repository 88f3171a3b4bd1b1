package io.holdfast.storage.filesystem.local;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The system calls that change a disk, one method each: the place where a test can make the k-th of
 * them fail and see the order in which they are made. An interrupt of the calling thread disturbs
 * none of them.
 */
interface Disk {

    /** An open file. Used by one thread at a time. */
    interface Sink extends Closeable {

        /** Appends bytes. */
        void write(byte[] bytes, int offset, int count) throws IOException;

        /** Waits until all bytes are on the disk. If this fails, the file is lost. */
        void sync() throws IOException;
    }

    /** Makes a file; fails if the name is taken. */
    Sink createNew(Path file) throws IOException;

    /** Gives a file its final name in the same directory; fails if that name is taken. */
    void publish(Path temporary, Path file) throws IOException;

    /** Makes a directory; fails if the name is taken. */
    void makeDirectory(Path directory) throws IOException;

    /** Waits until the names in a directory are on the disk as they are now. */
    void syncDirectory(Path directory) throws IOException;

    /** Removes a file or an empty directory if it is there. */
    void remove(Path path) throws IOException;
}
