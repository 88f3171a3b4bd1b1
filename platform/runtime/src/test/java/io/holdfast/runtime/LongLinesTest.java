package io.holdfast.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.runtime.connector.FileSink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines of all lengths around that of the file sink's buffer come out whole. */
final class LongLinesTest {
    private static final int BUFFER = 1 << 16;

    @TempDir private Path directory;

    @Test
    void linesThatFillOrExceedTheBufferAreWhole() throws Exception {
        List<String> lines =
                IntStream.of(0, 1, BUFFER - 3, 1, BUFFER - 1, 5, BUFFER, 3 * BUFFER, 0, 7)
                        .mapToObj(length -> "x".repeat(length))
                        .toList();
        StreamExecutionEnvironment env = Jobs.on("hashmap", 1);
        env.fromCollection(lines).sinkTo(() -> new FileSink<>(directory, line -> line));
        env.execute("long lines");

        List<String> written = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(path -> !path.endsWith(".lock")).toList()) {
                written.addAll(Files.readAllLines(file));
            }
        }
        assertThat(written).isEqualTo(lines);
    }
}
