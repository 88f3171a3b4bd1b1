package io.holdfast.config.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OverridesTest {
    private static final Properties NONE = new Properties();

    @ParameterizedTest
    @CsvSource({
        "HOLDFAST_SET_state_backend_type, state.backend.type",
        "HOLDFAST_SET_STATE_BACKEND_TYPE, state.backend.type",
        "HOLDFAST_SET_execution_checkpointing_num__retained, execution.checkpointing.num-retained",
        "HOLDFAST_SET_EXECUTION_CHECKPOINTING_NUM__RETAINED, execution.checkpointing.num-retained",
        "HOLDFAST_SET_high__availability_storageDir, high-availability.storageDir",
        "HOLDFAST_SET_a___b, a_b"
    })
    void namesOfVariablesSpellKeys(String name, String key) {
        Layer layer = Overrides.process(Map.of(name, " v ", "PATH", "/bin"), NONE).get(0);
        assertThat(layer.entries()).containsExactly(new Entry(key, " v ", Origin.ofVariable(name)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "_a", "a_", "a____b"})
    void nameOfAVariableThatSpellsNoKeyIsRefused(String rest) {
        assertThatThrownBy(() -> Overrides.process(Map.of("HOLDFAST_SET_" + rest, "v"), NONE))
                .hasMessage(
                        """
                        CONFIG-1041 The name of a variable spells no key: 'HOLDFAST_SET_%s'.
                          set by    environment variable HOLDFAST_SET_%s
                          expected  HOLDFAST_SET_KEY, in KEY _ is a dot and __ is a dash
                          do        correct the name of the variable, or remove it"""
                                .formatted(rest, rest));
    }

    @Test
    void systemPropertiesComeAfterVariables() {
        Properties properties = new Properties();
        properties.setProperty("holdfast.set.state.backend.type", "rocksdb");
        properties.setProperty("holdfast.home", "/opt");
        List<Layer> layers =
                Overrides.process(Map.of("HOLDFAST_SET_STATE_BACKEND", "hashmap"), properties);
        assertThat(layers).extracting(Layer::level).containsOnly(Level.PROCESS);
        assertThat(layers.get(1).entries())
                .containsExactly(
                        new Entry(
                                "state.backend.type",
                                "rocksdb",
                                Origin.ofProperty("holdfast.set.state.backend.type")));
    }

    @Test
    void settingsOfTheCommandLineKeepTheirValuesAsTheyAre() {
        Layer layer = Overrides.commandLine(List.of(" a.b = x=y ", "c="));
        assertThat(layer.level()).isEqualTo(Level.COMMAND_LINE);
        assertThat(layer.entries())
                .extracting(Entry::key, Entry::value)
                .containsExactly(tuple("a.b", " x=y "), tuple("c", ""));
    }

    @Test
    void everyArgumentThatIsNoSettingIsTold() {
        assertThatThrownBy(() -> Overrides.commandLine(List.of("state.backend", "=x", "a=b")))
                .hasMessage(
                        """
                        CONFIG-1000 The command line has 2 problems.
                          1  CONFIG-1040 An argument of --set is no setting: 'state.backend'.
                               expected  key=value, such as --set state.backend.type=rocksdb
                               do        write the key, an equals sign and the value, without blanks around =
                          2  CONFIG-1040 An argument of --set is no setting: '=…'.
                               expected  key=value, such as --set state.backend.type=rocksdb
                               do        write the key, an equals sign and the value, without blanks around =""");
    }
}
