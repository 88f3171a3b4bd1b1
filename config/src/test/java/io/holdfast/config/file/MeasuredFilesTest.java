package io.holdfast.config.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import io.holdfast.api.config.ValueType;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.config.layer.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** YAML files that were given to Flink 2.3 hold here what they hold there. */
class MeasuredFilesTest {

    @TestFactory
    Stream<DynamicTest> yamlFilesHoldWhatFlinkReadsInThem() throws IOException {
        return Files.readAllLines(cases()).stream()
                .map(ConfigFactory::parseString)
                .filter(json -> json.hasPath("standard") && json.hasPath("text"))
                .map(json -> DynamicTest.dynamicTest(json.getString("id"), () -> compare(json)));
    }

    @Test
    void thereAreCasesOfBothOutcomes() throws IOException {
        assertThat(Files.readAllLines(cases())).anyMatch(line -> line.contains("\"error\""));
    }

    private static void compare(Config json) {
        boolean accepted = json.getString("standard.status").equals("ok");
        Optional<Map<String, String>> read = read(json.getString("text"));
        assertThat(read.isPresent()).isEqualTo(accepted);
        if (accepted) {
            Map<String, Object> expected = new TreeMap<>();
            ConfigObject texts = json.getObject("standard.asStrings");
            texts.forEach((key, value) -> expected.put(key, asJavaPrints(value.unwrapped())));
            assertThat(read.get()).isEqualTo(expected);
        }
    }

    /** Numbers that are none: Flink prints them as YAML does. */
    private static Object asJavaPrints(Object text) {
        if (text.equals(".inf")) {
            return "Infinity";
        }
        return text.equals(".nan") ? "NaN" : text;
    }

    private static Optional<Map<String, String>> read(String text) {
        Map<String, String> texts = new TreeMap<>();
        try {
            String withoutMark = text.startsWith("\uFEFF") ? text.substring(1) : text;
            for (Entry entry : new YamlFile("config.yaml").entries(withoutMark)) {
                texts.put(entry.key(), ValueType.text(entry.value()));
            }
        } catch (HoldfastException e) {
            return Optional.empty();
        }
        return Optional.of(texts);
    }

    private static Path cases() {
        Path shared =
                Optional.ofNullable(System.getProperty("HOLDFAST_SHARED"))
                        .or(() -> Optional.ofNullable(System.getenv("HOLDFAST_SHARED")))
                        .map(Path::of)
                        .orElse(Path.of("../../shared"));
        Path cases = shared.resolve("conformance/conf-files-flink-2.3.jsonl");
        assumeTrue(Files.exists(cases), () -> "skipped: " + cases + " is not on this machine");
        return cases;
    }
}
