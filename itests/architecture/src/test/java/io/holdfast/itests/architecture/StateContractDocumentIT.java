package io.holdfast.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the page of the state contract says is shown by tests that are there. */
class StateContractDocumentIT {
    private static final Path ROOT = Path.of(System.getProperty("project.root"));
    private static final Path PAGE = ROOT.resolve("platform/docs/state-contract.md");

    /** A method behind its class, or behind a dot alone: of the class named before. */
    private static final Pattern NAMED =
            Pattern.compile("`([A-Z]\\w+(?:Contract|Test))?\\.(\\w+)`");

    private static final List<String> SOURCES =
            List.of("platform/testkit/src/main/java", "platform/runtime/src/test/java");

    /** Texts of the classes, by simple name. */
    private static Map<String, String> classes() throws IOException {
        Map<String, String> classes = new HashMap<>();
        for (String directory : SOURCES) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(directory))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String name = file.getFileName().toString().replace(".java", "");
                    classes.put(name, Files.readString(file));
                }
            }
        }
        return classes;
    }

    @Test
    void everyTestThatThePageNamesIsThere() throws IOException {
        Map<String, String> classes = classes();
        List<String> found = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        String type = "";
        for (Matcher named = NAMED.matcher(Files.readString(PAGE)); named.find(); ) {
            type = named.group(1) == null ? type : named.group(1);
            String test = type + "." + named.group(2);
            boolean isThere =
                    classes.getOrDefault(type, "").contains("void " + named.group(2) + "(");
            (isThere ? found : missing).add(test);
        }

        assertThat(missing).as("named in %s and not there", PAGE).isEmpty();
        assertThat(found).hasSizeGreaterThan(100);
    }
}
