package io.holdfast.control.client;

import io.holdfast.api.error.Problem;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The directory in which every running host of a user has a socket. Nobody else may enter it: that
 * is what keeps others from asking. Immutable.
 */
public final class ControlDirectory {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rwx------");
    private static final String SUFFIX = ".sock";

    private final Path directory;

    /**
     * A directory for sockets.
     *
     * @param directory need not exist
     */
    public ControlDirectory(Path directory) {
        this.directory = Objects.requireNonNull(directory, "directory");
    }

    /**
     * The one of the user who runs this process.
     *
     * @return {@link UserDirectories#control}
     */
    public static ControlDirectory ofThisUser() {
        return new ControlDirectory(UserDirectories.ofThisProcess().control());
    }

    /**
     * Where it is.
     *
     * @return its path
     */
    public Path path() {
        return directory;
    }

    /**
     * Makes it if need be, and sees to it that nobody else may enter it.
     *
     * @throws IOException if that cannot be done
     * @throws io.holdfast.api.error.HoldfastException CONTROL-8001 if it belongs to somebody else,
     *     or is a link
     */
    public void prepare() throws IOException {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        if (!posix) {
            Files.createDirectories(directory);
            return;
        }
        Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        PosixFileAttributes found =
                Files.readAttributes(
                        directory, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!found.isDirectory() || !found.owner().equals(me())) {
            throw Problem.environment(
                            "CONTROL-8001", "The directory for control sockets is not our own.")
                    .with("directory", directory)
                    .with("owner", found.owner().getName())
                    .advise("remove it, or let XDG_RUNTIME_DIR name a directory of this user")
                    .exception();
        }
        if (!found.permissions().equals(OWNER_ONLY)) {
            Files.setPosixFilePermissions(directory, OWNER_ONLY);
        }
    }

    /** Who owns what this process makes. */
    private java.nio.file.attribute.UserPrincipal me() throws IOException {
        Path probe = Files.createTempFile(directory, ".probe", "");
        try {
            return Files.getOwner(probe, LinkOption.NOFOLLOW_LINKS);
        } finally {
            Files.delete(probe);
        }
    }

    /**
     * A socket for a process.
     *
     * @param pid the process
     * @param number 0 for its first host, 1 for the next
     * @return a path in the directory
     */
    public Path socket(long pid, int number) {
        return directory.resolve(pid + (number == 0 ? "" : "-" + number) + SUFFIX);
    }

    /**
     * The sockets that are there. Whoever made them may be dead.
     *
     * @return sorted
     * @throws IOException if the directory cannot be read
     */
    public List<Path> sockets() throws IOException {
        List<Path> sockets = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "[0-9]*" + SUFFIX)) {
            files.forEach(sockets::add);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of(); // There was never a host.
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        sockets.sort(null);
        return sockets;
    }
}
