package io.holdfast.config.file;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.config.profile.CompatibilityProfile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A directory {@code conf} as Flink has it: one file of two possible names, of which each version
 * looks for other ones. Stateless.
 */
public final class ConfigDirectory {
    /** The name by which Flink finds a file of YAML since 1.19. */
    public static final String CONFIG_NAME = "config.yaml";

    private static final Map<String, List<String>> NAMES =
            Map.of(
                    CompatibilityProfile.FLINK_1_12.id(),
                    List.of(FileFormat.FLINK_CONF_NAME),
                    CompatibilityProfile.FLINK_1_20.id(),
                    List.of(FileFormat.FLINK_CONF_NAME, CONFIG_NAME),
                    CompatibilityProfile.FLINK_2_3.id(),
                    List.of(CONFIG_NAME));

    private static final List<String> NEWEST_FIRST =
            List.of(CONFIG_NAME, FileFormat.FLINK_CONF_NAME);

    private ConfigDirectory() {}

    /**
     * The file that is read.
     *
     * @param directory the directory
     * @param profile whose rules hold; the default profile reads {@code config.yaml} if it is
     *     there, else {@code flink-conf.yaml}
     * @return a file that exists
     * @throws HoldfastException {@code CONFIG-1020} if there is none
     */
    public static Path file(Path directory, CompatibilityProfile profile) {
        List<String> names = NAMES.getOrDefault(profile.id(), NEWEST_FIRST);
        return names.stream()
                .map(directory::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> missing(directory, names, profile));
    }

    private static HoldfastException missing(
            Path directory, List<String> names, CompatibilityProfile profile) {
        String what =
                Files.isDirectory(directory)
                        ? "has no configuration file"
                        : Files.exists(directory) ? "is no directory" : "does not exist";
        return Problem.user("CONFIG-1020", "'" + directory + "' " + what + ".")
                .with("searched", String.join(", ", names) + "   (profile " + profile + ")")
                .advise("correct the path, or name the file itself")
                .exception();
    }
}
