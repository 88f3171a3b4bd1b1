package io.holdfast.itests.fuzz;

import io.holdfast.api.config.ValueType;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem.Category;
import io.holdfast.config.file.FileFormat;
import io.holdfast.config.layer.Entry;
import io.holdfast.config.layer.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * HOCON is read or refused with a problem of the user. Left out are includes, which read files and
 * addresses, and substitutions, which can double a value as often as they are written; both are
 * what the author of a file asked for.
 */
public final class HoconFuzz {
    private static final Path FILE = Path.of("job.conf");

    private HoconFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        if (text.contains("include") || text.contains("$")) {
            return;
        }
        try {
            for (Entry entry : FileFormat.HOCON.read(FILE, text, Level.CLUSTER).entries()) {
                ValueType.text(entry.value());
            }
        } catch (HoldfastException e) {
            if (e.problem().category() != Category.USER) {
                throw e;
            }
        }
    }
}
