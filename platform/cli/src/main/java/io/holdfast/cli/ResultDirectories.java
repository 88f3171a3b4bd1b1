package io.holdfast.cli;

import io.holdfast.examples.ExampleOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where the lines of a run go: below {@code --output}, or, if nobody asked for files, below the
 * checkpoint directory, because until the job is done the lines are of use exactly as long as its
 * checkpoints are.
 */
final class ResultDirectories {
    private static final String KEPT = "results-so-far";

    private final Path fresh;
    private final boolean chosen;
    private final Map<String, Path> used = new ConcurrentHashMap<>();

    /**
     * The directories of one run.
     *
     * @param output of {@code --output}
     * @param checkpoints directory of checkpoints
     * @param example name of the example
     */
    ResultDirectories(Optional<Path> output, Path checkpoints, String example) {
        chosen = output.isPresent();
        fresh =
                output.map(directory -> directory.toAbsolutePath().normalize())
                        .orElseGet(
                                () ->
                                        checkpoints
                                                .resolve(KEPT)
                                                .resolve(example + "-" + UUID.randomUUID()));
    }

    /** Ends a stream in files. */
    void write(ExampleOutput output) {
        String name = output.name();
        output.lines()
                .sinkTo(
                        () ->
                                new ResultSink(
                                        fresh.resolve(name),
                                        chosen,
                                        directory -> used.put(name, directory)))
                .name("write " + name)
                .uid("write-" + name);
    }

    /** The files of a stream, when the job has ended. */
    ResultFiles files(ExampleOutput output) {
        return new ResultFiles(used.get(output.name()));
    }

    /** Removes lines that nobody asked to keep, when they were digested. */
    void clear(List<ExampleOutput> outputs) throws IOException {
        for (ExampleOutput output : outputs) {
            Path run = used.get(output.name()).getParent();
            if (isKept(run)) {
                Directories.remove(run);
            }
        }
    }

    /** Whether the lines of a stream stay. */
    boolean stays(ExampleOutput output) {
        return !isKept(used.get(output.name()).getParent());
    }

    private static boolean isKept(Path run) {
        Path parent = run.getParent();
        return parent != null && parent.endsWith(KEPT);
    }
}
