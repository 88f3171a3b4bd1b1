package io.holdfast.control.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One line: a word that says what it is, and fields behind it, divided by tabs. Tabs, ends of lines
 * and backslashes within a field are written {@code \t}, {@code \n}, {@code \r} and {@code \\}.
 *
 * @param tag what it is
 * @param fields what it says
 */
public record Line(String tag, List<String> fields) {
    private static final int LONGEST_FIELD = 3000;

    /** Refuses null, copies the list. */
    public Line {
        Objects.requireNonNull(tag, "tag");
        fields = List.copyOf(fields);
    }

    /**
     * A line of some values.
     *
     * @param tag what it is
     * @param values their text is taken; a very long one is cut, since names and reasons come from
     *     jars of strangers
     * @return the line
     */
    public static Line of(String tag, Object... values) {
        List<String> fields = new ArrayList<>();
        for (Object value : values) {
            String text = String.valueOf(value);
            fields.add(
                    text.length() <= LONGEST_FIELD ? text : text.substring(0, LONGEST_FIELD) + "…");
        }
        return new Line(tag, fields);
    }

    /**
     * Reads a line.
     *
     * @param text without its end
     * @return the line
     * @throws IOException if there is a backslash that means nothing
     */
    public static Line parse(String text) throws IOException {
        String[] parts = text.split("\t", -1);
        List<String> fields = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            fields.add(unescaped(parts[i]));
        }
        return new Line(parts[0], fields);
    }

    /**
     * A field.
     *
     * @param index from 0
     * @return what it says
     * @throws IOException if the line is shorter
     */
    public String field(int index) throws IOException {
        if (index >= fields.size()) {
            throw new IOException("the line '" + tag + "' has no field " + index);
        }
        return fields.get(index);
    }

    /**
     * The fields from one on.
     *
     * @param from from 0
     * @return possibly none
     */
    public List<String> from(int from) {
        return from >= fields.size() ? List.of() : fields.subList(from, fields.size());
    }

    /** The line as it is sent, without its end. */
    public String text() {
        StringBuilder text = new StringBuilder(tag);
        for (String field : fields) {
            text.append('\t');
            escape(text, field);
        }
        return text.toString();
    }

    private static void escape(StringBuilder text, String field) {
        for (int i = 0; i < field.length(); i++) {
            char letter = field.charAt(i);
            switch (letter) {
                case '\\' -> text.append("\\\\");
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                default -> text.append(letter);
            }
        }
    }

    private static String unescaped(String field) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < field.length(); i++) {
            char letter = field.charAt(i);
            if (letter != '\\') {
                text.append(letter);
                continue;
            }
            i++;
            char meant = i < field.length() ? field.charAt(i) : ' ';
            switch (meant) {
                case '\\' -> text.append('\\');
                case 't' -> text.append('\t');
                case 'n' -> text.append('\n');
                case 'r' -> text.append('\r');
                default -> throw new IOException("a backslash means nothing in '" + field + "'");
            }
        }
        return text.toString();
    }
}
