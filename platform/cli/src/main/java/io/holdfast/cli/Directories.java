package io.holdfast.cli;

import io.holdfast.api.error.Problem;
import io.holdfast.toolkit.checkpoint.CheckpointLocation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Local directories that a run needs: looked at before the job starts, cleared when it is done. */
final class Directories {
    private Directories() {}

    /** The checkpoint directory, if it is one of this machine. */
    static Optional<Path> local(Optional<String> checkpointDirectory) {
        return checkpointDirectory
                .map(text -> CheckpointLocation.parse(text, "the checkpoint directory"))
                .filter(uri -> uri.getScheme().equals("file"))
                .map(URI::getPath)
                .map(Path::of);
    }

    /**
     * Makes a directory and writes to it, so that a mistake is told at once and not by a job that
     * is restarted again and again.
     */
    static void require(Path directory, String what, String flag) {
        try {
            Files.createDirectories(directory);
            Files.delete(Files.createTempFile(directory, ".holdfast-", ".probe"));
        } catch (IOException e) {
            throw Problem.environment("CLI-7022", "The %s cannot be written.".formatted(what))
                    .with("directory", directory)
                    .with("cause", e)
                    .advise(
                            "choose another one with %s, or give this user the right to write there"
                                    .formatted(flag))
                    .exception(e);
        }
    }

    /** Removes a directory with all that is in it; nothing happens if it is not there. */
    static void remove(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        List<Path> content;
        try (Stream<Path> files = Files.walk(directory)) {
            content = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : content) {
            Files.deleteIfExists(path);
        }
    }
}
