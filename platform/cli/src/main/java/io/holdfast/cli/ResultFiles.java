package io.holdfast.cli;

import io.holdfast.examples.ResultDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The visible files a job's sinks wrote into one directory. */
final class ResultFiles {
    private final Path directory;

    ResultFiles(Path directory) {
        this.directory = directory;
    }

    Path directory() {
        return directory;
    }

    /** The files, sorted; those whose names start with a dot are not visible. */
    List<Path> visible() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    ResultDigest digest() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : visible()) {
            lines.addAll(Files.readAllLines(file));
        }
        return ResultDigest.of(lines);
    }

    long lines() throws IOException {
        long lines = 0;
        for (Path file : visible()) {
            try (Stream<String> content = Files.lines(file)) {
                lines += content.count();
            }
        }
        return lines;
    }
}
