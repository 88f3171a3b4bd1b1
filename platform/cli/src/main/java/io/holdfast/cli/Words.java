package io.holdfast.cli;

import io.holdfast.api.config.Secret;
import io.holdfast.config.layer.SecretKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Words of a command line, as a person would type them. */
final class Words {
    private Words() {}

    /** The command that was given, without what it restores from. */
    static String again(List<String> given) {
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
    static String quoted(String word) {
        return word.matches("[A-Za-z0-9_@%+=:,./~-]+")
                ? word
                : "'" + word.replace("'", "'\\''") + "'";
    }

    /** Text in lines of at most so many letters, cut at blanks. */
    static List<String> wrapped(String text, int width) {
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
