package io.holdfast.config.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import io.holdfast.api.config.ValueType;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.config.layer.Entry;
import io.holdfast.config.layer.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that were given to Flink 1.20 and 2.3 hold here what they hold there. */
class MeasuredFilesTest {

    @ParameterizedTest
    @CsvSource({"1.20, standard", "1.20, legacy", "2.3, standard", "2.3, legacy"})
    void filesHoldWhatFlinkReadsInThem(String version, String parser) throws IOException {
        int accepted = 0;
        int refused = 0;
        for (Config measured : cases(version)) {
            boolean ok = measured.getString(parser + ".status").equals("ok");
            Optional<Map<String, String>> read = read(parser, measured.getString("text"));
            assertThat(read.isPresent()).as(measured.getString("id")).isEqualTo(ok);
            if (ok) {
                assertThat(read.get())
                        .as(measured.getString("id"))
                        .isEqualTo(texts(measured.getObject(parser + ".asStrings")));
            }
            accepted += ok ? 1 : 0;
            refused += ok ? 0 : 1;
        }
        assertThat(accepted).isGreaterThan(40);
        assertThat(refused).isEqualTo(parser.equals("legacy") ? 0 : 61 - accepted);
    }

    private static Map<String, String> texts(ConfigObject measured) {
        Map<String, String> texts = new TreeMap<>();
        measured.forEach((key, value) -> texts.put(key, (String) value.unwrapped()));
        return texts;
    }

    private static Optional<Map<String, String>> read(String parser, String text) {
        FileFormat format = parser.equals("legacy") ? FileFormat.FLINK_CONF : FileFormat.YAML;
        Map<String, String> texts = new TreeMap<>();
        try {
            for (Entry entry : format.read(Path.of("conf"), text, Level.CLUSTER).entries()) {
                texts.put(entry.key(), ValueType.text(entry.value()));
            }
        } catch (HoldfastException e) {
            return Optional.empty();
        }
        return Optional.of(texts);
    }

    private static List<Config> cases(String version) throws IOException {
        Path shared =
                Optional.ofNullable(System.getProperty("HOLDFAST_SHARED"))
                        .or(() -> Optional.ofNullable(System.getenv("HOLDFAST_SHARED")))
                        .map(Path::of)
                        .orElse(Path.of("../../shared"));
        Path file = shared.resolve("conformance/conf-files-flink-" + version + ".jsonl");
        assumeTrue(Files.exists(file), () -> "skipped: " + file + " is not on this machine");
        return Files.readAllLines(file).stream()
                .map(ConfigFactory::parseString)
                .filter(json -> json.hasPath("standard") && json.hasPath("text"))
                .toList();
    }
}
