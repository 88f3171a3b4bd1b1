package io.holdfast.storage.filesystem.local;

import io.holdfast.api.config.MemorySize;
import io.holdfast.api.error.Problem;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/** Turns what the system says about a failure into a message that names the path and the cure. */
final class LocalFailures {
    private static final long NEXT_TO_NOTHING = 4096;

    private LocalFailures() {}

    /**
     * Explains a failure.
     *
     * @param action what failed, such as {@code write}
     * @param path the file or directory the caller asked for
     * @param failure what the system said
     * @return to be thrown; a {@link FileNotFoundException} if something is missing
     */
    static IOException explain(String action, Path path, IOException failure) {
        String reason = reason(failure);
        if (failure instanceof NoSuchFileException || says(reason, "No such file or directory")) {
            return missing(action, path, failure);
        }
        if (failure instanceof FileAlreadyExistsException
                || failure instanceof NotDirectoryException
                || says(reason, "Not a directory", "Is a directory", "File exists")) {
            return caused(
                    problem("STORAGE-5014", action, path, obstacle(path, failure))
                            .with("reason", reason)
                            .advise("name another path, or move away what is there"),
                    failure);
        }
        if (says(reason, "Read-only file system")) {
            return caused(
                    problem("STORAGE-5012", action, path, "the file system is read-only")
                            .with("file system", store(path))
                            .advise(
                                    "mount it for writing, or name a directory on another file"
                                            + " system"),
                    failure);
        }
        if (failure instanceof AccessDeniedException
                || says(reason, "Permission denied", "Operation not permitted")) {
            return caused(
                    problem("STORAGE-5011", action, path, "it is not permitted")
                            .with("permissions", permissions(path))
                            .advise(
                                    "let the user '%s' read and write there, or name another"
                                                    .formatted(System.getProperty("user.name"))
                                            + " directory"),
                    failure);
        }
        if (full(reason, path)) {
            return caused(
                    problem("STORAGE-5010", action, path, "the disk is full")
                            .with("reason", reason)
                            .with("file system", store(path))
                            .advise("free space there, or name a directory on another disk"),
                    failure);
        }
        return caused(
                problem("STORAGE-5015", action, path, "input or output failed")
                        .with("reason", reason)
                        .advise("look into the system's log"),
                failure);
    }

    private static Problem.Builder problem(String code, String action, Path path, String why) {
        return Problem.environment(code, "Cannot %s '%s': %s.".formatted(action, path, why));
    }

    private static IOException missing(String action, Path path, IOException failure) {
        Problem problem =
                problem("STORAGE-5013", action, path, "it does not exist")
                        .with("nearest", nearest(path))
                        .build();
        FileNotFoundException missing = new FileNotFoundException(problem.toString());
        missing.initCause(failure);
        return missing;
    }

    static IOException caused(Problem.Builder problem, IOException cause) {
        return new IOException(problem.build().toString(), cause);
    }

    private static String reason(IOException failure) {
        String text =
                failure instanceof FileSystemException told
                        ? told.getReason()
                        : failure.getMessage();
        return text == null ? failure.getClass().getSimpleName() : text;
    }

    private static boolean says(String reason, String... sentences) {
        for (String sentence : sentences) {
            if (reason.contains(sentence)) {
                return true;
            }
        }
        return false;
    }

    // The system's sentence may be in any language; an empty disk is empty in all of them.
    private static boolean full(String reason, Path path) {
        if (says(reason, "No space left on device", "Disk quota exceeded", "File too large")) {
            return true;
        }
        try {
            return Files.getFileStore(nearest(path)).getUsableSpace() < NEXT_TO_NOTHING;
        } catch (IOException e) {
            return false;
        }
    }

    private static String obstacle(Path path, IOException failure) {
        Path nearest = nearest(path);
        if (nearest.equals(path)) {
            String file = failure instanceof NotDirectoryException ? "it is a file" : "it exists";
            return Files.isDirectory(path) ? "it is a directory" : file;
        }
        return "'" + nearest + "' is not a directory";
    }

    /** The deepest part of a path that exists. */
    static Path nearest(Path path) {
        Path part = path;
        while (part.getParent() != null && !Files.exists(part)) {
            part = part.getParent();
        }
        return part;
    }

    private static String store(Path path) {
        try {
            FileStore store = Files.getFileStore(nearest(path));
            return "%s (%s), %s free of %s"
                    .formatted(
                            store.name(),
                            store.type(),
                            size(store.getUsableSpace()),
                            size(store.getTotalSpace()));
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static String size(long bytes) {
        long shown = Math.max(0, bytes);
        for (long unit : new long[] {1L << 30, 1L << 20, 1L << 10}) {
            if (shown >= 10 * unit) {
                return new MemorySize(shown / unit * unit).toString();
            }
        }
        return new MemorySize(shown).toString();
    }

    private static String permissions(Path path) {
        Path nearest = nearest(path);
        try {
            PosixFileAttributes attributes =
                    Files.readAttributes(nearest, PosixFileAttributes.class);
            return "%s of '%s', owner %s, group %s"
                    .formatted(
                            PosixFilePermissions.toString(attributes.permissions()),
                            nearest,
                            attributes.owner().getName(),
                            attributes.group().getName());
        } catch (IOException | UnsupportedOperationException e) {
            return "unknown";
        }
    }
}
