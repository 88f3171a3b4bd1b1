package io.holdfast.cli.output;

import io.holdfast.api.config.Secret;
import io.holdfast.config.layer.SecretKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Words of a command line, as a person would type them. */
public final class Words {
    private Words() {}

    /** The command that was given, without what it restores from. */
    public static String again(List<String> given) {
        List<String> words = new ArrayList<>(List.of("./holdfast"));
        for (int i = 0; i < given.size(); i++) {
            if (given.get(i).equals("--restore")) {
                i++;
            } else if (!given.get(i).startsWith("--restore=")) {
                words.add(given.get(i));
            }
        }
        return words.stream()
                .map(Words::withoutSecret)
                .map(Words::quoted)
                .collect(Collectors.joining(" "));
    }

    /** Of a setting whose key speaks of a secret, the value is hidden. */
    private static String withoutSecret(String word) {
        int equals = word.startsWith("--set=") ? word.indexOf('=', 6) : word.indexOf('=');
        return equals > 0 && SecretKeys.hides(word.substring(0, equals))
                ? word.substring(0, equals + 1) + Secret.HIDDEN
                : SecretKeys.withoutPasswords(word);
    }

    /** In single quotes if a shell would read it differently without. */
    public static String quoted(String word) {
        return word.matches("[A-Za-z0-9_@%+=:,./~-]+")
                ? word
                : "'" + word.replace("'", "'\\''") + "'";
    }

    /**
     * Text of strangers without what a terminal would obey or a line would end at: control
     * characters, and those that turn the direction of writing, become {@code \\u} and their
     * number.
     */
    public static String visible(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            int type = Character.getType(letter);
            boolean obeyed =
                    type == Character.CONTROL
                            || type == Character.FORMAT
                            || type == Character.LINE_SEPARATOR
                            || type == Character.PARAGRAPH_SEPARATOR;
            shown.append(obeyed ? "\\u%04x".formatted((int) letter) : letter);
        }
        return shown.toString();
    }

    /** Text in lines of at most so many letters, cut at blanks. */
    public static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split("\\s+")) {
            if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        if (line.length() > 0) {
            lines.add(line.toString());
        }
        return lines;
    }
}
