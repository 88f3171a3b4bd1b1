package io.holdfast.config.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.config.layer.Entry;
import io.holdfast.config.layer.Layer;
import io.holdfast.config.layer.Level;
import io.holdfast.config.layer.Origin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFileTest {
    @TempDir Path directory;

    @Test
    void hoconValuesKeepTheirLines() throws IOException {
        assertThat(
                        read(
                                "job.conf",
                                """
                                # which backend
                                state.backend.type = rocksdb
                                execution.checkpointing {
                                  interval = 10 s
                                  num-retained = 3, incremental = true
                                  "a.b" = "quoted"
                                }
                                list = [1, x]
                                """))
                .containsExactly(
                        at("job.conf", 2, "state.backend.type", "rocksdb"),
                        at("job.conf", 4, "execution.checkpointing.interval", "10 s"),
                        at("job.conf", 5, "execution.checkpointing.incremental", true),
                        at("job.conf", 5, "execution.checkpointing.num-retained", "3"),
                        at("job.conf", 6, "execution.checkpointing.a.b", "quoted"),
                        at("job.conf", 8, "list", List.of(1, "x")));
    }

    @Test
    void hoconSubstitutesAndIncludes() throws IOException {
        Files.writeString(directory.resolve("base.conf"), "\nroot = /data\n");
        List<Entry> entries =
                read(
                        "job.conf",
                        """
                        include "base.conf"
                        dir = "file://"${root}/cp
                        home = ${?HOME}
                        absent = ${?HOLDFAST_NO_SUCH_VARIABLE}
                        """);
        assertThat(entries)
                .contains(
                        at("base.conf", 2, "root", "/data"),
                        at("job.conf", 2, "dir", "file:///data/cp"),
                        new Entry(
                                "home",
                                System.getenv("HOME"),
                                Origin.ofVariable("substituted in " + file("job.conf"))))
                .hasSize(3);
    }

    @Test
    void numbersOfHoconAreReadAsTheyWereWritten() throws IOException {
        assertThat(read("job.conf", "a = 007\nb = 1.0\nc = 1e3"))
                .extracting(Entry::value)
                .containsExactly("007", "1.0", "1e3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "state.backend = x;state.backend.y = 1      | state.backend.y | 2 | state.backend",
                "state.backend.y = 1;state.backend = x      | state.backend   | 2 | state.backend.y",
                "state {;backend = x;backend { y = 1 };}    | state.backend.y | 3 | state.backend",
                "state {;backend { y = 1 };;backend = x;}   | state.backend   | 4 | state.backend.y"
            })
    void keyWithAValueAndKeysBelowItIsRefusedByHoconInsteadOfLost(
            String text, String kept, int line, String lost) {
        assertThatThrownBy(() -> read("job.conf", text.replace(";", "\n")))
                .hasMessage(
                        """
                        CONFIG-1026 'state.backend' has a value and keys below it; HOCON keeps one of them.
                          kept  %s   (%s, line %d)
                          lost  %s
                          do    use the present key of the value, such as state.backend.type, or write the longer key in double quotes"""
                                .formatted(kept, file("job.conf"), line, lost));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "state.backend = x;\"state.backend.y\" = 1",
                "b { y = 1 };a = ${b};a.z = 2",
                "b { y = 1 };a = ${b} { z = 2 }",
                "a = 1;a = 2",
                "a { b = 1 };a { c = 2 }",
                "a.b = 1;c { a = 3 }",
                "b = 1;c { b = 2, d { b { e = 3 } } }"
            })
    void hoconThatLosesNothingIsAccepted(String text) throws IOException {
        assertThat(read("job.conf", text.replace(";", "\n"))).isNotEmpty();
    }

    @Test
    void yamlIsReadNestedAndFlatWithTypesAndLines() throws IOException {
        assertThat(
                        read(
                                "config.yaml",
                                """
                                state.backend: hashmap
                                state:
                                  backend.incremental: true   # mixed
                                execution:
                                  checkpointing:
                                    dir: file:///cp
                                    num-retained: 0x10
                                pipeline.name: 'yes'
                                answer: yes
                                list: [a, 2]
                                list2:
                                  - {k: v}
                                """))
                .containsExactly(
                        at("config.yaml", 1, "state.backend", "hashmap"),
                        at("config.yaml", 3, "state.backend.incremental", true),
                        at("config.yaml", 6, "execution.checkpointing.dir", "file:///cp"),
                        at("config.yaml", 7, "execution.checkpointing.num-retained", 16),
                        at("config.yaml", 8, "pipeline.name", "yes"),
                        at("config.yaml", 9, "answer", "yes"),
                        at("config.yaml", 10, "list", List.of("a", 2)),
                        at("config.yaml", 11, "list2", List.of(Map.of("k", "v"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: 1;b: c: d        | CONFIG-1022 | line 2 | a second colon",
                "a: 1;\tb: 2         | CONFIG-1022 | line 2 | TAB",
                "a: 1;---;b: 2       | CONFIG-1022 | line 2 | another document",
                "a: 1;b: ~           | CONFIG-1023 | line 2 | The key 'b' has no value",
                "a: {b:, c: 1}       | CONFIG-1023 | line 1 | The key 'a.b' has no value",
                "a: 1;b: 2;a: 3      | CONFIG-1024 | line 3 | The key 'a' stands twice",
                "- a                 | CONFIG-1025 | line 1 | not a mapping",
                "just text           | CONFIG-1025 | line 1 | not a mapping",
                "a: 1;2: b           | CONFIG-1025 | line 2 | a key is not text",
                "a: 1;? [x];: 1      | CONFIG-1025 | line 2 | a key is not text",
                "a: !x 5             | CONFIG-1025 | line 1 | a ! that makes it a tag",
                "a: !!javax.Foo [x]  | CONFIG-1025 | line 1 | a ! that makes it a tag",
                "a: {2: 3}           | CONFIG-1025 | line 1 | a key is not text",
                "a: [{b: 1, b: 2}]   | CONFIG-1024 | line 1 | The key 'b' stands twice",
                "a: !x {b: c}        | CONFIG-1025 | line 1 | a ! that makes it a tag",
                "a: !!binary aGk=    | CONFIG-1025 | line 1 | only tags of the core schema",
                "a: !!int x          | CONFIG-1025 | line 1 | does not fit its tag",
                "a: &x;  b: *x       | CONFIG-1025 | line 1 | an alias points at what contains it",
                "a: &x [*x]          | CONFIG-1025 | line 1 | an alias points at what contains it"
            })
    void yamlThatHoldsNoSettingsIsRefusedWithTheLine(
            String text, String code, String line, String reason) {
        assertThatThrownBy(() -> read("config.yaml", text.replace(";", "\n")))
                .hasMessageContaining(code)
                .hasMessageContaining(file("config.yaml") + ", " + line)
                .hasMessageContaining(reason);
    }

    @Test
    void allProblemsOfAYamlFileAreToldTogether() {
        assertThatThrownBy(() -> read("config.yaml", "a:\nb: ~\nb: 1\n"))
                .hasMessage(
                        """
                        CONFIG-1000 '%1$s' has 3 problems.
                          1  CONFIG-1023 The key 'a' has no value.
                               at  %1$s, line 1
                               do  give it a value, '' for an empty text, or remove the line
                          2  CONFIG-1023 The key 'b' has no value.
                               at  %1$s, line 2
                               do  give it a value, '' for an empty text, or remove the line
                          3  CONFIG-1024 The key 'b' stands twice in the file.
                               first  %1$s, line 2
                               again  %1$s, line 3
                               do     remove one of them"""
                                .formatted(file("config.yaml")));
    }

    @Test
    void yamlThatGrowsByAliasesIsRefused() {
        StringBuilder text = new StringBuilder("a0: &a0 {k: v}\n");
        for (int i = 1; i < 40; i++) {
            text.append("a%d: &a%d {l: *a%d, r: *a%d}\n".formatted(i, i, i - 1, i - 1));
        }
        assertThatThrownBy(() -> read("config.yaml", text.toString()))
                .hasMessageContaining("CONFIG-10");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# only a comment\n", "\uFEFF"})
    void fileWithoutSettingsGivesAnEmptyLayer(String text) throws IOException {
        for (String name : List.of("c.yaml", "c.conf", "c.properties")) {
            assertThat(read(name, text)).as(name).isEmpty();
        }
    }

    @Test
    void propertiesKeepTheirLinesAndKeysThatArePrefixesOfOthers() throws IOException {
        assertThat(
                        read(
                                "job.properties",
                                "# comment\r\nstate.backend: rocksdb\r\n\r\n"
                                        + "state.backend.incremental=true\n"
                                        + "long = a,\\\n   b\nlast=\u00e9"))
                .containsExactly(
                        at("job.properties", 2, "state.backend", "rocksdb"),
                        at("job.properties", 4, "state.backend.incremental", "true"),
                        at("job.properties", 5, "long", "a,b"),
                        at("job.properties", 7, "last", "\u00e9"));
    }

    @Test
    void linesLongerThanTheReadersBufferAreStillOneLine() throws IOException {
        String text = "a=" + "x".repeat(50_000) + "\nb=1\n";
        assertThat(read("job.properties", text))
                .extracting(entry -> entry.origin().line())
                .containsExactly(1, 2);
    }

    @Test
    void brokenEscapeInPropertiesIsToldWithTheLine() {
        assertThatThrownBy(() -> read("job.properties", "a=1\nb=\\u12"))
                .hasMessageContaining("CONFIG-1022")
                .hasMessageContaining("job.properties, line 2");
    }

    @Test
    void brokenHoconIsToldWithTheLine() {
        assertThatThrownBy(() -> read("job.conf", "a = 1\n\nb = [1,,2]\n"))
                .hasMessageStartingWith(
                        "CONFIG-1022 '" + file("job.conf") + "' is not correct HOCON.")
                .hasMessageContaining("at       " + file("job.conf") + ", line 3");
        assertThatThrownBy(() -> read("job.conf", "a = 1\nb = ${nope}\n"))
                .hasMessageContaining("CONFIG-1022")
                .hasMessageContaining("job.conf, line 2")
                .hasMessageContaining("${nope}");
        assertThatThrownBy(() -> read("job.conf", "a = 1\nb = null\n"))
                .hasMessage(
                        """
                        CONFIG-1023 The key 'b' has no value.
                          at  %s, line 2
                          do  give it a value, "" for an empty text, or remove the line"""
                                .formatted(file("job.conf")));
    }

    @Test
    void missingFileIsToldWithWhatIsThere() throws IOException {
        Files.writeString(directory.resolve("prod.yaml"), "");
        Files.writeString(directory.resolve("notes.txt"), "");
        assertThatThrownBy(() -> ConfigFile.read(directory.resolve("prd.yaml"), Level.CLUSTER))
                .hasMessage(
                        """
                        CONFIG-1020 The configuration file '%s' does not exist.
                          searched  %s
                          found     prod.yaml. Did you mean 'prod.yaml'?
                          do        correct the path"""
                                .formatted(file("prd.yaml"), directory));
        assertThatThrownBy(() -> ConfigFile.read(directory.resolve("no/x.conf"), Level.CLUSTER))
                .hasMessageContaining("no does not exist either");
    }

    @Test
    void fileThatCannotBeReadAsTextIsRefused() throws IOException {
        Path file = directory.resolve("latin.yaml");
        Files.write(file, "a: \u00e9".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> ConfigFile.read(file, Level.CLUSTER))
                .hasMessageContaining("CONFIG-1020 '" + file + "' is not UTF-8 text.");
        assertThatThrownBy(() -> ConfigFile.read(directory.resolve("a.toml"), Level.CLUSTER))
                .hasMessage(
                        """
                        CONFIG-1021 '%s' is no kind of file that is known.
                          known  .conf, .json, .properties, .yaml, .yml
                          do     rename the file after what it contains"""
                                .formatted(file("a.toml")));
    }

    private List<Entry> read(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.writeString(file, text);
        Layer layer = ConfigFile.read(file, Level.JOB);
        assertThat(layer.level()).isEqualTo(Level.JOB);
        return layer.entries();
    }

    private Entry at(String name, int line, String key, Object value) {
        return new Entry(key, value, Origin.ofFile(file(name), line));
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }
}
