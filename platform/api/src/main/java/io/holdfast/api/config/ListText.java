package io.holdfast.api.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Lists written as one text: elements between delimiters, blanks around an element dropped. An
 * element in single or double quotes may contain delimiters; inside, the quote itself is doubled.
 */
final class ListText {
    private ListText() {}

    /**
     * Cuts at every delimiter outside of quotes; the pieces keep their quotes. A quote opens at the
     * beginning and after any of {@code separators}; elsewhere it is a letter like others.
     */
    static List<String> cut(String text, char delimiter, String separators) {
        List<String> pieces = new ArrayList<>();
        int start = 0;
        char quote = 0;
        boolean mayOpen = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
                mayOpen = quote == 0 && i + 1 < text.length() && text.charAt(i + 1) == c;
            } else if (mayOpen && (c == '\'' || c == '"')) {
                quote = c;
            } else {
                mayOpen = separators.indexOf(c) >= 0 || (mayOpen && Character.isWhitespace(c));
                if (c == delimiter) {
                    pieces.add(text.substring(start, i).strip());
                    start = i + 1;
                }
            }
        }
        if (quote != 0) {
            throw new IllegalArgumentException("a quote " + quote + " is never closed");
        }
        pieces.add(text.substring(start).strip());
        return pieces;
    }

    /** Takes the quotes off a piece, if it has any. */
    static String unquote(String piece) {
        if (piece.isEmpty() || (piece.charAt(0) != '\'' && piece.charAt(0) != '"')) {
            return piece;
        }
        String quote = piece.substring(0, 1);
        if (piece.length() < 2 || !piece.endsWith(quote)) {
            throw new IllegalArgumentException("text follows the closing quote in " + piece);
        }
        return piece.substring(1, piece.length() - 1).replace(quote + quote, quote);
    }

    /** The piece that {@link #unquote} turns back into {@code element}. */
    static String quote(String element, String delimiters) {
        boolean plain =
                !element.isEmpty()
                        && element.equals(element.strip())
                        && element.charAt(0) != '\''
                        && element.charAt(0) != '"'
                        && element.chars().noneMatch(c -> delimiters.indexOf(c) >= 0);
        return plain ? element : "'" + element.replace("'", "''") + "'";
    }
}
