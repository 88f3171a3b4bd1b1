package io.holdfast.examples;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * Real input that is no part of the project: the directory {@code shared} beside the project's
 * root, or wherever the system property or environment variable HOLDFAST_SHARED points.
 */
public final class SharedData {
    private SharedData() {}

    /**
     * A web server's access log of 10,000 lines; skips the test, and says so, where it is absent.
     */
    public static Path accessLog() {
        Path log = directory().resolve("data/access.log").normalize();
        if (!Files.isRegularFile(log)) {
            skip("no real access log at " + log + " (HOLDFAST_SHARED names another place)");
        }
        return log;
    }

    /** Ends the test as skipped, with a line that is seen in the build's output. */
    static void skip(String reason) {
        System.err.println("SKIPPED: " + reason);
        Assumptions.abort(reason);
    }

    private static Path directory() {
        String named = System.getProperty("HOLDFAST_SHARED", System.getenv("HOLDFAST_SHARED"));
        if (named != null && !named.isBlank()) {
            return Path.of(named);
        }
        Path root = Path.of("").toAbsolutePath();
        while (root.getParent() != null && !Files.isDirectory(root.resolve(".mvn"))) {
            root = root.getParent();
        }
        return root.resolveSibling("shared");
    }
}
