package io.holdfast.config.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.holdfast.api.config.ValueType;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.config.file.FileFormat;
import io.holdfast.config.layer.Layer;
import io.holdfast.config.layer.Level;
import io.holdfast.config.resolve.ApiOptions;
import io.holdfast.config.resolve.Catalog;
import io.holdfast.config.resolve.Installed;
import io.holdfast.config.resolve.Resolution;
import io.holdfast.config.resolve.ResolveRequest;
import io.holdfast.config.resolve.Resolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever either of Flink's parsers reads in a file is in the migrated file. */
class MeasuredMigrationTest {
    private static final Path FILE = Path.of("flink-conf.yaml");

    private static final Catalog CATALOG =
            new Catalog(
                    List.of(
                            new Installed("hashmap", List.of()),
                            new Installed("rocksdb", List.of())),
                    List.of(
                            new Installed("jobmanager", List.of()),
                            new Installed("filesystem", List.of())),
                    ApiOptions.all(),
                    "the test");

    private final Migrator migrator = new Migrator(ApiOptions.all(), this::resolve, this::resolve);

    private Resolution resolve(Layer layer) {
        return new Resolver(CATALOG).resolve(ResolveRequest.of(List.of(layer)));
    }

    @ParameterizedTest
    @CsvSource({
        "1.20, FLINK_CONF, YAML",
        "1.20, FLINK_CONF, HOCON",
        "1.20, YAML, YAML",
        "1.20, YAML, HOCON",
        "2.3, FLINK_CONF, YAML",
        "2.3, FLINK_CONF, HOCON",
        "2.3, YAML, YAML",
        "2.3, YAML, HOCON"
    })
    void nothingIsLost(String version, FileFormat from, FileFormat to) throws IOException {
        int migrated = 0;
        for (Config measured : cases(version)) {
            String text = measured.getString("text");
            Optional<Layer> old = read(from, text);
            if (old.isPresent()) {
                Migration migration = migrator.migrate(FILE, text, from, to);
                Layer fresh = to.read(FILE, migration.text(), Level.CLUSTER);
                assertThat(presentKeys(fresh, migration))
                        .as("%s%n%s", measured.getString("id"), migration.text())
                        .isEqualTo(presentKeys(old.get(), migration));
                assertThat(migration.differences()).isEmpty();
                migrated++;
            }
        }
        assertThat(migrated).isGreaterThan(40);
    }

    /** Every value under the key it has in the end. */
    private static Map<String, String> presentKeys(Layer layer, Migration migration) {
        Map<String, String> values = new TreeMap<>();
        layer.entries().forEach(entry -> values.put(entry.key(), ValueType.text(entry.value())));
        Map<String, String> present = new TreeMap<>();
        values.forEach(
                (key, value) ->
                        present.put(
                                migration.changes().stream()
                                        .map(Migration.Change::sentence)
                                        .filter(told -> told.startsWith("'" + key + "' is now '"))
                                        .map(told -> told.split("'")[3])
                                        .findFirst()
                                        .orElse(key),
                                value));
        return present;
    }

    private static Optional<Layer> read(FileFormat format, String text) {
        try {
            return Optional.of(format.read(FILE, text, Level.CLUSTER));
        } catch (HoldfastException e) {
            return Optional.empty();
        }
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
