package io.holdfast.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.error.HoldfastException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {
    private static final ConfigOption<Integer> THREADS =
            ConfigOptions.key("pool.threads")
                    .intType()
                    .defaultValue(4)
                    .withFallbackKeys("pool.size")
                    .withDeprecatedKeys("threads", "workers")
                    .check("at least 1", count -> count >= 1);
    private static final ConfigOption<Secret> PASSWORD =
            ConfigOptions.key("store.password").secretType().noDefaultValue();
    private static final ConfigOption<Map<String, String>> LABELS =
            ConfigOptions.key("labels").mapType().noDefaultValue();
    private static final ConfigOption<List<CheckpointingMode>> MODES =
            ConfigOptions.key("modes")
                    .enumType(CheckpointingMode.class)
                    .asList()
                    .defaultValues(CheckpointingMode.EXACTLY_ONCE);

    private final Configuration configuration = new Configuration();

    @Test
    void absentOptionHasItsDefaultAndIsNotPresent() {
        assertThat(configuration.get(THREADS)).isEqualTo(4);
        assertThat(configuration.getOptional(THREADS)).isEmpty();
        assertThat(configuration.contains(THREADS)).isFalse();
        assertThat(configuration.get(PASSWORD)).isNull();
    }

    @Test
    void ownKeyWinsOverFallbackKeyOverFormerKeys() {
        configuration.setString("workers", "1").setString("threads", "2");
        assertThat(configuration.get(THREADS)).isEqualTo(2);
        configuration.setString("pool.size", "3");
        assertThat(configuration.get(THREADS)).isEqualTo(3);
        configuration.set(THREADS, 5);
        assertThat(configuration.get(THREADS)).isEqualTo(5);
    }

    @Test
    void removingAnOptionRemovesEverySpelling() {
        configuration.setString("workers", "1").setString("pool.threads", "2");
        assertThat(configuration.removeConfig(THREADS)).isTrue();
        assertThat(configuration.keySet()).isEmpty();
        assertThat(configuration.removeConfig(THREADS)).isFalse();
    }

    @Test
    void unreadableValueIsToldWithKeyValueReasonAndExpectation() {
        configuration.setString("threads", "many");
        assertThatThrownBy(() -> configuration.get(THREADS))
                .isInstanceOf(HoldfastException.class)
                .hasMessage(
                        """
                        CONFIG-1001 The value of pool.threads is unreadable: 'many'.
                          set by    threads = many
                          because   it is not a whole number
                          expected  integer (32 bits)
                          do        correct the value""");
    }

    @Test
    void misspeltConstantGetsASuggestion() {
        configuration.setString("modes", "exactly-once");
        assertThatThrownBy(() -> configuration.get(MODES))
                .hasMessageContaining("there is no such value. Did you mean 'EXACTLY_ONCE'?")
                .hasMessageContaining("each one of EXACTLY_ONCE, AT_LEAST_ONCE");
    }

    @Test
    void valueOutOfRangeIsToldWithTheRange() {
        assertThatThrownBy(() -> THREADS.read(0, "workers", "conf/prod.yaml, line 12"))
                .hasMessage(
                        """
                        CONFIG-1002 The value of pool.threads is out of range: '0'.
                          set by    workers = 0   (conf/prod.yaml, line 12)
                          expected  at least 1
                          do        correct the value""");
    }

    @Test
    void defaultThatFailsItsOwnCheckIsRefusedAtDeclaration() {
        ConfigOption<Integer> option = ConfigOptions.key("a").intType().defaultValue(0);
        assertThatThrownBy(() -> option.check("at least 1", count -> count >= 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the default of a is 0 but must be at least 1");
    }

    @Test
    void valuesOfTypedFilesAreConvertedLikeText() {
        configuration.setRaw("pool.threads", 7L).setRaw("labels", Map.of("a", 1));
        assertThat(configuration.get(THREADS)).isEqualTo(7);
        assertThat(configuration.get(LABELS)).isEqualTo(Map.of("a", "1"));
        configuration.setRaw("pool.threads", 1L << 40);
        assertThatThrownBy(() -> configuration.get(THREADS))
                .hasMessageContaining("it is not between -2147483648 and 2147483647");
    }

    @Test
    void mapIsReadFromTextAndFromKeysBelowItsOwn() {
        configuration.setString("labels", "a: 1, 'b:c': 'x,y'");
        assertThat(configuration.get(LABELS)).isEqualTo(Map.of("a", "1", "b:c", "x,y"));
        configuration.removeConfig(LABELS);
        configuration.setString("labels.zone", "eu").setString("labels.x.y", "z");
        assertThat(configuration.contains(LABELS)).isTrue();
        assertThat(configuration.get(LABELS)).isEqualTo(Map.of("zone", "eu", "x.y", "z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"EXACTLY_ONCE;AT_LEAST_ONCE", "[exactly_once, 'at_least_once']", " a;b "})
    void listIsReadWithSemicolonsOrInBrackets(String text) {
        ConfigOption<List<String>> words =
                ConfigOptions.key("modes").stringType().asList().noDefaultValue();
        configuration.setString("modes", text);
        assertThat(configuration.get(words)).hasSize(2).allMatch(word -> word.equals(word.strip()));
    }

    @Test
    void typedValuesComeBackFromTheirText() {
        ConfigOption<List<String>> words =
                ConfigOptions.key("words").stringType().asList().noDefaultValue();
        List<String> awkward = List.of("a;b", "", " blank ", "it's", "'quoted'", "\"", "plain");
        Configuration typed =
                new Configuration()
                        .set(words, awkward)
                        .set(LABELS, Map.of("k:1", "a,b", "k2", ""))
                        .set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofSeconds(90))
                        .set(
                                CheckpointingOptions.FS_SMALL_FILE_THRESHOLD,
                                MemorySize.ofBytes(1025));
        Configuration text = Configuration.fromMap(typed.toMap());
        assertThat(text.get(words)).isEqualTo(awkward);
        assertThat(text.get(LABELS)).isEqualTo(typed.get(LABELS));
        assertThat(text.get(CheckpointingOptions.CHECKPOINTING_TIMEOUT)).hasSeconds(90);
        assertThat(text.get(CheckpointingOptions.FS_SMALL_FILE_THRESHOLD).bytes()).isEqualTo(1025);
    }

    @Test
    void secretIsPrintedNowhereInWhateverSlotItStands() {
        Configuration secrets = new Configuration().set(PASSWORD, Secret.of("hunter2"));
        secrets.setRaw("threads", Secret.of("hunter2"));
        secrets.setRaw("labels", Map.of("a", Secret.of("hunter2")));
        assertThat(secrets.get(PASSWORD).reveal()).isEqualTo("hunter2");
        assertThat(secrets.get(LABELS)).containsEntry("a", "hunter2");
        assertThat(secrets.toString()).doesNotContain("hunter2");
        assertThat(secrets.toMap().toString()).doesNotContain("hunter2");
        assertThat(secrets.getString("threads", "")).isEqualTo("******");
        assertThatThrownBy(() -> secrets.get(THREADS))
                .hasMessageContaining("'******'")
                .satisfies(e -> assertThat(e.toString()).doesNotContain("hunter2"))
                .hasNoCause();
    }

    @Test
    void secretInANumericSlotIsReadAsItsText() {
        configuration.setRaw("pool.threads", Secret.of("12"));
        assertThat(configuration.get(THREADS)).isEqualTo(12);
    }

    @Test
    void printedSecretIsNotTakenForASecret() {
        configuration.setString("store.password", "******");
        assertThatThrownBy(() -> configuration.get(PASSWORD))
                .hasMessageContaining("how a secret is printed");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "42, 42",
        "7 b, 7",
        "1K, 1024",
        "20 kb, 20480",
        "64MB, 67108864",
        "1 mebibytes, 1048576",
        "' 2g ', 2147483648",
        "8388607 tb, 9223370937343148032"
    })
    void memorySizesAreReadWithAllUnits(String text, long bytes) {
        assertThat(MemorySize.parse(text).bytes()).isEqualTo(bytes);
        assertThat(MemorySize.parse(MemorySize.parse(text).toString()).bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "mb", "-1", "+1", "1.5g", "1_000", "0x10", "1 kib", "8388608 tb"})
    void textThatIsNoMemorySizeIsRefused(String text) {
        assertThatThrownBy(() -> MemorySize.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "15, PT0.015S",
        "10 min, PT10M",
        "2h, PT2H",
        "1 d, PT24H",
        "3 days, PT72H",
        "1 Second, PT1S",
        "5 milliseconds, PT0.005S",
        "7 µs, PT0.000007S",
        "9ns, PT0.000000009S"
    })
    void durationsAreReadWithAllUnitsAndPrintedToBeReadAgain(String text, Duration expected) {
        ConfigOption<Duration> time = ConfigOptions.key("t").durationType().noDefaultValue();
        Duration read = configuration.setString("t", text).get(time);
        assertThat(read).isEqualTo(expected);
        configuration.setString("t", ValueType.text(read));
        assertThat(configuration.get(time)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "s", "-1s", "1 fortnight", "1.5 h", "1 ss", "99999999999999999999 s"})
    void textThatIsNoDurationIsRefused(String text) {
        ConfigOption<Duration> time = ConfigOptions.key("t").durationType().noDefaultValue();
        configuration.setString("t", text);
        assertThatThrownBy(() -> configuration.get(time)).hasMessageStartingWith("CONFIG-1001");
    }
}
