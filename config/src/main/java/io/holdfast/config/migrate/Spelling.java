package io.holdfast.config.migrate;

import io.holdfast.api.config.ValueType;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.config.file.FileFormat;
import io.holdfast.config.layer.Entry;
import io.holdfast.config.layer.Level;
import io.holdfast.config.migrate.Draft.Pair;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How settings are written in a format. Nothing is assumed about quoting: of several ways to write
 * a setting, from the nicest to the safest, the first one is taken that the format's own parser
 * reads back as the same key and the same text. Immutable.
 */
final class Spelling {
    private static final Path PROBE = Path.of("probe");
    private static final String BEFORE = "holdfast-probe-before";
    private static final String AFTER = "holdfast-probe-after";

    private final FileFormat format;
    private final Set<String> keys;

    /**
     * A spelling.
     *
     * @param format {@link FileFormat#YAML} or {@link FileFormat#HOCON}
     * @param keys all keys of the file
     */
    Spelling(FileFormat format, Collection<String> keys) {
        this.format = format;
        this.keys = Set.copyOf(keys);
    }

    /** A setting with its comment, without a line feed. */
    String line(Pair pair) {
        String comment = pair.comment().isEmpty() ? "" : "  " + printable(pair.comment());
        for (String key : spellingsOfKey(pair.key())) {
            for (String value : spellingsOfValue(pair.value())) {
                String line = key + (format == FileFormat.YAML ? ": " : " = ") + value + comment;
                if (isReadBack(line, pair)) {
                    return line;
                }
            }
        }
        throw Problem.bug(
                        "CONFIG-1064", "'" + pair.key() + "' cannot be written as " + format + ".")
                .with("at", "line " + pair.line() + " of the old file")
                .advise("report it, with the line if it is not secret")
                .exception();
    }

    /** A comment, or a blank line. */
    String note(String text) {
        return printable(text);
    }

    private boolean isReadBack(String line, Pair pair) {
        String separator = format == FileFormat.YAML ? ": " : " = ";
        String text = BEFORE + separator + "1\n" + line + "\n" + AFTER + separator + "1\n";
        try {
            List<Entry> read = format.read(PROBE, text, Level.CLUSTER).entries();
            return read.size() == 3
                    && read.get(0).key().equals(BEFORE)
                    && read.get(1).key().equals(pair.key())
                    && isSame(read.get(1).value(), pair.value())
                    && read.get(2).key().equals(AFTER);
        } catch (HoldfastException e) {
            return false;
        }
    }

    /** The same text; a text must not become a list, because lists are read by other rules. */
    private static boolean isSame(Object read, Object written) {
        return ValueType.text(read).equals(ValueType.text(written))
                && (written instanceof Collection || !(read instanceof Collection));
    }

    private List<String> spellingsOfKey(String key) {
        boolean wholeInQuotes =
                !isPlain(key)
                        || (format == FileFormat.HOCON
                                && (hasValueAbove(key) || key.startsWith("include")));
        if (wholeInQuotes) {
            return List.of(doubleQuoted(key));
        }
        return format == FileFormat.YAML
                ? List.of(key, singleQuoted(key), doubleQuoted(key))
                : List.of(key, doubleQuoted(key));
    }

    /** In HOCON a key has either a value or keys below it, unless the longer one is one word. */
    private boolean hasValueAbove(String key) {
        for (int dot = key.indexOf('.'); dot >= 0; dot = key.indexOf('.', dot + 1)) {
            if (keys.contains(key.substring(0, dot))) {
                return true;
            }
        }
        return false;
    }

    private List<String> spellingsOfValue(Object value) {
        String text = ValueType.text(value);
        List<String> spellings = new ArrayList<>();
        if (format == FileFormat.YAML && isPlain(text)) {
            spellings.add(text);
            spellings.add(singleQuoted(text));
        } else if (format == FileFormat.HOCON && value instanceof Collection) {
            spellings.add(json(value));
        } else if (text.matches("true|false|0|-?[1-9]\\d{0,17}")) {
            spellings.add(text);
        }
        spellings.add(doubleQuoted(text));
        return spellings;
    }

    private static String json(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(
                            entry ->
                                    doubleQuoted(ValueType.text(entry.getKey()))
                                            + ": "
                                            + json(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof Collection<?> elements) {
            return elements.stream()
                    .map(Spelling::json)
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        String text = ValueType.text(value);
        return value instanceof String ? doubleQuoted(text) : text;
    }

    private static String singleQuoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static String doubleQuoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (isPlain(c)) {
                        quoted.append(c);
                    } else {
                        quoted.append("\\u").append(String.format("%04x", (int) c));
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }

    /** Whether a character may stand in any file as it is. Of pairs, each half may. */
    private static boolean isPlain(char c) {
        return (c >= ' ' && c < 0x7F)
                || (c >= 0xA0 && c != 0x2028 && c != 0x2029 && c != 0xFEFF) && c < 0xFFFE;
    }

    private static boolean isPlain(String text) {
        return text.chars().allMatch(c -> isPlain((char) c));
    }

    private static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            printable.append(isPlain(c) || c == '\t' || c == '\n' ? c : '?');
        }
        return printable.toString();
    }
}
