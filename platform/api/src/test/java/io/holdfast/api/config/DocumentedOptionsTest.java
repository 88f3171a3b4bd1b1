package io.holdfast.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The options that have Flink's keys also have Flink's defaults and former keys. */
class DocumentedOptionsTest {
    /** Options that Flink 2.3 does not have, or that the table leaves out. */
    private static final Pattern OWN_OR_OLDER =
            Pattern.compile(
                    "^p|^execution.state-recovery.fall-back$|^state.backend.async$|checkpointing.force$");

    private record Row(String defaultValue, List<String> formerKeys, List<String> fallbackKeys) {}

    @Test
    void keysDefaultsAndFormerKeysAreThoseOfFlink() throws IOException {
        Map<String, Row> rows = rows();
        List<ConfigOption<?>> options = declared();
        assertThat(options).hasSizeGreaterThan(20);
        for (ConfigOption<?> option : options) {
            Row row = rows.get(option.key());
            if (row == null) {
                assertThat(option.key()).containsPattern(OWN_OR_OLDER);
                continue;
            }
            String printed =
                    option.hasDefaultValue() ? ValueType.text(option.defaultValue()) : "(none)";
            assertThat(printed).as(option.key()).isEqualTo(row.defaultValue());
            assertThat(option.formerKeys()).as(option.key()).isEqualTo(row.formerKeys());
            assertThat(option.fallbackKeys()).as(option.key()).isEqualTo(row.fallbackKeys());
        }
    }

    @Test
    void everyOptionWithoutEffectSaysWhy() {
        assertThat(declared())
                .filteredOn(option -> option.noEffect().isPresent())
                .hasSizeGreaterThan(20)
                .allSatisfy(option -> assertThat(option.noEffect().orElseThrow()).endsWith("."));
    }

    @Test
    void everyOptionIsDescribed() {
        assertThat(declared()).noneMatch(option -> option.description().isEmpty());
    }

    private static List<ConfigOption<?>> declared() {
        return Stream.of(
                        CheckpointingOptions.class,
                        CoreOptions.class,
                        FsStateChangelogOptions.class,
                        PipelineOptions.class,
                        RestartStrategyOptions.class,
                        StateBackendOptions.class,
                        StateChangelogOptions.class,
                        StateLatencyTrackOptions.class,
                        StateRecoveryOptions.class,
                        StateSizeTrackOptions.class)
                .flatMap(type -> Arrays.stream(type.getFields()))
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .<ConfigOption<?>>map(
                        field -> {
                            try {
                                return (ConfigOption<?>) field.get(null);
                            } catch (IllegalAccessException e) {
                                throw new AssertionError(e);
                            }
                        })
                .toList();
    }

    private static Map<String, Row> rows() throws IOException {
        Path csv = shared().resolve("reference/flink-options-2.3.csv");
        assumeTrue(Files.exists(csv), () -> "skipped: " + csv + " is not on this machine");
        return Files.readAllLines(csv).stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .collect(
                        Collectors.toMap(
                                cells -> cells[0],
                                cells -> new Row(cells[2], keys(cells[3]), keys(cells[4])),
                                (first, second) -> first));
    }

    private static List<String> keys(String cell) {
        return cell.isEmpty() ? List.of() : List.of(cell.split(";"));
    }

    private static Path shared() {
        Function<String, Path> root = Path::of;
        return Optional.ofNullable(System.getProperty("HOLDFAST_SHARED"))
                .or(() -> Optional.ofNullable(System.getenv("HOLDFAST_SHARED")))
                .map(root)
                .orElse(Path.of("../../../shared"));
    }
}
