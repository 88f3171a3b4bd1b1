package io.holdfast.config.file;

import io.holdfast.api.error.DidYouMean;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.config.layer.Layer;
import io.holdfast.config.layer.Level;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A configuration file. Its name decides how it is read, see {@link FileFormat}: {@code
 * flink-conf.yaml} line by line as Flink 1.x does, other {@code .yaml} and {@code .yml} as YAML 1.2
 * (nested or flat keys, or both), {@code .conf} and {@code .json} as HOCON with substitutions and
 * includes, {@code .properties} as Java properties. All are UTF-8.
 */
public final class ConfigFile {
    private static final long LARGEST = 16 << 20;

    private ConfigFile() {}

    /**
     * Reads a file.
     *
     * @param file the file; origins show its name as it is given here
     * @param level the level of the layer
     * @return the settings in the order they stand in the file
     * @throws HoldfastException {@code CONFIG-1020} if the file is missing or cannot be read,
     *     {@code CONFIG-1021} if its name ends in none of the endings, {@code CONFIG-1022} if it
     *     breaks the rules of its format, {@code CONFIG-1023} if a key has no value, {@code
     *     CONFIG-1024} if a key stands in it twice, {@code CONFIG-1025} if it holds something that
     *     is no setting, {@code CONFIG-1026} if a key and keys below it exclude each other in the
     *     format
     */
    public static Layer read(Path file, Level level) {
        FileFormat format = FileFormat.of(file);
        String text = text(file);
        if (format == FileFormat.HOCON) {
            return new Layer(level, new HoconFile(file).parsedWithIncludes(text).entries());
        }
        return format.read(file, text, level);
    }

    /**
     * Reads the text of a file.
     *
     * @param file the file
     * @return its text, a byte order mark included
     * @throws HoldfastException {@code CONFIG-1020} if the file is missing, cannot be read, is
     *     larger than 16 MiB or not UTF-8
     */
    public static String text(Path file) {
        if (!Files.isRegularFile(file)) {
            throw missing(file);
        }
        try {
            if (Files.size(file) > LARGEST) {
                throw Problem.user(
                                "CONFIG-1020", "'" + file + "' is too large for a configuration.")
                        .with("size", Files.size(file) + " bytes")
                        .with("largest", LARGEST + " bytes")
                        .advise("correct the path")
                        .exception();
            }
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw Problem.user("CONFIG-1020", "'" + file + "' is not UTF-8 text.")
                    .advise("save it as UTF-8, for example with iconv -f latin1 -t utf-8")
                    .exception(e);
        } catch (IOException e) {
            throw Problem.environment("CONFIG-1020", "'" + file + "' cannot be read.")
                    .with("because", e)
                    .advise("check the permissions of the file")
                    .exception(e);
        }
    }

    private static HoldfastException missing(Path file) {
        Path directory = file.toAbsolutePath().normalize().getParent();
        String what = "does not exist.";
        if (Files.exists(file)) {
            what = Files.isDirectory(file) ? "is a directory." : "is no regular file.";
        }
        Problem.Builder problem =
                Problem.user("CONFIG-1020", "The configuration file '" + file + "' " + what);
        if (directory == null || !Files.isDirectory(directory)) {
            problem.with("searched", directory + " does not exist either");
        } else {
            List<String> present = settingsFilesIn(directory);
            String name = String.valueOf(file.getFileName());
            problem.with("searched", directory)
                    .with(
                            "found",
                            DidYouMean.list(present) + "." + DidYouMean.question(name, present));
        }
        return problem.advise("correct the path").exception();
    }

    private static List<String> settingsFilesIn(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> FileFormat.endings().stream().anyMatch(name::endsWith))
                    .sorted()
                    .limit(20)
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
