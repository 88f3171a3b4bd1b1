package io.holdfast.examples.sessions;

import java.util.Objects;

/**
 * A line that is no request in common or combined log format, kept with its text so that somebody
 * can look at it.
 *
 * @param text the line as it was read; of a line that is too long the beginning
 * @param reason what was found wrong first
 * @param column where the trouble starts, in characters from 1
 */
public record DirtyLine(String text, Reason reason, int column) implements ParsedLine {

    /** Why a line is no request, in the order of the fields. */
    public enum Reason {
        /** Nothing there. */
        EMPTY("empty line"),
        /** More characters than the parser accepts. */
        TOO_LONG("line too long"),
        /**
         * Bytes that are not UTF-8, or a replacement character left by somebody who decoded them.
         */
        NOT_UTF8("bytes that are not UTF-8"),
        /** The visitor is no address or host name, or nothing follows. */
        VISITOR("no address or host name followed by a space"),
        /** Identity or user are missing. */
        USER("no identity and user followed by ' ['"),
        /** The time is no moment of the form {@code 17/May/2015:10:05:03 +0000]}. */
        TIME("no time like '17/May/2015:10:05:03 +0000]'"),
        /** The request is not in quotes, or the closing one is missing. */
        REQUEST("no request in quotes"),
        /** The status is not of three digits. */
        STATUS("no status of three digits"),
        /** The size is neither a number nor {@code -}. */
        BYTES("no size of at most 18 digits, nor '-'"),
        /** Combined format, but the referrer is not in quotes, or the closing one is missing. */
        REFERRER("no referrer in quotes"),
        /** Combined format, but the user agent is not in quotes, or the closing one is missing. */
        USER_AGENT("no user agent in quotes"),
        /** The format has ended, the line has not. */
        REST("text after the last field");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        /**
         * The reason in words, for people.
         *
         * @return a phrase without a full stop
         */
        public String words() {
            return words;
        }
    }

    /** Refuses null parts and columns before the first. */
    public DirtyLine {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(reason, "reason");
        if (column < 1) {
            throw new IllegalArgumentException("columns count from 1, not " + column);
        }
    }

    /** Reason, column and text, on one line. */
    @Override
    public String toString() {
        return reason.words() + " at column " + column + ": " + text;
    }
}
