package io.holdfast.cli;

import io.holdfast.toolkit.checkpoint.CheckpointLocation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Where lines are kept that nobody asked to be written: beside the checkpoints, because they are of
 * use exactly as long as those are.
 */
final class Spool {
    private static final String DIRECTORY = "results-so-far";

    private Spool() {}

    /** A directory for a run that begins anew; it is not made. */
    static Path fresh(Optional<String> checkpointDirectory, String example) {
        Path base =
                checkpointDirectory
                        .map(text -> CheckpointLocation.parse(text, "the checkpoint directory"))
                        .filter(uri -> uri.getScheme().equals("file"))
                        .map(URI::getPath)
                        .map(Path::of)
                        .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir")));
        return base.resolve(DIRECTORY).resolve(example + "-" + UUID.randomUUID());
    }

    /** Removes the lines of a run that is done. */
    static void remove(Path directory) throws IOException {
        List<Path> content;
        try (Stream<Path> files = Files.walk(directory)) {
            content = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : content) {
            Files.deleteIfExists(path);
        }
    }
}
