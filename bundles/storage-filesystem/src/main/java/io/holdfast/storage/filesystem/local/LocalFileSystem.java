package io.holdfast.storage.filesystem.local;

import io.holdfast.api.error.Problem;
import io.holdfast.spi.filesystem.DurableOutput;
import io.holdfast.spi.filesystem.FileInfo;
import io.holdfast.spi.filesystem.FileSystem;
import io.holdfast.spi.filesystem.SeekableInput;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Files of this machine. Data are written by {@link LocalOutput} alone; beside that, directories
 * are made and things removed here, and each of these changes is on the disk when its method
 * returns. Names that begin with {@value #RESERVED} are its own: unfinished files and locks.
 */
final class LocalFileSystem implements FileSystem {
    static final String RESERVED = ".holdfast";

    private static final String UNFINISHED = RESERVED + "-";
    private static final int ATTEMPTS = 5;

    private final Disk disk;
    private volatile boolean closed;

    LocalFileSystem(Disk disk) {
        this.disk = disk;
    }

    void requireOpen() throws IOException {
        if (closed) {
            throw new IOException(
                    Problem.bug("STORAGE-5016", "The local file system is used after its end.")
                            .build()
                            .toString());
        }
    }

    @Override
    public SeekableInput open(URI file) throws IOException {
        requireOpen();
        Path path = path(file);
        try {
            if (Files.readAttributes(path, BasicFileAttributes.class).isDirectory()) {
                throw new FileAlreadyExistsException(path.toString());
            }
            return new LocalInput(this, path);
        } catch (IOException e) {
            throw LocalFailures.explain("read", path, e);
        }
    }

    @Override
    public DurableOutput create(URI file) throws IOException {
        requireOpen();
        Path path = path(file);
        try {
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileAlreadyExistsException(path.toString());
            }
            makeDirectories(path.getParent());
            Path temporary = path.resolveSibling(UNFINISHED + UUID.randomUUID() + ".part");
            return new LocalOutput(this, disk, temporary, path);
        } catch (IOException e) {
            throw LocalFailures.explain("write", path, e);
        }
    }

    /*
     * One thread at a time, so that nobody takes a directory for made whose entry is not on the disk yet. A directory that another process has just made
     * is taken care of by lock().
     */
    private synchronized void makeDirectories(Path directory) throws IOException {
        if (directory == null || Files.isDirectory(directory)) {
            return;
        }
        makeDirectories(directory.getParent());
        try {
            disk.makeDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) {
                throw e;
            }
        }
        disk.syncDirectory(directory.getParent());
    }

    @Override
    public Optional<FileInfo> info(URI path) throws IOException {
        requireOpen();
        return info(path(path));
    }

    private static Optional<FileInfo> info(Path path) throws IOException {
        try {
            BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
            return Optional.of(
                    new FileInfo(
                            uri(path),
                            found.isDirectory(),
                            found.isDirectory() ? 0 : found.size(),
                            found.lastModifiedTime().toInstant()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            Path nearest = LocalFailures.nearest(path);
            boolean throughAFile =
                    !(e instanceof AccessDeniedException)
                            && !nearest.equals(path)
                            && !Files.isDirectory(nearest);
            if (throughAFile) {
                return Optional.empty();
            }
            throw LocalFailures.explain("look at", path, e);
        }
    }

    @Override
    public List<FileInfo> list(URI directory) throws IOException {
        requireOpen();
        Path path = path(directory);
        List<FileInfo> found = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
            for (Path child : children) {
                if (!child.getFileName().toString().startsWith(RESERVED)) {
                    info(child).ifPresent(found::add);
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw LocalFailures.explain("list", path, e.getCause());
        } catch (IOException e) {
            throw LocalFailures.explain("list", path, e);
        }
        found.sort(Comparator.comparing(FileInfo::name));
        return found;
    }

    @Override
    public void delete(URI path) throws IOException {
        requireOpen();
        Path target = path(path);
        if (target.getParent() == null) {
            throw new IOException("the root directory is not deleted: " + target);
        }
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            removeTree(target);
            disk.syncDirectory(target.getParent());
        } catch (NoSuchFileException e) {
            // Somebody else removed the directory as a whole.
            return;
        } catch (IOException e) {
            throw LocalFailures.explain("delete", target, e);
        }
    }

    // A writer that does not know yet that it was stopped may put a file into a directory that is
    // being removed.
    private void removeTree(Path root) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                Files.walkFileTree(root, new Removal());
                return;
            } catch (DirectoryNotEmptyException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private final class Removal extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            disk.remove(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, IOException failure)
                throws IOException {
            if (failure != null) {
                throw failure;
            }
            disk.remove(directory);
            return FileVisitResult.CONTINUE;
        }
    }

    @Override
    public Closeable lock(URI directory) throws IOException {
        requireOpen();
        Path path = path(directory);
        try {
            makeDirectories(path);
            settle(path);
            return LocalLock.take(path);
        } catch (IOException e) {
            throw LocalFailures.explain("lock", path, e);
        }
    }

    // Whoever made these directories may have died before their entries were on the disk. The ones
    // further up may be none of ours, and on file systems that do not let us do this.
    private void settle(Path directory) {
        try {
            for (Path each = directory; each != null; each = each.getParent()) {
                disk.syncDirectory(each);
            }
        } catch (IOException e) {
            return;
        }
    }

    @Override
    public void prepare(URI directory) throws IOException {
        requireOpen();
        Path path = path(directory);
        try {
            makeDirectories(path);
            try (DirectoryStream<Path> remains = Files.newDirectoryStream(path, UNFINISHED + "*")) {
                for (Path each : remains) {
                    disk.remove(each);
                }
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        } catch (IOException e) {
            throw LocalFailures.explain("prepare", path, e);
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    /** The local path of a URI. */
    static Path path(URI uri) throws IOException {
        String authority = uri.getAuthority();
        if (uri.isOpaque()
                || uri.getPath() == null
                || !uri.getPath().startsWith("/")
                || !"file".equalsIgnoreCase(uri.getScheme())) {
            throw refused(uri, "it is not the URI of a local file");
        }
        if (authority != null && !authority.isEmpty()) {
            throw refused(uri, "a local file has no host, but this has '" + authority + "'");
        }
        Path path;
        try {
            path = File.separatorChar == '/' ? Path.of(uri.getPath()) : Path.of(uri);
        } catch (InvalidPathException e) {
            throw refused(
                    uri,
                    e.getReason()
                            + "; the encoding of file names is "
                            + System.getProperty("sun.jnu.encoding"));
        }
        Path name = path.normalize().getFileName();
        if (name != null && name.toString().startsWith(RESERVED)) {
            throw refused(uri, "names that begin with '" + RESERVED + "' are reserved");
        }
        return path.normalize();
    }

    private static IOException refused(URI uri, String why) {
        return new IOException(
                Problem.user("STORAGE-5003", "'%s' cannot be used: %s.".formatted(uri, why))
                        .advise("write a local file as file:///directory/file")
                        .build()
                        .toString());
    }

    private static URI uri(Path path) throws IOException {
        String text = path.toUri().getPath();
        boolean slash = text.length() > 1 && text.endsWith("/");
        try {
            return new URI("file", null, slash ? text.substring(0, text.length() - 1) : text, null);
        } catch (URISyntaxException e) {
            throw new IOException("not expressible as a URI: " + path, e);
        }
    }
}
