package io.holdfast.config.file;

import io.holdfast.api.error.Problem;
import io.holdfast.config.layer.Entry;
import io.holdfast.config.layer.Origin;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * Java properties, each pair read by the JDK. (Typesafe Config reads them too, but keeps no lines
 * and drops {@code a} where there is {@code a.b}, which is the usual shape of older files.)
 */
final class PropertiesFile {
    private final String file;
    private final List<Entry> entries = new ArrayList<>();

    PropertiesFile(String file) {
        this.file = file;
    }

    Parsed parsed(String text) {
        String[] lines = text.split("\r\n|\r|\n", -1);
        for (int i = 0; i < lines.length; i++) {
            int first = i;
            StringBuilder pair = new StringBuilder(lines[i]);
            while (isContinued(lines[i]) && i + 1 < lines.length) {
                i++;
                pair.append('\n').append(lines[i]);
            }
            read(pair.toString(), Origin.ofFile(file, first + 1));
        }
        return Parsed.of(entries);
    }

    private static boolean isContinued(String line) {
        String stripped = line.stripLeading();
        if (stripped.startsWith("#") || stripped.startsWith("!")) {
            return false;
        }
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == '\\') {
            end--;
        }
        return (line.length() - end) % 2 == 1;
    }

    private void read(String pair, Origin origin) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(pair));
        } catch (IOException e) {
            throw new UncheckedIOException("text in memory", e);
        } catch (IllegalArgumentException e) {
            throw Problem.user("CONFIG-1022", "'" + file + "' is not a correct properties file.")
                    .with("at", origin)
                    .with("because", "four hexadecimal digits must follow \\\\u")
                    .advise("correct the line")
                    .exception();
        }
        properties.forEach(
                (key, value) -> entries.add(new Entry(key.toString(), value.toString(), origin)));
    }
}
