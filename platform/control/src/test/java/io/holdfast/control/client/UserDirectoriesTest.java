package io.holdfast.control.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UserDirectoriesTest {
    private static final Path HOME = Path.of("/home/a");

    private static UserDirectories of(String... variable) {
        return new UserDirectories(
                variable.length == 0 ? Map.of() : Map.of(variable[0], variable[1]), HOME);
    }

    @Test
    void withoutVariablesAllIsBelowTheHome() {
        assertThat(of().state()).hasToString("/home/a/.local/state/holdfast");
        assertThat(of().data()).hasToString("/home/a/.local/share/holdfast");
        assertThat(of().control()).hasToString("/home/a/.local/state/holdfast/control");
    }

    @Test
    void variablesCountIfTheyAreAbsolute() {
        assertThat(of("XDG_RUNTIME_DIR", "/run/user/7").control())
                .hasToString("/run/user/7/holdfast/control");
        assertThat(of("XDG_STATE_HOME", "/s").control()).hasToString("/s/holdfast/control");
        assertThat(of("XDG_DATA_HOME", "/d").data()).hasToString("/d/holdfast");
        assertThat(of("XDG_DATA_HOME", "d").data()).hasToString("/home/a/.local/share/holdfast");
        assertThat(of("XDG_RUNTIME_DIR", "").control())
                .hasToString("/home/a/.local/state/holdfast/control");
    }
}
