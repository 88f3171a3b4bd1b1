package io.holdfast.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MountTest {
    private static final List<String> TABLE =
            List.of(
                    "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw",
                    "30 22 0:25 / /tmp rw,nosuid,nodev,noexec shared:5 - tmpfs tmpfs rw",
                    "31 22 0:26 / /tmp/with\\040blank rw,nosuid - tmpfs tmpfs rw",
                    "32 22 0:27 / /srv rw,noexec - tmpfs tmpfs rw",
                    "33 22 0:28 / /srv rw - tmpfs tmpfs rw");

    @Test
    void theLongestPlaceThatLeadsToTheFileHoldsIt() {
        assertThat(Mount.of(Path.of("/tmp/x/y"), TABLE))
                .hasValueSatisfying(
                        mount -> {
                            assertThat(mount.point()).isEqualTo(Path.of("/tmp"));
                            assertThat(mount.has("noexec")).isTrue();
                        });
        assertThat(Mount.of(Path.of("/tmpfile"), TABLE).orElseThrow().point())
                .isEqualTo(Path.of("/"));
    }

    @Test
    void blanksInPlacesAreUnderstood() {
        assertThat(Mount.of(Path.of("/tmp/with blank/a"), TABLE).orElseThrow().has("noexec"))
                .isFalse();
    }

    @Test
    void theLaterOfTwoMountsInOnePlaceHides() {
        assertThat(Mount.of(Path.of("/srv/a"), TABLE).orElseThrow().has("noexec")).isFalse();
    }
}
