package io.holdfast.config.file;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.holdfast.api.error.Problem;
import io.holdfast.api.error.Problems;
import io.holdfast.config.layer.Entry;
import io.holdfast.config.layer.Origin;
import io.holdfast.config.layer.SecretKeys;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * HOCON, read by Typesafe Config: JSON with comments, substitutions such as {@code ${HOME}}, and
 * includes. Numbers keep the text they were written with.
 */
final class HoconFile {
    // How the library describes a value that was put together; its first part is told.
    private static final Pattern MERGED =
            Pattern.compile("merge of (.*?): (\\d{1,9})(,.*)?", Pattern.DOTALL);

    // The name of a substitution; what is no plain name may be a part of a value.
    private static final Pattern UNRESOLVED =
            Pattern.compile("resolve substitution to a value: (\\$\\{[\\w.-]+\\})");

    private static final int DEEPEST = 200;
    private static final String LONG_QUOTE = "\"\"\"";

    private final Path file;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    HoconFile(Path file) {
        this.file = file;
    }

    /** Of a text in memory, as if it were in the file; what it includes is not found. */
    Parsed parsed(String text) {
        return parsed(
                text,
                () ->
                        ConfigFactory.parseString(
                                text,
                                ConfigParseOptions.defaults()
                                        .setOriginDescription(file.toString())));
    }

    /** Of the file itself, whose text is this, with what it includes. */
    Parsed parsedWithIncludes(String text) {
        return parsed(
                text,
                () ->
                        ConfigFactory.parseFile(
                                file.toFile(),
                                ConfigParseOptions.defaults().setAllowMissing(false)));
    }

    private Parsed parsed(String text, Supplier<Config> parser) {
        requireFewLevels(text);
        ConfigObject root = resolved(parser).root();
        problems.addAll(new HoconConflicts(file.toString(), text).find(root));
        flatten("", root);
        if (!problems.isEmpty()) {
            throw Problems.together("CONFIG-1000", "'" + file + "'", problems);
        }
        entries.sort(
                Comparator.comparing((Entry entry) -> entry.origin().place())
                        .thenComparing(entry -> entry.origin().line())
                        .thenComparing(Entry::key));
        return Parsed.of(entries);
    }

    /** The library takes a part of the stack for each level, and does not count them. */
    private void requireFewLevels(String text) {
        int depth = 0;
        for (int i = 0; i < text.length(); i = afterToken(text, i)) {
            char c = text.charAt(i);
            if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth = Math.max(0, depth - 1);
            }
            if (depth > DEEPEST) {
                throw Problem.user("CONFIG-1022", "'" + file + "' is not correct HOCON.")
                        .with("because", "there are more than " + DEEPEST + " levels")
                        .advise("write fewer levels, and close every bracket")
                        .exception();
            }
        }
    }

    /** Where the next letter is that may be a bracket: not in a quoted text nor in a comment. */
    private static int afterToken(String text, int start) {
        if (text.startsWith(LONG_QUOTE, start)) {
            int end = text.indexOf(LONG_QUOTE, start + LONG_QUOTE.length());
            return end < 0 ? text.length() : end + LONG_QUOTE.length();
        }
        char first = text.charAt(start);
        if (first == '#' || text.startsWith("//", start)) {
            int end = text.indexOf('\n', start);
            return end < 0 ? text.length() : end;
        }
        int i = start + 1;
        if (first == '"') {
            while (i < text.length() && text.charAt(i) != '"' && text.charAt(i) != '\n') {
                i += text.charAt(i) == '\\' ? 2 : 1;
            }
            return i + 1;
        }
        return i;
    }

    private Config resolved(Supplier<Config> parser) {
        try {
            return parser.get().resolve();
        } catch (ConfigException e) {
            throw broken(e);
        }
    }

    private RuntimeException broken(ConfigException e) {
        Problem.Builder problem =
                Problem.user("CONFIG-1022", "'" + file + "' is not correct HOCON.");
        if (e.origin() != null) {
            problem.with("at", origin(e.origin()));
        }
        String complaint = String.valueOf(e.getMessage());
        Matcher unresolved = UNRESOLVED.matcher(complaint);
        if (unresolved.find()) {
            return problem.with("because", "nothing is set for " + unresolved.group(1))
                    .advise("set it, or write ${?…} where it may be absent")
                    .exception();
        }
        return problem.with("because", ParserReason.ofHocon(complaint))
                .advise(
                        "correct the line; text with special characters, such as ${secret:…}, needs"
                                + " double quotes")
                .exception();
    }

    private void flatten(String prefix, ConfigObject object) {
        for (Map.Entry<String, ConfigValue> field : object.entrySet()) {
            String key = prefix + field.getKey();
            ConfigValue value = field.getValue();
            if (value instanceof ConfigObject nested) {
                flatten(key + ".", nested);
            } else if (value.valueType() == ConfigValueType.NULL) {
                problems.add(noValue(key, value));
            } else {
                entries.add(new Entry(key, plain(value), origin(value.origin())));
            }
        }
    }

    private Object plain(ConfigValue value) {
        if (value instanceof ConfigList list) {
            return list.stream().map(this::element).toList();
        }
        if (value.valueType() == ConfigValueType.NUMBER) {
            return value.atKey("n").getString("n");
        }
        return value.valueType() == ConfigValueType.NULL ? "" : value.unwrapped();
    }

    /** Within a list a number is one, so that its text is not taken for one that was quoted. */
    private Object element(ConfigValue value) {
        Object plain = plain(value);
        boolean asWritten = String.valueOf(value.unwrapped()).equals(plain);
        return value.valueType() == ConfigValueType.NUMBER && asWritten ? value.unwrapped() : plain;
    }

    private Origin origin(ConfigOrigin origin) {
        Matcher merged = MERGED.matcher(origin.description());
        if (merged.matches()) {
            return Origin.ofFile(merged.group(1), Integer.parseInt(merged.group(2)));
        }
        if (origin.filename() == null && origin.lineNumber() > 0) {
            return Origin.ofFile(file.toString(), origin.lineNumber());
        }
        if (origin.filename() == null) {
            return Origin.ofVariable("substituted in " + file);
        }
        return Origin.ofFile(origin.filename(), Math.max(0, origin.lineNumber()));
    }

    private Problem noValue(String key, ConfigValue value) {
        return Problem.user(
                        "CONFIG-1023", "The key '" + SecretKeys.shownKey(key) + "' has no value.")
                .with("at", origin(value.origin()))
                .advise("give it a value, \"\" for an empty text, or remove the line")
                .build();
    }
}
