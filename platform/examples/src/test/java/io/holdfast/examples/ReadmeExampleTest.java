package io.holdfast.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.api.config.Configuration;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.runtime.StreamExecutionEnvironment;
import io.holdfast.runtime.connector.CollectSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job that the project's README shows, run; and the README, compared with it. */
class ReadmeExampleTest {
    private static final Path SOURCE =
            Path.of("src/test/java/io/holdfast/examples/ReadmeExampleTest.java");
    private static final Path README = Path.of("../../README.md");

    @TempDir private Path folder;

    @Test
    void itCountsWords() {
        String directory = folder.toUri().toString();
        CollectSink.Results<String> results = new CollectSink.Results<>();
        // README begins
        Configuration config = new Configuration();
        config.setString("state.backend.type", "rocksdb"); // or hashmap
        config.setString("execution.checkpointing.dir", directory); // file:///somewhere/safe
        config.setString("execution.checkpointing.interval", "1 s");
        var env = StreamExecutionEnvironment.getExecutionEnvironment(config);
        env.fromCollection(List.of("to", "be", "or", "not", "to", "be"))
                .map(word -> new WordCount(word, 1))
                .keyBy(WordCount::word, String.class)
                .reduce((a, b) -> new WordCount(a.word(), a.count() + b.count()), WordCount.class)
                .map(WordCount::toString)
                .sinkTo(results.sink(Serializers.STRING)); // or new FileSink(...), or print()
        env.execute("count words");
        // README ends
        assertThat(results.records())
                .contains("WordCount[word=to, count=2]", "WordCount[word=be, count=2]")
                .hasSize(6);
    }

    /** A word and how often it was seen. */
    record WordCount(String word, long count) {}

    @Test
    void theReadmeShowsTheseLines() throws IOException {
        List<String> code = between(SOURCE, "// README begins", "// README ends");
        List<String> shown = between(README, "```java", "```");
        assertThat(shown.stream().map(String::strip).toList())
                .isEqualTo(code.stream().map(String::strip).toList());
    }

    private static List<String> between(Path file, String begin, String end) throws IOException {
        List<String> lines = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(file)) {
            if (line.strip().equals(end) && inside) {
                return lines;
            }
            if (inside) {
                lines.add(line);
            }
            inside |= line.strip().equals(begin);
        }
        throw new IllegalStateException(file + " has no '" + begin + "' and '" + end + "'");
    }
}
