package io.holdfast.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.api.config.ValueType;
import io.holdfast.config.layer.Level;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** The text of a list is the line of YAML that Flink makes of it. */
class ListTextTest {
    private static final Dump YAML =
            new Dump(
                    DumpSettings.builder()
                            .setDefaultFlowStyle(FlowStyle.FLOW)
                            .setWidth(Integer.MAX_VALUE)
                            .setSchema(new CoreSchema())
                            .build());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "a b",
                " a",
                "a ",
                "a;b",
                "a,b",
                "a:b",
                "a: b",
                "a=b",
                "it's",
                "'q'",
                "\"q\"",
                "a\"b",
                "a#b",
                "a #b",
                "#a",
                "-",
                "- a",
                "-a",
                "--- a",
                "---a",
                "...",
                "?",
                "?a",
                "a?b",
                "!a",
                "a!",
                "&a",
                "*a",
                "%a",
                "@a",
                "`a",
                "|a",
                ">a",
                "[a",
                "a]",
                "{a",
                "a}",
                "~",
                "~a",
                "null",
                "Null",
                "NULL",
                "nULL",
                "true",
                "True",
                "yes",
                "no",
                "1",
                "+1",
                "-1",
                "01",
                "0x1F",
                "-0x1F",
                "0o17",
                "1_000",
                "1.0",
                "1.",
                ".5",
                "1e3",
                "1e-7",
                "1.5E+3",
                ".inf",
                "-.INF",
                "+.Inf",
                ".nan",
                "-.nan",
                "1.2.3",
                "12:30",
                "2024-01-01",
                "=",
                "äö",
                "file:///a",
                "C:\\x",
                "a/b",
                "$x",
                "(x)"
            })
    void elementsAreQuotedWhereYamlQuotesThem(String element) {
        assertThat(ValueType.text(List.of(element, "x"))).isEqualTo(yaml(List.of(element, "x")));
    }

    @Test
    void listsOfEverythingAreOneLine() {
        String text = "a: [1, 2.5, .inf, true, ~, x, '1', {k: [a, {}], 2: 'true'}, []]";
        Object value = FileFormat.YAML.read(Path.of("f"), text, Level.JOB).entries().get(0).value();
        assertThat(ValueType.text(value))
                .isEqualTo("[1, 2.5, .inf, true, null, x, '1', {k: [a, {}], 2: 'true'}, []]")
                .isEqualTo(yaml(value));
    }

    private static String yaml(Object value) {
        return YAML.dumpToString(value).strip();
    }
}
