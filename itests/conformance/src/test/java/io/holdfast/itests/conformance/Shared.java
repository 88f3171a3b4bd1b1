package io.holdfast.itests.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the measured cases, which lie beside the project and not in it. */
public final class Shared {
    private static final Path CASES =
            Path.of(System.getProperty("project.root")).resolve("../shared/conformance");

    private Shared() {}

    /** A file of cases; skips the test, said aloud, where there is none. */
    public static Path cases(String name) {
        Path file = CASES.resolve(name).normalize();
        assumeTrue(Files.exists(file), "skipped: there is no " + file);
        return file;
    }
}
