package io.holdfast.itests.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import io.holdfast.api.config.ValueType;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.config.file.ConfigDirectory;
import io.holdfast.config.file.ConfigFile;
import io.holdfast.config.file.FileFormat;
import io.holdfast.config.layer.Layer;
import io.holdfast.config.layer.Level;
import io.holdfast.config.layer.Overrides;
import io.holdfast.config.migrate.Migration;
import io.holdfast.config.migrate.Migrator;
import io.holdfast.config.profile.CompatibilityProfile;
import io.holdfast.config.resolve.ApiOptions;
import io.holdfast.config.resolve.Catalog;
import io.holdfast.config.resolve.ClassNames;
import io.holdfast.config.resolve.Resolution;
import io.holdfast.config.resolve.ResolveRequest;
import io.holdfast.config.resolve.Resolver;
import io.holdfast.host.ClassPathSource;
import io.holdfast.host.ModuleRegistry;
import io.holdfast.runtime.LocalPlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that were given to Flink's two parsers, to its resolution, and to our migration. */
class FileCasesIT {
    private static final Path FILE = Path.of("conf");

    @TempDir Path directory;

    @ParameterizedTest
    @CsvSource({"1.20, legacy", "1.20, standard", "2.3, legacy", "2.3, standard"})
    void parsersReadWhatFlinkReads(String version, String parser) throws IOException {
        List<String> failed = new ArrayList<>();
        int passed = 0;
        for (Config measured : cases(version)) {
            Optional<Map<String, String>> here = read(parser, measured.getString("text"));
            Optional<Map<String, String>> there = measured(measured, parser);
            if (here.equals(there)) {
                passed++;
            } else {
                failed.add(measured.getString("id") + ": " + here + " instead of " + there);
            }
        }
        System.out.printf(
                "files, Flink %s, %s parser: %d passed, %d failed%n",
                version, parser, passed, failed.size());
        assertThat(failed).isEmpty();
        assertThat(passed).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"1.20, legacy", "1.20, standard", "2.3, legacy", "2.3, standard"})
    void filesChooseWhatTheyChooseInFlink(String version, String parser) throws IOException {
        try (LocalPlatform platform = platform()) {
            Resolver resolver =
                    new Resolver(
                            platform.catalog(),
                            CompatibilityProfile.named("flink-" + version),
                            platform.classNames());
            int passed = 0;
            for (Config measured : cases(version)) {
                if (!measured.hasPath(parser + ".resolved")) {
                    continue;
                }
                Resolution resolution =
                        resolver.resolve(
                                ResolveRequest.of(
                                        List.of(layer(parser, measured.getString("text")))));
                Config expected = measured.getConfig(parser + ".resolved");
                String id = measured.getString("id");
                if (expected.hasPath("error")) {
                    assertThat(resolution.findings()).as(id).isNotEmpty();
                    assertThat(resolution.findings().get(0).kind().id())
                            .as(id)
                            .isEqualTo(expected.getString("error.kind"));
                } else {
                    assertThat(resolution.findings()).as(id).isEmpty();
                    assertThat(resolution.decided().backend().name())
                            .as(id)
                            .isEqualTo(expected.getString("backend"));
                    assertThat(resolution.decided().storage().name())
                            .as(id)
                            .isEqualTo(expected.getString("storage"));
                }
                passed++;
            }
            assertThat(passed).isGreaterThan(40);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.20", "2.3"})
    void migrationKeepsEveryValueThatEitherParserReads(String version) throws IOException {
        try (LocalPlatform platform = platform()) {
            Catalog catalog = platform.catalog();
            Migrator migrator = migrator(catalog, platform.classNames());
            int passed = 0;
            for (Config measured : cases(version)) {
                String text = measured.getString("text");
                for (FileFormat from : List.of(FileFormat.FLINK_CONF, FileFormat.YAML)) {
                    if (!isReadable(from, text)) {
                        continue;
                    }
                    for (FileFormat to : List.of(FileFormat.YAML, FileFormat.HOCON)) {
                        Migration migration = migrator.migrate(FILE, text, from, to);
                        Map<String, String> kept = new TreeMap<>();
                        texts(from.read(FILE, text, Level.CLUSTER))
                                .forEach(
                                        (key, value) -> kept.put(migration.presentKey(key), value));
                        assertThat(texts(to.read(FILE, migration.text(), Level.CLUSTER)))
                                .as(
                                        "%s from %s%n%s",
                                        measured.getString("id"), from, migration.text())
                                .containsAllEntriesOf(kept);
                        passed++;
                    }
                }
            }
            System.out.printf(
                    "files, Flink %s, migrations: %d passed, 0 failed%n", version, passed);
            assertThat(passed).isGreaterThan(150);
        }
    }

    @Test
    void eachFlinkReadsItsOwnFileOfADirectory() throws IOException {
        Files.writeString(directory.resolve("flink-conf.yaml"), "a: legacy");
        Files.writeString(directory.resolve("config.yaml"), "a: standard\nb: 1");
        assertThat(readDirectory(CompatibilityProfile.FLINK_1_20)).isEqualTo(Map.of("a", "legacy"));
        assertThat(readDirectory(CompatibilityProfile.FLINK_2_3))
                .isEqualTo(Map.of("a", "standard", "b", "1"));
        assertThat(readDirectory(CompatibilityProfile.DEFAULT)).containsEntry("a", "standard");
        Files.delete(directory.resolve("config.yaml"));
        assertThat(readDirectory(CompatibilityProfile.DEFAULT)).isEqualTo(Map.of("a", "legacy"));
        assertThatThrownBy(() -> readDirectory(CompatibilityProfile.FLINK_2_3))
                .hasMessageContaining("CONFIG-1020")
                .hasMessageContaining("config.yaml   (profile flink-2.3)");
    }

    @Test
    void settingsOfTheCommandBeatTheFile() {
        Layer file = FileFormat.YAML.read(FILE, "a: standard\nb: 1", Level.CLUSTER);
        Map<String, String> texts = new TreeMap<>(texts(file));
        texts.putAll(texts(Overrides.commandLine(List.of("a=dynamic"))));
        Map<String, String> resolved =
                new Resolver(new Catalog(List.of(), List.of(), ApiOptions.all(), "nowhere"))
                                .resolve(
                                        ResolveRequest.of(
                                                List.of(
                                                        file,
                                                        Overrides.commandLine(
                                                                List.of("a=dynamic")))))
                                .explanation()
                                .settings()
                                .stream()
                                .filter(setting -> !setting.isDefault())
                                .collect(Collectors.toMap(one -> one.key(), one -> one.value()));
        assertThat(resolved).isEqualTo(Map.of("a", "dynamic", "b", "1"));
    }

    @Test
    void missingFilesAndDirectoriesAreErrors() {
        assertThatThrownBy(() -> ConfigFile.read(directory.resolve("config.yaml"), Level.CLUSTER))
                .hasMessageContaining("CONFIG-1020");
        assertThatThrownBy(
                        () ->
                                ConfigDirectory.file(
                                        directory.resolve("none"), CompatibilityProfile.FLINK_1_20))
                .hasMessageContaining("none' does not exist");
    }

    private Map<String, String> readDirectory(CompatibilityProfile profile) {
        return texts(ConfigFile.read(ConfigDirectory.file(directory, profile), Level.CLUSTER));
    }

    private static LocalPlatform platform() {
        return LocalPlatform.open(
                ModuleRegistry.open(new ClassPathSource(FileCasesIT.class.getClassLoader())),
                List.of());
    }

    private static Migrator migrator(Catalog catalog, ClassNames classes) {
        Resolver before = new Resolver(catalog, CompatibilityProfile.FLINK_1_20, classes);
        Resolver after = new Resolver(catalog, CompatibilityProfile.DEFAULT, classes);
        return new Migrator(
                catalog.options(),
                layer -> before.resolve(ResolveRequest.of(List.of(layer))),
                layer -> after.resolve(ResolveRequest.of(List.of(layer))));
    }

    private static boolean isReadable(FileFormat format, String text) {
        try {
            format.read(FILE, text, Level.CLUSTER);
            return true;
        } catch (HoldfastException e) {
            return false;
        }
    }

    private static Layer layer(String parser, String text) {
        FileFormat format = parser.equals("legacy") ? FileFormat.FLINK_CONF : FileFormat.YAML;
        return format.read(FILE, text, Level.CLUSTER);
    }

    private static Optional<Map<String, String>> read(String parser, String text) {
        try {
            return Optional.of(texts(layer(parser, text)));
        } catch (HoldfastException e) {
            return Optional.empty();
        }
    }

    private static Optional<Map<String, String>> measured(Config measured, String parser) {
        if (!measured.getString(parser + ".status").equals("ok")) {
            return Optional.empty();
        }
        Map<String, String> texts = new TreeMap<>();
        ConfigObject values = measured.getObject(parser + ".asStrings");
        values.forEach((key, value) -> texts.put(key, (String) value.unwrapped()));
        return Optional.of(texts);
    }

    private static Map<String, String> texts(Layer layer) {
        Map<String, String> texts = new TreeMap<>();
        layer.entries().forEach(entry -> texts.put(entry.key(), ValueType.text(entry.value())));
        return texts;
    }

    /** Cases of this version: the shared file, or the one that a property names. */
    private static List<Config> cases(String version) throws IOException {
        String named = System.getProperty("conformance.cases", "");
        Path file =
                named.contains("conf-files")
                        ? Path.of(named)
                        : Shared.cases("conf-files-flink-" + version + ".jsonl");
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(ConfigFactory::parseString)
                    .filter(json -> json.hasPath("standard") && json.hasPath("text"))
                    .toList();
        }
    }
}
