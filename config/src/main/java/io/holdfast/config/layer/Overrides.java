package io.holdfast.config.layer;

import io.holdfast.api.error.Problem;
import io.holdfast.api.error.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings that override files: {@code --set key=value} on the command line, {@code
 * -Dholdfast.set.key=value} as system properties, {@code HOLDFAST_SET_key=value} in the
 * environment. Their values are text.
 *
 * <p>Names of environment variables have neither dots nor dashes, so in them {@code _} stands for a
 * dot, {@code __} for a dash and {@code ___} for an underscore; a name in capitals means small
 * letters. {@code HOLDFAST_SET_EXECUTION_CHECKPOINTING_NUM__RETAINED} sets {@code
 * execution.checkpointing.num-retained}.
 */
public final class Overrides {
    /** Environment variables that start so are settings. */
    public static final String VARIABLE_PREFIX = "HOLDFAST_SET_";

    /** System properties that start so are settings. */
    public static final String PROPERTY_PREFIX = "holdfast.set.";

    private static final Pattern KEY = Pattern.compile("[a-z][\\w-]*(\\.[\\w-]+)+");

    private Overrides() {}

    /**
     * The layers of a process: its environment variables, beaten by its system properties.
     *
     * @param environment such as {@link System#getenv()}
     * @param properties such as {@link System#getProperties()}
     * @return two layers, lowest first
     * @throws io.holdfast.api.error.HoldfastException {@code CONFIG-1041} if the name of a variable
     *     spells no key
     */
    public static List<Layer> process(Map<String, String> environment, Properties properties) {
        return List.of(variables(environment), properties(properties));
    }

    private static Layer variables(Map<String, String> environment) {
        List<Entry> entries = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        new TreeMap<>(environment)
                .forEach(
                        (name, value) -> {
                            if (name.startsWith(VARIABLE_PREFIX)) {
                                String key = key(name.substring(VARIABLE_PREFIX.length()));
                                if (key.isEmpty()) {
                                    problems.add(spellsNoKey(name));
                                } else {
                                    entries.add(new Entry(key, value, Origin.ofVariable(name)));
                                }
                            }
                        });
        if (!problems.isEmpty()) {
            throw Problems.together("CONFIG-1000", "The environment", problems);
        }
        return new Layer(Level.PROCESS, entries);
    }

    /** The key that the rest of a variable's name spells, or an empty string if it spells none. */
    private static String key(String spelled) {
        String letters =
                spelled.equals(spelled.toUpperCase(Locale.ROOT))
                        ? spelled.toLowerCase(Locale.ROOT)
                        : spelled;
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < letters.length(); ) {
            int end = i;
            while (end < letters.length() && letters.charAt(end) == '_') {
                end++;
            }
            switch (end - i) {
                case 0 -> key.append(letters.charAt(end++));
                case 1 -> key.append('.');
                case 2 -> key.append('-');
                case 3 -> key.append('_');
                default -> {
                    return "";
                }
            }
            i = end;
        }
        boolean dotOutside = key.indexOf(".") == 0 || key.lastIndexOf(".") == key.length() - 1;
        return dotOutside ? "" : key.toString();
    }

    private static Problem spellsNoKey(String name) {
        return Problem.user("CONFIG-1041", "The name of a variable spells no key: '" + name + "'.")
                .with("set by", "environment variable " + name)
                .with("expected", VARIABLE_PREFIX + "KEY, in KEY _ is a dot and __ is a dash")
                .advise("correct the name of the variable, or remove it")
                .build();
    }

    private static Layer properties(Properties properties) {
        List<Entry> entries =
                properties.stringPropertyNames().stream()
                        .filter(name -> name.length() > PROPERTY_PREFIX.length())
                        .filter(name -> name.startsWith(PROPERTY_PREFIX))
                        .sorted()
                        .map(
                                name ->
                                        new Entry(
                                                name.substring(PROPERTY_PREFIX.length()),
                                                properties.getProperty(name),
                                                Origin.ofProperty(name)))
                        .toList();
        return new Layer(Level.PROCESS, entries);
    }

    /**
     * The layer of a command: what was given as {@code --set key=value}.
     *
     * @param arguments {@code key=value} each; blanks around the key are dropped, the value is
     *     taken as it is; the last of equal keys wins
     * @return the layer
     * @throws io.holdfast.api.error.HoldfastException {@code CONFIG-1040} if an argument has no key
     *     or no equals sign
     */
    public static Layer commandLine(List<String> arguments) {
        List<Entry> entries = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            String key = argument.substring(0, Math.max(equals, 0)).strip();
            if (key.isEmpty()) {
                problems.add(noSetting(argument));
            } else {
                entries.add(
                        new Entry(
                                key,
                                argument.substring(equals + 1),
                                Origin.ofCommandLine("--set")));
            }
        }
        if (!problems.isEmpty()) {
            throw Problems.together("CONFIG-1000", "The command line", problems);
        }
        return new Layer(Level.COMMAND_LINE, entries);
    }

    private static Problem noSetting(String argument) {
        // The argument may be the value of a secret, given without its key.
        Matcher key = KEY.matcher(argument);
        String start = argument.startsWith("=") ? "=" : key.lookingAt() ? key.group() : "";
        String shown = start.equals(argument) ? start : start + "…";
        return Problem.user("CONFIG-1040", "An argument of --set is no setting: '" + shown + "'.")
                .with("expected", "key=value, such as --set state.backend.type=rocksdb")
                .advise("write the key, an equals sign and the value, without blanks around =")
                .build();
    }
}
