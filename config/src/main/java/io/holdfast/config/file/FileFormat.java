package io.holdfast.config.file;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.config.layer.Layer;
import io.holdfast.config.layer.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** How a file is written. */
public enum FileFormat {
    /**
     * The line format of Flink 1.x: {@code key: value}, see {@link FlinkConfLine}. Only a file that
     * is named {@code flink-conf.yaml} is taken for one.
     */
    FLINK_CONF(List.of()),
    /** YAML 1.2, core schema; keys nested, flat, or both. */
    YAML(List.of(".yaml", ".yml")),
    /** HOCON, of which JSON is a part: comments, substitutions, includes. */
    HOCON(List.of(".conf", ".json")),
    /** Java properties, in UTF-8. */
    PROPERTIES(List.of(".properties"));

    /** The name by which Flink 1.x finds its file. */
    public static final String FLINK_CONF_NAME = "flink-conf.yaml";

    private final List<String> endings;

    FileFormat(List<String> endings) {
        this.endings = endings;
    }

    /**
     * The format of a file, told from its name.
     *
     * @param file need not exist
     * @return the format
     * @throws HoldfastException {@code CONFIG-1021} if the name ends in none of {@link #endings}
     */
    public static FileFormat of(Path file) {
        String name = String.valueOf(file.getFileName());
        if (name.equals(FLINK_CONF_NAME)) {
            return FLINK_CONF;
        }
        return Stream.of(values())
                .filter(format -> format.endings.stream().anyMatch(lower(name)::endsWith))
                .findFirst()
                .orElseThrow(
                        () ->
                                Problem.user(
                                                "CONFIG-1021",
                                                "'" + file + "' is no kind of file that is known.")
                                        .with("known", String.join(", ", endings()))
                                        .advise("rename the file after what it contains")
                                        .exception());
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /**
     * What names of configuration files end in.
     *
     * @return all endings, sorted
     */
    public static List<String> endings() {
        return Stream.of(values()).flatMap(format -> format.endings.stream()).sorted().toList();
    }

    /**
     * Reads a text that is in memory.
     *
     * @param file the name that origins show; it is not looked at, and what HOCON includes is not
     *     found
     * @param text the text; a byte order mark is dropped, but for {@link #FLINK_CONF}, where it
     *     becomes part of the first key
     * @param level the level of the layer
     * @return the settings in the order they stand in the text
     * @throws HoldfastException {@code CONFIG-1022} to {@code CONFIG-1026}, see {@link
     *     ConfigFile#read}; never for {@link #FLINK_CONF}
     */
    public Layer read(Path file, String text, Level level) {
        String name = file.toString();
        String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
        Parsed parsed =
                switch (this) {
                    case FLINK_CONF -> FlinkConfFile.parsed(name, text);
                    case YAML -> new YamlFile(name).parsed(plain);
                    case HOCON -> new HoconFile(file).parsed(plain);
                    case PROPERTIES -> new PropertiesFile(name).parsed(plain);
                };
        return new Layer(level, parsed.entries(), parsed.warnings());
    }
}
