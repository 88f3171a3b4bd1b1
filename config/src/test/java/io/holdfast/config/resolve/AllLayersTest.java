package io.holdfast.config.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.api.config.CheckpointingOptions;
import io.holdfast.config.file.ConfigFile;
import io.holdfast.config.layer.Layer;
import io.holdfast.config.layer.Level;
import io.holdfast.config.layer.Overrides;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of a launcher, as the README shows it: file, process, command line, answer. */
class AllLayersTest {
    @TempDir Path directory;

    @Test
    void fileProcessAndCommandLineMakeOneAnswer() throws IOException {
        Path conf = directory.resolve("prod.conf");
        Files.writeString(
                conf,
                """
                state.backend.type = hashmap
                execution.checkpointing {
                  dir = "file:///cp"
                  interval = 10 s
                }
                """);
        Properties properties = new Properties();
        properties.setProperty("holdfast.set.execution.checkpointing.interval", "5 s");

        List<Layer> layers = new ArrayList<>(List.of(ConfigFile.read(conf, Level.CLUSTER)));
        layers.addAll(
                Overrides.process(
                        Map.of("HOLDFAST_SET_EXECUTION_CHECKPOINTING_INTERVAL", "7 s"),
                        properties));
        layers.add(Overrides.commandLine(List.of("state.backend.type=rocksdb")));
        Resolution resolution = new Resolver(Fixture.CATALOG).resolve(ResolveRequest.of(layers));

        ResolvedState state = resolution.orThrow();
        assertThat(state.backend().name()).isEqualTo("rocksdb");
        assertThat(state.storage().name()).isEqualTo("filesystem");
        assertThat(state.configuration().get(CheckpointingOptions.CHECKPOINTING_INTERVAL))
                .hasSeconds(5);
        assertThat(resolution.explanation().text(false))
                .isEqualTo(
                        """
                        state backend: rocksdb
                            because  state.backend.type = rocksdb   (command line --set)
                        checkpoint storage: filesystem
                            because  a directory is set: execution.checkpointing.dir = file:///cp   (%1$s, line 3)
                        execution.checkpointing.dir = file:///cp   (%1$s, line 3)
                        execution.checkpointing.interval = 5 s   (system property holdfast.set.execution.checkpointing.interval)
                            beats    7 s   (environment variable HOLDFAST_SET_EXECUTION_CHECKPOINTING_INTERVAL)
                            beats    10 s   (%1$s, line 4)
                        state.backend.type = rocksdb   (command line --set)
                            beats    hashmap   (%1$s, line 1)
                        """
                                .formatted(conf));
    }
}
