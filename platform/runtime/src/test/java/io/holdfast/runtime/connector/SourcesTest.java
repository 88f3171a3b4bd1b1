package io.holdfast.runtime.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.connector.Source;
import io.holdfast.api.connector.Source.Split;
import io.holdfast.api.connector.Source.SplitReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every position of every source can be returned to. */
final class SourcesTest {

    private static <T> List<T> rest(Source<T> source, Split split) throws IOException {
        List<T> records = new ArrayList<>();
        try (SplitReader<T> reader = source.open(split)) {
            for (T record = reader.next(); record != null; record = reader.next()) {
                records.add(record);
            }
        }
        return records;
    }

    private static <T> void assertResumable(Source<T> source) throws IOException {
        for (Split split : source.splits()) {
            List<T> all = rest(source, split);
            try (SplitReader<T> reader = source.open(split)) {
                for (int read = 0; read <= all.size(); read++) {
                    assertThat(rest(source, new Split(split.id(), reader.position())))
                            .as("behind record %d of split %s", read, split.id())
                            .isEqualTo(all.subList(read, all.size()));
                    reader.next();
                }
            }
        }
    }

    @Test
    void generatedRecordsDependOnTheSplitOnly() throws IOException {
        Source<Long> source = new GeneratorSource<>(i -> i, 10, 3);

        assertThat(rest(source, source.splits().get(0))).containsExactly(0L, 3L, 6L, 9L);
        assertThat(rest(source, source.splits().get(2))).containsExactly(2L, 5L, 8L);
        assertResumable(source);
    }

    @Test
    void aListIsReadInOrder() throws IOException {
        Source<String> source = new CollectionSource<>(List.of("a", "b", "c"));

        assertThat(rest(source, source.splits().get(0))).containsExactly("a", "b", "c");
        assertResumable(source);
    }

    @Test
    void linesEndWithLineFeedsOrTheFile(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("lines");
        Files.writeString(file, "one\r\n\nzwölf\nlast");
        Source<String> source = new LinesSource(List.of(file));

        assertThat(rest(source, source.splits().get(0)))
                .containsExactly("one", "", "zwölf", "last");
        assertResumable(source);
    }

    @Test
    void longLinesAreReadWhole(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("lines");
        String text = "x".repeat(300_000);
        Files.writeString(file, text + "\n" + "short\n" + text);
        Source<String> source = new LinesSource(List.of(file));

        assertThat(rest(source, source.splits().get(0))).containsExactly(text, "short", text);
    }

    @Test
    void theFilesOfADirectoryAreSplits(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("b"), "2");
        Files.writeString(directory.resolve("a"), "1");
        Files.writeString(directory.resolve(".hidden"), "3");
        Source<String> source = new LinesSource(List.of(directory));

        assertThat(source.splits())
                .extracting(Split::id)
                .containsExactly(
                        directory.resolve("a").toString(), directory.resolve("b").toString());
    }

    @Test
    void aMissingFileIsNamed(@TempDir Path directory) {
        assertThatThrownBy(() -> new LinesSource(List.of(directory.resolve("nowhere"))).splits())
                .hasMessageContaining("JOB-6032")
                .hasMessageContaining("nowhere");
    }

    @Test
    void aFileThatShrankIsNotReadOn(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("lines");
        Files.writeString(file, "one\n");
        Source<String> source = new LinesSource(List.of(file));

        assertThatThrownBy(() -> source.open(new Split(file.toString(), 100)))
                .hasMessageContaining("JOB-6034")
                .hasMessageContaining("100 bytes");
    }

    @Test
    void aStreamIsReadAgainFromItsLines() throws IOException {
        byte[] text = "one\ntwo\nthree".getBytes(StandardCharsets.UTF_8);
        Source<String> source = new StandardInputSource(new ByteArrayInputStream(text));

        assertThat(rest(source, source.splits().get(0))).containsExactly("one", "two", "three");
        assertResumable(source);
    }

    @Test
    void aSlowedSourceIsTheSame() throws IOException {
        assertResumable(new RateLimitedSource<>(new GeneratorSource<>(i -> i, 4, 1), 1e6));
    }
}
