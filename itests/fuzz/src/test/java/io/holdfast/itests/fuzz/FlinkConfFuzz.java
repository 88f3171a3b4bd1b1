package io.holdfast.itests.fuzz;

import io.holdfast.config.file.FileFormat;
import io.holdfast.config.file.FlinkConfLine;
import io.holdfast.config.layer.Entry;
import io.holdfast.config.layer.Layer;
import io.holdfast.config.layer.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The line format refuses nothing, and every setting of it is on a line of its own. */
public final class FlinkConfFuzz {
    private static final Path FILE = Path.of("flink-conf.yaml");

    private FlinkConfFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        Layer layer = FileFormat.FLINK_CONF.read(FILE, text, Level.CLUSTER);
        List<FlinkConfLine> lines = FlinkConfLine.of(text);
        int before = 0;
        for (Entry entry : layer.entries()) {
            int line = entry.origin().line();
            require(line > before && line <= lines.size(), "lines in their order");
            require(!entry.key().isEmpty() && !entry.value().equals(""), "no empty settings");
            require(!entry.key().contains("#") && !entry.key().contains(": "), "no foreign text");
            before = line;
        }
        layer.warnings().forEach(warning -> require(!warning.toString().isEmpty(), "words"));
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError(what);
        }
    }
}
