package io.holdfast.host.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Headers as bnd writes them, and the world that a host on the class path cannot have. */
class ManifestHeaderTest {

    @Test
    void commasAndSemicolonsInQuotesEndNothing() {
        assertThat(
                        ManifestHeader.parse(
                                "a.b;c.d;version=\"[1.2,2)\";resolution:=optional,"
                                        + "e;uses:=\"x,y;z\";kind:List<String>=\"1,2\""))
                .extracting(ManifestHeader.Clause::path)
                .containsExactly("a.b", "c.d", "e");
        ManifestHeader.Clause first =
                ManifestHeader.parse("a;version=\"[1,2)\";resolution:=optional").get(0);
        assertThat(first.parameter("version", "")).isEqualTo("[1,2)");
        assertThat(first.parameter("resolution:", "")).isEqualTo("optional");
        assertThat(first.parameter("other", "none")).isEqualTo("none");
        assertThat(ManifestHeader.parse(null)).isEmpty();
    }

    @Test
    void rangesAreThoseOfOsgi() {
        assertThat(ManifestHeader.inRange("1.2.0", "[1.2,2)")).isTrue();
        assertThat(ManifestHeader.inRange("2.0.0", "[1.2,2)")).isFalse();
        assertThat(ManifestHeader.inRange("2.0.0", "[1.2,2]")).isTrue();
        assertThat(ManifestHeader.inRange("1.2.0", "(1.2,2]")).isFalse();
        assertThat(ManifestHeader.inRange("1.1.9", "1.2")).isFalse();
        assertThat(ManifestHeader.inRange("3.0.0", "1.2")).isTrue();
        assertThat(ManifestHeader.inRange("11.8.1", "[8.10,12)")).isTrue();
    }

    @Test
    void onTheClassPathThereAreNoLayers() {
        assertThatThrownBy(LayerWorld::new)
                .hasMessageStartingWith("MODULE-2014 Module layers need the contracts as a named");
        try (ModuleWorld world = ModuleWorld.ofThisProcess()) {
            assertThat(world.name()).isEqualTo("class loader");
        }
    }
}
