package io.holdfast.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.api.error.Problem;
import io.holdfast.config.layer.Layer;
import io.holdfast.config.layer.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlinkConfTest {
    @TempDir Path directory;

    @Test
    void onlyAFileOfFlinksNameIsReadLineByLine() throws IOException {
        Files.writeString(directory.resolve("flink-conf.yaml"), "a: \"x # y\"\n");
        Files.writeString(directory.resolve("config.yaml"), "a: \"x # y\"\n");
        assertThat(read("flink-conf.yaml").entries().get(0).value()).isEqualTo("\"x");
        assertThat(read("config.yaml").entries().get(0).value()).isEqualTo("x # y");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "a:1            | CONFIG-1027 | The line of 'a' is ignored    | no blank follows",
                "a=1            | CONFIG-1027 | The line of 'a' is ignored    | there is no colon",
                "just words     | CONFIG-1027 | The line of 'just' is ignored | there is no colon",
                "word           | CONFIG-1027 | A line is ignored             | there is no colon",
                "state:         | CONFIG-1027 | The line of 'state' is        | no value behind",
                "\": x\"          | CONFIG-1027 | A line is ignored             | no key before",
                "url: h/p#x     | CONFIG-1028 | 'url' ends where a # is       | begins a comment",
                "a: 'x'         | CONFIG-1028 | 'a' has quotes in it          | part of the value",
                "\"  type: x\"    | CONFIG-1028 | 'type' is indented            | not nested",
                "a: 1;a: 2      | CONFIG-1029 | 'a' stands twice              | the last one holds"
            })
    void whatItsAuthorProbablyMeantOtherwiseIsAWarning(
            String text, String code, String what, String because) {
        Layer layer =
                FileFormat.FLINK_CONF.read(
                        Path.of("flink-conf.yaml"), text.replace(";", "\n"), Level.CLUSTER);
        assertThat(layer.warnings()).extracting(Problem::code).containsExactly(code);
        assertThat(layer.warnings().get(0).toString()).contains(what, because, "line");
    }

    @Test
    void anOrdinaryFileHasNoWarnings() {
        String text = "# comment\n\na: 1  # one\nb: hdfs://nn:8020/x\nc: d: e\n";
        assertThat(FileFormat.FLINK_CONF.read(Path.of("f"), text, Level.CLUSTER).warnings())
                .isEmpty();
    }

    private Layer read(String name) {
        return ConfigFile.read(directory.resolve(name), Level.CLUSTER);
    }
}
