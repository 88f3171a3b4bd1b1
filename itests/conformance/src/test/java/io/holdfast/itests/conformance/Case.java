package io.holdfast.itests.conformance;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One measured configuration and its outcome; objects are maps, as JSON has them. */
record Case(String id, Map<String, Object> input, Map<String, Object> outcome) {

    /** Takes the place of the scratch directory; nothing is written there. */
    private static final String SCRATCH = "/scratch/work";

    static List<Case> read(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank())
                .map(line -> line.replace("${WORK}", SCRATCH))
                .map(Case::parse)
                .toList();
    }

    private static Case parse(String line) {
        var json = ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON);
        Map<String, Object> whole = ConfigFactory.parseString(line, json).root().unwrapped();
        return new Case((String) whole.get("id"), map(whole, "input"), map(whole, "outcome"));
    }

    /** A part that is an object; empty where it is null or absent. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Map<String, Object> of, String name) {
        Object part = of.get(name);
        return part == null ? Map.of() : new TreeMap<>((Map<String, Object>) part);
    }

    /** A part that is a list of objects; empty where it is null or absent. */
    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> maps(Map<String, Object> of, String name) {
        Object part = of.get(name);
        return part == null ? List.of() : (List<Map<String, Object>>) part;
    }

    boolean has(String name) {
        return input.get(name) != null;
    }
}
