package io.holdfast.itests.conformance;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigUtil;
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
        Map<String, Object> whole = plain(ConfigFactory.parseString(line, json).root());
        return new Case((String) whole.get("id"), map(whole, "input"), map(whole, "outcome"));
    }

    /** Numbers stay what they are written as: 4.0 is no whole number. */
    private static Map<String, Object> plain(ConfigObject object) {
        Map<String, Object> plain = new TreeMap<>();
        object.forEach(
                (key, value) -> {
                    Object unwrapped = value.unwrapped();
                    if (unwrapped instanceof Number) {
                        String written = object.toConfig().getString(ConfigUtil.joinPath(key));
                        unwrapped = written.matches("-?\\d+") ? unwrapped : Double.valueOf(written);
                    }
                    if (value instanceof ConfigObject inner) {
                        unwrapped = plain(inner);
                    } else if (value instanceof ConfigList list) {
                        unwrapped =
                                list.stream()
                                        .map(
                                                part ->
                                                        part instanceof ConfigObject inner
                                                                ? plain(inner)
                                                                : part.unwrapped())
                                        .toList();
                    }
                    plain.put(key, unwrapped);
                });
        return plain;
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
