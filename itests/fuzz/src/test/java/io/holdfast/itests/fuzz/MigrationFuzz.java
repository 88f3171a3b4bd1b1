package io.holdfast.itests.fuzz;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem.Category;
import io.holdfast.config.file.FileFormat;
import io.holdfast.config.layer.Layer;
import io.holdfast.config.migrate.Migrator;
import io.holdfast.config.resolve.ApiOptions;
import io.holdfast.config.resolve.Catalog;
import io.holdfast.config.resolve.Installed;
import io.holdfast.config.resolve.Resolution;
import io.holdfast.config.resolve.ResolveRequest;
import io.holdfast.config.resolve.Resolver;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * What can be read can be migrated, in every way there is, and nothing is lost: that is a defect.
 */
public final class MigrationFuzz {
    private static final Path FILE = Path.of("flink-conf.yaml");

    private static final Resolver RESOLVER =
            new Resolver(
                    new Catalog(
                            List.of(
                                    new Installed("hashmap", List.of()),
                                    new Installed("rocksdb", List.of())),
                            List.of(
                                    new Installed("jobmanager", List.of()),
                                    new Installed("filesystem", List.of())),
                            ApiOptions.all(),
                            "the fuzzer"));

    private static final Migrator MIGRATOR =
            new Migrator(ApiOptions.all(), MigrationFuzz::resolve, MigrationFuzz::resolve);

    private MigrationFuzz() {}

    private static Resolution resolve(Layer layer) {
        return RESOLVER.resolve(ResolveRequest.of(List.of(layer)));
    }

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        for (FileFormat from : List.of(FileFormat.FLINK_CONF, FileFormat.YAML)) {
            for (FileFormat to : List.of(FileFormat.YAML, FileFormat.HOCON)) {
                try {
                    MIGRATOR.migrate(FILE, text, from, to);
                } catch (HoldfastException e) {
                    if (e.problem().category() != Category.USER) {
                        throw e;
                    }
                }
            }
        }
    }
}
