package io.holdfast.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.config.resolve.Catalog;
import io.holdfast.host.ClassPathSource;
import io.holdfast.host.ModuleRegistry;
import io.holdfast.runtime.LocalPlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page of options is what the declarations say, and nothing of Flink's is missing. */
class OptionsDocumentIT {
    private static final Path ROOT = Path.of(System.getProperty("project.root"));
    private static final Path PAGE = ROOT.resolve("platform/docs/options.md");

    /** What concerns state, checkpoints, changelog, recovery, RocksDB, latency and size. */
    private static final Pattern WANTED =
            Pattern.compile(
                    "state\\.backend\\.(type|async|rocksdb\\..*|latency-track\\..*|local-recovery)"
                            + "|execution\\.(checkpointing|state-recovery|savepoint).*"
                            + "|state\\.(changelog|latency-track|size-track)\\..*");

    private static Catalog catalog() {
        ClassLoader loader = OptionsDocumentIT.class.getClassLoader();
        try (LocalPlatform platform =
                LocalPlatform.open(ModuleRegistry.open(new ClassPathSource(loader)), List.of())) {
            return platform.catalog();
        }
    }

    @Test
    void thePageIsWhatTheDeclarationsSay() throws IOException {
        String made = OptionsDocument.of(catalog());
        if (Boolean.getBoolean("options.write")) {
            Files.writeString(PAGE, made);
        }

        assertThat(Files.readString(PAGE))
                .as(
                        "%s; make it again: mvn -pl itests/architecture verify -Doptions.write=true",
                        PAGE)
                .isEqualTo(made);
    }

    @ParameterizedTest
    @ValueSource(strings = {"flink-options-1.20.csv", "flink-options-2.3.csv"})
    void everyOptionOfFlinkThatConcernsStateIsKnown(String table) throws IOException {
        Path file = ROOT.resolve("../shared/reference").resolve(table);
        assumeTrue(Files.exists(file), "skipped: there is no " + file);
        Set<String> known =
                OptionsDocument.options(catalog()).stream()
                        .map(ConfigOption::allKeys)
                        .flatMap(List::stream)
                        .collect(Collectors.toSet());

        Set<String> missing =
                Files.readAllLines(file).stream()
                        .skip(1)
                        .map(line -> line.split(",", -1)[0])
                        .filter(WANTED.asMatchPredicate())
                        .filter(key -> !known.contains(key))
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(missing).isEmpty();
    }

    @Test
    void noKeyBelongsToTwoOptions() {
        List<ConfigOption<?>> options = OptionsDocument.options(catalog());

        assertThat(options).extracting(ConfigOption::key).doesNotHaveDuplicates();
    }
}
