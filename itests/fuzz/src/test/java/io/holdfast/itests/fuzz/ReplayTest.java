package io.holdfast.itests.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every input that is known, through every target; no fuzzer is needed for that. */
class ReplayTest {
    private static final Map<String, Consumer<byte[]>> TARGETS =
            Map.of(
                    "FlinkConf", FlinkConfFuzz::fuzzerTestOneInput,
                    "Yaml", YamlFuzz::fuzzerTestOneInput,
                    "Hocon", HoconFuzz::fuzzerTestOneInput,
                    "Migration", MigrationFuzz::fuzzerTestOneInput);

    @ParameterizedTest
    @ValueSource(strings = {"FlinkConf", "Yaml", "Hocon", "Migration"})
    void knownInputsAreReadOrRefused(String target) throws IOException {
        List<byte[]> inputs = new ArrayList<>(Corpus.found(Path.of("")));
        Corpus.measured(Path.of(""))
                .forEach(text -> inputs.add(text.getBytes(StandardCharsets.UTF_8)));
        assertThat(inputs).isNotEmpty();
        for (byte[] input : inputs) {
            assertThatCode(() -> TARGETS.get(target).accept(input))
                    .as("%s of %s", target, new String(input, StandardCharsets.UTF_8))
                    .doesNotThrowAnyException();
        }
    }
}
