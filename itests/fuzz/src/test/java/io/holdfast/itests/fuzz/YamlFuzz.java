package io.holdfast.itests.fuzz;

import io.holdfast.api.config.ValueType;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem.Category;
import io.holdfast.config.file.FileFormat;
import io.holdfast.config.layer.Entry;
import io.holdfast.config.layer.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** YAML is read or refused with a problem of the user; each value has a text. */
public final class YamlFuzz {
    private static final Path FILE = Path.of("config.yaml");

    private YamlFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        try {
            for (Entry entry : FileFormat.YAML.read(FILE, text, Level.CLUSTER).entries()) {
                ValueType.text(entry.value());
            }
        } catch (HoldfastException e) {
            if (e.problem().category() != Category.USER) {
                throw e;
            }
        }
    }
}
