package io.holdfast.config.resolve;

import io.holdfast.api.config.CheckpointingOptions;
import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.ConfigOptions;
import io.holdfast.api.config.MemorySize;
import io.holdfast.api.config.Secret;
import io.holdfast.config.layer.Entry;
import io.holdfast.config.layer.Layer;
import io.holdfast.config.layer.Level;
import io.holdfast.config.layer.Origin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A host with the four modules of the product, as far as a resolver sees them. */
final class Fixture {
    static final ConfigOption<Integer> THREADS =
            ConfigOptions.key("state.backend.rocksdb.thread.num")
                    .intType()
                    .defaultValue(2)
                    .check("at least 1", count -> count >= 1)
                    .withDescription("Background threads.");
    static final ConfigOption<Secret> KEY =
            ConfigOptions.key("state.backend.rocksdb.encryption-key")
                    .secretType()
                    .noDefaultValue()
                    .withDescription("A secret.");
    static final ConfigOption<Map<String, String>> TAGS =
            ConfigOptions.key("state.backend.rocksdb.tags")
                    .mapType()
                    .noDefaultValue()
                    .withDeprecatedKeys("state.rocksdb-tags")
                    .withDescription("A map.");
    static final ConfigOption<MemorySize> BUDGET =
            ConfigOptions.key("state.backend.hashmap.budget")
                    .memoryType()
                    .noDefaultValue()
                    .withDescription("An option of the other backend.");

    static final Catalog CATALOG =
            new Catalog(
                    List.of(
                            new Installed("hashmap", List.of(BUDGET)),
                            new Installed("rocksdb", List.of(THREADS, KEY, TAGS))),
                    List.of(
                            new Installed(
                                    "filesystem",
                                    List.of(
                                            CheckpointingOptions.FS_SMALL_FILE_THRESHOLD,
                                            CheckpointingOptions.FS_WRITE_BUFFER_SIZE)),
                            new Installed("jobmanager", List.of())),
                    ApiOptions.all(),
                    "class path");

    private Fixture() {}

    static Resolution resolve(Layer... layers) {
        return new Resolver(CATALOG).resolve(ResolveRequest.of(List.of(layers)));
    }

    static Layer cluster(String... settings) {
        return layer(Level.CLUSTER, settings);
    }

    static Layer job(String... settings) {
        return layer(Level.JOB, settings);
    }

    /** Settings written {@code key=value}; the n-th has line n of a file named after the level. */
    static Layer layer(Level level, String... settings) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < settings.length; i++) {
            String[] halves = settings[i].split("=", 2);
            entries.add(new Entry(halves[0], halves[1], Origin.ofFile(file(level), i + 1)));
        }
        return new Layer(level, entries);
    }

    static String file(Level level) {
        return level.name().toLowerCase(Locale.ROOT) + ".yaml";
    }

    static List<Level> levels() {
        return Arrays.stream(Level.values()).filter(level -> level != Level.DEFAULT).toList();
    }
}
