package io.holdfast.config.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A line of a {@code flink-conf.yaml} as Flink 1.x reads it. That is no YAML: a comment begins at
 * the first {@code #}, wherever it is; the key ends at the first colon that a blank follows; the
 * rest is the value; nothing is nested, quoted or typed. Lines that are not so are ignored.
 *
 * @param number from 1
 * @param kind what Flink makes of it
 * @param indent the blanks before the first other character
 * @param content the line without its comment, blanks around it dropped; not to be printed where it
 *     is no setting, because it may be part of a secret
 * @param key the key; empty if the line is no setting
 * @param value the value; empty if the line is no setting
 * @param gap the blanks between the content and the comment
 * @param comment from the {@code #} to the end of the line; empty if there is none
 */
public record FlinkConfLine(
        int number,
        Kind kind,
        String indent,
        String content,
        String key,
        String value,
        String gap,
        String comment) {

    /** What Flink makes of a line. */
    public enum Kind {
        /** Nothing but blanks. */
        BLANK,
        /** A comment and nothing else. */
        COMMENT,
        /** A key with a value. */
        SETTING,
        /** Something that is no setting; Flink logs a warning and goes on. */
        IGNORED
    }

    /** Refuses null parts. */
    public FlinkConfLine {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(indent, "indent");
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(gap, "gap");
        Objects.requireNonNull(comment, "comment");
    }

    /**
     * The lines of a file.
     *
     * @param text the whole text; a byte order mark in it is part of the first line
     * @return every line, in their order
     */
    public static List<FlinkConfLine> of(String text) {
        List<FlinkConfLine> lines = new ArrayList<>();
        for (String line : text.lines().toList()) {
            lines.add(of(lines.size() + 1, line));
        }
        return lines;
    }

    private static FlinkConfLine of(int number, String line) {
        int hash = line.indexOf('#');
        String before = hash < 0 ? line : line.substring(0, hash);
        String comment = hash < 0 ? "" : line.substring(hash);
        // Java's trim and not strip: what counts as a blank is part of the format.
        String content = before.trim();
        int start = before.indexOf(content);
        String indent = before.substring(0, start);
        String gap = before.substring(start + content.length());
        int colon = content.indexOf(": ");
        String key = colon < 0 ? "" : content.substring(0, colon).trim();
        String value = colon < 0 ? "" : content.substring(colon + 2).trim();
        boolean setting = !key.isEmpty() && !value.isEmpty();
        return new FlinkConfLine(
                number,
                kind(content, setting, comment),
                indent,
                content,
                setting ? key : "",
                setting ? value : "",
                gap,
                comment);
    }

    private static Kind kind(String content, boolean setting, String comment) {
        if (setting) {
            return Kind.SETTING;
        }
        if (!content.isEmpty()) {
            return Kind.IGNORED;
        }
        return comment.isEmpty() ? Kind.BLANK : Kind.COMMENT;
    }

    /**
     * What the line seems to set although Flink ignores it.
     *
     * @return the letters before the first colon, equals sign or blank, if they could be a key;
     *     otherwise an empty string
     */
    public String seemingKey() {
        String head = content.split("[:=\\s]", 2)[0];
        return head.length() < content.length() && head.matches("[\\w.-]+") ? head : "";
    }

    /**
     * The line made harmless: the same text, all of it a comment.
     *
     * @return one line that begins with {@code #}; not to be printed, because it may hold a secret
     */
    public String asComment() {
        return "# " + content + gap + comment;
    }

    /**
     * Whether the comment begins within a word, so that it may have been meant as part of the
     * value.
     *
     * @return whether a character other than a blank is right before the {@code #}
     */
    public boolean commentCutsWord() {
        return !comment.isEmpty() && !content.isEmpty() && gap.isEmpty();
    }

    /** Number, kind and key only: the rest may be secret. */
    @Override
    public String toString() {
        return "line " + number + ": " + kind + " " + key;
    }
}
