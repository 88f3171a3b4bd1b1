package io.holdfast.config.migrate;

import io.holdfast.api.config.Secret;
import io.holdfast.api.config.ValueType;
import io.holdfast.config.layer.SecretKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A configuration file between two formats: its settings and comments in their order. Mutable, used
 * by one thread.
 */
final class Draft {

    /** A line, or a few that belong together. */
    sealed interface Piece {}

    /**
     * A comment that stands alone.
     *
     * @param text the lines, each begins with {@code #}; empty for a blank line
     * @param shown the same as it may be printed
     */
    record Note(String text, String shown) implements Piece {
        static final Note BLANK = new Note("", "");

        /** Of the old file; one that speaks of a secret may well contain it. */
        static Note of(String text) {
            return new Note(text, SecretKeys.hides(text) ? "# " + Secret.HIDDEN : text);
        }

        /** What was no comment in the old file; it may be anything. */
        static Note ofLine(String what, String line) {
            return new Note(line, ("# " + what).strip() + " " + Secret.HIDDEN);
        }
    }

    /**
     * A setting.
     *
     * @param key the key
     * @param value text, or what a typed file delivered
     * @param comment the comment behind it with its {@code #}, or empty
     * @param line where it stood in the old file; 0 if it is new
     */
    record Pair(String key, Object value, String comment, int line) implements Piece {
        Pair withKey(String other) {
            return new Pair(other, value, comment, line);
        }

        Pair withValue(Object other) {
            return new Pair(key, other, comment, line);
        }
    }

    private final List<Piece> pieces = new ArrayList<>();

    void add(Piece piece) {
        pieces.add(piece);
    }

    List<Piece> pieces() {
        return List.copyOf(pieces);
    }

    List<Pair> pairs() {
        return pieces.stream().filter(Pair.class::isInstance).map(Pair.class::cast).toList();
    }

    Optional<Pair> pair(String key) {
        return pairs().stream().filter(pair -> pair.key().equals(key)).findFirst();
    }

    boolean has(String key) {
        return pair(key).isPresent();
    }

    /** Changes the settings that meet a condition. */
    void change(Predicate<Pair> which, UnaryOperator<Pair> how) {
        pieces.replaceAll(
                piece -> piece instanceof Pair pair && which.test(pair) ? how.apply(pair) : piece);
    }

    /** Turns a setting into a comment. */
    void comment(Pair pair) {
        String text = pair.key() + ": " + ValueType.text(pair.value()) + " " + pair.comment();
        String line = "# " + text.strip().replace('\n', ' ').replace('\r', ' ');
        pieces.set(pieces.indexOf(pair), Note.ofLine(pair.key(), line));
    }

    /** Puts a setting behind another one, or first if there is none. */
    void insertAfter(Optional<Pair> before, Pair added) {
        int index = before.map(pieces::indexOf).orElse(-1);
        pieces.add(index + 1, added);
    }
}
