package io.holdfast.config.file;

import io.holdfast.api.error.Problem;
import io.holdfast.config.file.FlinkConfLine.Kind;
import io.holdfast.config.layer.Entry;
import io.holdfast.config.layer.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code flink-conf.yaml}: the entries of its {@link FlinkConfLine}s, and a warning for whatever
 * its author probably meant otherwise. Flink refuses nothing in such a file, so nothing is refused
 * here.
 */
final class FlinkConfFile {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final String file;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();
    private final Map<String, Origin> seen = new HashMap<>();

    private FlinkConfFile(String file) {
        this.file = file;
    }

    static Parsed parsed(String file, String text) {
        FlinkConfFile reading = new FlinkConfFile(file);
        FlinkConfLine.of(text).forEach(reading::add);
        return new Parsed(reading.entries, reading.warnings);
    }

    private void add(FlinkConfLine line) {
        if (line.kind() == Kind.IGNORED) {
            warnings.add(ignored(line));
        } else if (line.kind() == Kind.SETTING) {
            Origin origin = origin(line);
            entries.add(new Entry(line.key(), line.value(), origin));
            Origin first = seen.put(line.key(), origin);
            if (first != null) {
                warnings.add(twice(line, first));
            }
            warnOf(line);
        }
    }

    private Origin origin(FlinkConfLine line) {
        return Origin.ofLegacyFile(file, line.number());
    }

    private Problem ignored(FlinkConfLine line) {
        String key = line.seemingKey();
        String what = key.isEmpty() ? "A line" : "The line of '" + key + "'";
        return Problem.user("CONFIG-1027", what + " is ignored.")
                .with("at", origin(line))
                .with("because", whyIgnored(line))
                .advise(
                        key.isEmpty()
                                ? "write key, colon, blank and value, or put a # before it"
                                : "write '" + key + ": ' and a value, or put a # before it")
                .build();
    }

    private static String whyIgnored(FlinkConfLine line) {
        String content = line.content();
        if (content.startsWith(": ")) {
            return "there is no key before the colon";
        }
        if (content.endsWith(":")) {
            return "there is no value behind the colon, and keys are not nested in this format";
        }
        return content.indexOf(':') < 0 ? "there is no colon" : "no blank follows the colon";
    }

    private Problem twice(FlinkConfLine line, Origin first) {
        return Problem.user(
                        "CONFIG-1029",
                        "The key '"
                                + line.key()
                                + "' stands twice in the file; the last one holds.")
                .with("first", first)
                .with("again", origin(line))
                .advise("remove one of them")
                .build();
    }

    private void warnOf(FlinkConfLine line) {
        if (line.commentCutsWord()) {
            warn(
                    line,
                    "ends where a # is",
                    "in this format # begins a comment, also within words and quotes",
                    "put a blank before the # if a comment is meant; otherwise use a config.yaml");
        }
        if (isQuoted(line.value())) {
            warn(
                    line,
                    "has quotes in it",
                    "in this format quotes are part of the value",
                    "remove the quotes");
        }
        if (line.key().charAt(0) == BYTE_ORDER_MARK) {
            warn(
                    line,
                    "is the value of a key that begins with a byte order mark",
                    "the file begins with one, and in this format it is part of the first key",
                    "save the file as UTF-8 without a byte order mark");
        } else if (!line.indent().isEmpty()) {
            warn(
                    line,
                    "is indented",
                    "keys are not nested in this format; the whole key is '" + line.key() + "'",
                    "write the whole key at the beginning of the line");
        }
    }

    private static boolean isQuoted(String value) {
        return value.length() > 1
                && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                && value.charAt(value.length() - 1) == value.charAt(0);
    }

    private void warn(FlinkConfLine line, String what, String because, String advice) {
        warnings.add(
                Problem.user("CONFIG-1028", "The value of '" + line.key() + "' " + what + ".")
                        .with("at", origin(line))
                        .with("because", because)
                        .advise(advice)
                        .build());
    }
}
