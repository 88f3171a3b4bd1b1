package io.holdfast.config.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.config.Secret;
import io.holdfast.config.layer.Entry;
import io.holdfast.config.layer.Layer;
import io.holdfast.config.layer.Level;
import io.holdfast.config.layer.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretReferencesTest {
    @TempDir Path directory;

    @Test
    void referencesBecomeSecretsWholeOrInPart() throws IOException {
        Path file = Files.writeString(directory.resolve("pw"), "from file\n");
        assertThat(resolved("${secret:env:PW}")).isEqualTo(Secret.of("hunter2"));
        assertThat(resolved("a${secret:env:PW}b${secret:file:" + file + "}"))
                .isEqualTo(Secret.of("ahunter2bfrom file"));
    }

    @Test
    void otherTextStaysAndADoubledDollarIsNoReference() {
        assertThat(resolved("$${secret:env:PW}")).isEqualTo("${secret:env:PW}");
        assertThat(resolved("${PW}")).isEqualTo("${PW}");
        assertThat(resolved(5)).isEqualTo(5);
    }

    @Test
    void referencesThatLeadNowhereAreToldTogether() {
        List<Entry> entries =
                List.of(
                        entry("a", "${secret:env:NONE}"),
                        entry("b", "${secret:file:/none/such}"),
                        entry("c", "${secret:vault:x}"),
                        entry("d", "${secret:env:PW"));
        assertThatThrownBy(
                        () ->
                                new SecretReferences(Map.of("PW", "hunter2"))
                                        .resolved(List.of(new Layer(Level.JOB, entries))))
                .hasMessageContaining("4 problems")
                .hasMessageContaining("environment variable NONE")
                .hasMessageContaining("there is no such file")
                .hasMessageContaining("${secret:env:VARIABLE}, ${secret:file:/path}")
                .hasMessageNotContaining("hunter2");
    }

    private static Object resolved(Object value) {
        Layer layer = new Layer(Level.JOB, List.of(entry("key", value)));
        return new SecretReferences(Map.of("PW", "hunter2"))
                .resolved(List.of(layer))
                .get(0)
                .entries()
                .get(0)
                .value();
    }

    private static Entry entry(String key, Object value) {
        return new Entry(key, value, Origin.ofFile("f", 1));
    }
}
