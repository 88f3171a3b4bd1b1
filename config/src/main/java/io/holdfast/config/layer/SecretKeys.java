package io.holdfast.config.layer;

import io.holdfast.api.config.Secret;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells from a key whether its value is likely to be a secret. Asked where no option says so:
 * nobody may have declared the key, it may be misspelt, or the file is not read yet. In doubt it is
 * one: a value that is hidden without need costs a look into the file. Stateless.
 */
public final class SecretKeys {
    private static final List<String> PHRASES =
            List.of(
                    "access-key",
                    "accesskey",
                    "account-key",
                    "auth-params",
                    "basic-auth",
                    "connection-string",
                    "connectionstring",
                    "http-headers",
                    "jaas-config",
                    "passwd",
                    "private-key",
                    "service-key");

    // Also recognized with one letter wrong: somebody mistypes the key, not the secret.
    private static final Set<String> WORDS =
            Set.of(
                    "apikey",
                    "authorization",
                    "credential",
                    "credentials",
                    "passphrase",
                    "password",
                    "secret",
                    "secrets",
                    "token");

    private static final Pattern BREAKS = Pattern.compile("[._\\s-]+|(?<=[a-z])(?=[A-Z])");
    private static final Pattern PASSWORD_IN_URI =
            Pattern.compile("(?<=://)([^/?#\\s:@]*):[^/?#\\s]*@");

    private SecretKeys() {}

    /**
     * Whether the value of a key is to be hidden.
     *
     * @param key a key as it was written; other text that contains one will do
     * @return whether a part of it speaks of passwords, tokens, keys and the like
     */
    public static boolean hides(String key) {
        String[] words = BREAKS.split(key);
        String joined = String.join("-", words).toLowerCase(Locale.ROOT);
        if (PHRASES.stream().anyMatch(joined::contains)
                || WORDS.stream().anyMatch(joined::contains)) {
            return true;
        }
        for (String word : words) {
            String lower = word.toLowerCase(Locale.ROOT);
            if (lower.equals("key") || WORDS.stream().anyMatch(known -> oneSlip(lower, known))) {
                return true;
            }
        }
        return false;
    }

    /**
     * A text as it may be printed that is not secret as a whole.
     *
     * @param text any text
     * @return the same, with the passwords of URIs such as {@code https://user:password@host}
     *     replaced by {@value Secret#HIDDEN}
     */
    public static String withoutPasswords(String text) {
        return text.contains("://")
                ? PASSWORD_IN_URI.matcher(text).replaceAll("$1:" + Secret.HIDDEN + "@")
                : text;
    }

    /**
     * A key as it may be printed where a value may have been read as a part of it: {@code password:
     * {x}} is a key in YAML.
     *
     * @param key the whole key
     * @return the same, or what is above a part that may be a secret
     */
    public static String shownKey(String key) {
        int dot = key.lastIndexOf('.');
        return dot > 0 && hides(key.substring(0, dot)) ? key.substring(0, dot) + ".…" : key;
    }

    /** Whether one letter was changed, added or dropped, or two neighbours changed places. */
    private static boolean oneSlip(String word, String known) {
        int difference = word.length() - known.length();
        if (Math.abs(difference) > 1) {
            return false;
        }
        int same = 0;
        while (same < word.length() && same < known.length() && at(word, known, same)) {
            same++;
        }
        String restOfWord = word.substring(same);
        String restOfKnown = known.substring(same);
        return switch (difference) {
            case 1 -> restOfWord.substring(1).equals(restOfKnown);
            case -1 -> restOfKnown.substring(1).equals(restOfWord);
            default ->
                    restOfWord.length() < 2
                            || restOfWord.substring(1).equals(restOfKnown.substring(1))
                            || (restOfWord.substring(2).equals(restOfKnown.substring(2))
                                    && restOfWord.charAt(0) == restOfKnown.charAt(1)
                                    && restOfWord.charAt(1) == restOfKnown.charAt(0));
        };
    }

    private static boolean at(String word, String known, int index) {
        return word.charAt(index) == known.charAt(index);
    }
}
