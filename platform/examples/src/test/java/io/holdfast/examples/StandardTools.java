package io.holdfast.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Programs that every Unix has, for results that are counted without any of this project's code.
 */
public final class StandardTools {
    private StandardTools() {}

    /** Skips the test, and says so, where a tool is absent. */
    public static void assumeInstalled(String... tools) {
        for (String tool : tools) {
            boolean found =
                    Arrays.stream(
                                    System.getenv()
                                            .getOrDefault("PATH", "")
                                            .split(File.pathSeparator))
                            .filter(directory -> !directory.isEmpty())
                            .anyMatch(directory -> Files.isExecutable(Path.of(directory, tool)));
            if (!found) {
                SharedData.skip("no program '" + tool + "' on the PATH to compare with");
            }
        }
    }

    /** Runs a command to its end and returns the lines it printed; it must succeed. */
    public static List<String> run(String... command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                        .start();
        List<String> lines;
        try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
            lines = reader.lines().toList();
        }
        assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
        return lines;
    }
}
