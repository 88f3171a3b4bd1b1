package io.holdfast.cli;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/**
 * A file that is there whole or not at all. It is written under another name beside its place, with
 * the permissions of the file it comes from and never with more, because it may hold secrets; then
 * it is synced and moved.
 */
final class NewFile {
    private final Path place;

    /** A symbolic link is followed: the file it points at is the one that is replaced. */
    NewFile(Path target) {
        this.place = resolved(target);
    }

    private static Path resolved(Path target) {
        try {
            return target.toRealPath();
        } catch (IOException e) {
            return target.toAbsolutePath().normalize();
        }
    }

    /**
     * Writes it.
     *
     * @param text its content
     * @param source whose permissions it gets, unless it replaces a file
     * @param force whether it may replace a file
     * @throws HoldfastException {@code CLI-7040} if it exists and may not be replaced, {@code
     *     CLI-7041} if it cannot be written; then nothing is changed
     */
    void write(String text, Path source, boolean force) {
        Path directory = place.getParent();
        if (Files.isDirectory(place) || directory == null) {
            throw Problem.user("CLI-7041", "'" + place + "' is a directory.")
                    .advise("name a file")
                    .exception();
        }
        if (!Files.isDirectory(directory)) {
            throw Problem.user("CLI-7041", "There is no directory '" + directory + "'.")
                    .advise("make it, or correct the path")
                    .exception();
        }
        boolean replaces = Files.exists(place);
        if (replaces && !force) {
            throw exists();
        }
        Path temporary = null;
        try {
            temporary = Files.createTempFile(directory, "." + place.getFileName(), ".new");
            fill(temporary, text);
            adopt(temporary, replaces ? place : source);
            publish(temporary, force);
            sync(directory);
        } catch (FileAlreadyExistsException e) {
            remove(temporary);
            throw exists();
        } catch (IOException e) {
            remove(temporary);
            throw Problem.environment("CLI-7041", "'" + place + "' cannot be written.")
                    .with("because", e)
                    .with("state", replaces ? "the old file is as it was" : "nothing was written")
                    .advise("make room, or give this user the right to write there")
                    .exception(e);
        }
    }

    private HoldfastException exists() {
        return Problem.user("CLI-7040", "'" + place + "' exists.")
                .advise("name another file, or replace it with --force")
                .exception();
    }

    private static void fill(Path file, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** A temporary file is its owner's only; now it may be read by those who could before. */
    private static void adopt(Path file, Path model) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null) {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(model);
            view.setPermissions(permissions);
        }
    }

    /** Without force by a link, which fails if somebody was faster. */
    private void publish(Path temporary, boolean force) throws IOException {
        if (!force) {
            try {
                Files.createLink(place, temporary);
                Files.delete(temporary);
                return;
            } catch (UnsupportedOperationException e) {
                // This file system has no links; between the look and the move is only a moment.
                if (Files.exists(place)) {
                    throw new FileAlreadyExistsException(place.toString());
                }
            }
        }
        Files.move(temporary, place, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void sync(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Some systems do not open directories; the file itself is on the disk.
            return;
        }
    }

    private static void remove(Path temporary) {
        try {
            if (temporary != null) {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            // What made the writing fail is told; that a hidden file stays adds nothing to it.
            return;
        }
    }
}
