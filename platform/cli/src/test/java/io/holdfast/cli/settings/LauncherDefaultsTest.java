package io.holdfast.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.holdfast.config.layer.Entry;
import io.holdfast.config.layer.Layer;
import io.holdfast.config.layer.Level;
import io.holdfast.control.client.UserDirectories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherDefaultsTest {
    private static final Path HOME = Path.of("/home/some one");

    @Test
    void checkpointsGoToTheStateOfTheUser() {
        assertThat(directory(Map.of())).isEqualTo("file:///home/some one/.local/state/holdfast");
        assertThat(directory(Map.of("XDG_STATE_HOME", "/var/state")))
                .isEqualTo("file:///var/state/holdfast");
    }

    @Test
    void aRelativeStateHomeIsIgnored() {
        assertThat(directory(Map.of("XDG_STATE_HOME", "state")))
                .isEqualTo("file:///home/some one/.local/state/holdfast");
    }

    @Test
    void everythingElseBeatsThem() {
        assertThat(LauncherDefaults.layer(Map.of(), HOME).level()).isEqualTo(Level.DEFAULT);
    }

    @Test
    void modulesComeFromTheUsersDataIfTheyAreThere(@TempDir Path data) throws IOException {
        UserDirectories directories =
                new UserDirectories(Map.of("XDG_DATA_HOME", data.toString()), HOME);
        assertThat(LauncherDefaults.modules(directories).entries()).isEmpty();
        Path folder = Files.createDirectories(data.resolve("holdfast/modules"));
        assertThat(LauncherDefaults.modules(directories).entries())
                .extracting(Entry::key, Entry::value)
                .containsExactly(tuple("modules.dir", folder.toString()));
        assertThat(LauncherDefaults.folder(new UserDirectories(Map.of(), HOME)))
                .hasToString("/home/some one/.local/share/holdfast/modules");
    }

    private static Object directory(Map<String, String> environment) {
        Layer layer = LauncherDefaults.layer(environment, HOME);
        return layer.entries().stream()
                .filter(entry -> entry.key().equals("execution.checkpointing.dir"))
                .map(Entry::value)
                .findFirst()
                .orElseThrow();
    }
}
