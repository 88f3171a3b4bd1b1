package io.holdfast.examples.sessions;

import io.holdfast.examples.sessions.DirtyLine.Reason;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.Month;
import java.time.Year;

/**
 * Reads lines of the common log format, {@code visitor identity user [time] "request" status
 * bytes}, and of the combined one, which adds {@code "referrer" "user agent"}. Anything else is a
 * {@link DirtyLine} that says why; no text makes it throw.
 *
 * <p>In quoted fields a backslash escapes the character after it, so {@code \"} does not end the
 * field. A user name may contain spaces, as servers do not quote it; it ends before the first
 * {@code [} after a space. One carriage return at the end of the line is passed over.
 *
 * <p>Each character is looked at once or twice: a hostile line costs no more than a long one.
 * Immutable and safe for any number of threads.
 */
public final class AccessLogParser {
    /** Longest line, in characters, unless another length is given. */
    public static final int DEFAULT_MAX_LENGTH = 65_536;

    private static final char REPLACEMENT = '\ufffd';
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final int MAX_DIGITS = 18;

    private final int maxLength;

    /** Accepts lines of up to {@link #DEFAULT_MAX_LENGTH} characters. */
    public AccessLogParser() {
        this(DEFAULT_MAX_LENGTH);
    }

    /**
     * Accepts lines of up to a given length.
     *
     * @param maxLength longest line, in characters, 1 or more
     * @throws IllegalArgumentException if it is less
     */
    public AccessLogParser(int maxLength) {
        if (maxLength < 1) {
            throw new IllegalArgumentException("a longest line of " + maxLength + " characters");
        }
        this.maxLength = maxLength;
    }

    /**
     * Reads a line from its bytes. If they are not UTF-8, the dirty line's text has one character,
     * U+0000 to U+00FF, for each byte, so that nothing of it is lost.
     *
     * @param line one line without its line feed
     * @return the request, or the line and why it is none
     */
    public ParsedLine parse(byte[] line) {
        ParsedLine parsed = parse(new String(line, StandardCharsets.UTF_8));
        if (parsed instanceof DirtyLine dirty && dirty.reason() == Reason.NOT_UTF8) {
            String good = dirty.text().substring(0, dirty.column() - 1);
            int bad = good.getBytes(StandardCharsets.UTF_8).length;
            String text = new String(line, StandardCharsets.ISO_8859_1);
            return new DirtyLine(text, Reason.NOT_UTF8, bad + 1);
        }
        return parsed;
    }

    /**
     * Reads a line that has been decoded already. U+FFFD in it says that bytes were lost on the
     * way, so such a line is as dirty as its bytes are.
     *
     * @param line one line without its line feed
     * @return the request, or the line and why it is none
     */
    public ParsedLine parse(String line) {
        if (line.length() > maxLength) {
            return new DirtyLine(line.substring(0, maxLength), Reason.TOO_LONG, maxLength + 1);
        }
        int lost = line.indexOf(REPLACEMENT);
        if (lost >= 0) {
            return new DirtyLine(line, Reason.NOT_UTF8, lost + 1);
        }
        int end = line.endsWith("\r") ? line.length() - 1 : line.length();
        if (end == 0) {
            return new DirtyLine(line, Reason.EMPTY, 1);
        }
        return new Scan(line, end).line();
    }

    /**
     * One pass over one line. Each method reads a field from {@code at} on and moves {@code at}
     * behind it; the first that cannot sets {@code wrong} and leaves {@code at} where the trouble
     * is. From then on all further ones do nothing.
     */
    private static final class Scan {
        private final String text;
        private final int end;
        private int at;
        private Reason wrong;

        Scan(String text, int end) {
            this.text = text;
            this.end = end;
        }

        ParsedLine line() {
            String visitor = visitor();
            String identity = identity();
            String user = user();
            long timestamp = time();
            String request = quoted(Reason.REQUEST);
            int status = status();
            long bytes = bytes();
            String referrer = "-";
            String userAgent = "-";
            if (wrong == null && at < end) {
                space(Reason.REST);
                referrer = quoted(Reason.REFERRER);
                space(Reason.USER_AGENT);
                userAgent = quoted(Reason.USER_AGENT);
            }
            if (wrong == null && at < end) {
                wrong = Reason.REST;
            }
            if (wrong != null) {
                return new DirtyLine(text, wrong, at + 1);
            }
            return new AccessLogLine(
                    visitor, identity, user, timestamp, request, status, bytes, referrer,
                    userAgent);
        }

        /** Letters, digits and {@code . : - _ %} (the last for IPv6 zones), then a space. */
        private String visitor() {
            int start = at;
            while (at < end && isOfVisitor(text.charAt(at))) {
                at++;
            }
            String visitor = text.substring(start, at);
            if (visitor.isEmpty()) {
                wrong = Reason.VISITOR;
            }
            space(Reason.VISITOR);
            return visitor;
        }

        private String identity() {
            int space = wrong == null ? text.indexOf(' ', at) : -1;
            if (space <= at) {
                return fail(Reason.USER);
            }
            String identity = text.substring(at, space);
            at = space + 1;
            return identity;
        }

        private String user() {
            int bracket = wrong == null ? text.indexOf(" [", at) : -1;
            if (bracket <= at) {
                return fail(Reason.USER);
            }
            String user = text.substring(at, bracket);
            at = bracket + 2;
            return user;
        }

        /**
         * {@code dd/Mon/yyyy:hh:mm:ss ±hhmm] }, as milliseconds since the epoch. Second 60, which
         * some servers print in a leap second, is the first second of the next minute.
         */
        private long time() {
            int start = at;
            int day = number(2, 1, 31, Reason.TIME);
            expect('/');
            int month = month();
            expect('/');
            int year = number(4, 1, 9999, Reason.TIME);
            expect(':');
            int hour = number(2, 0, 23, Reason.TIME);
            expect(':');
            int minute = number(2, 0, 59, Reason.TIME);
            expect(':');
            int second = number(2, 0, 60, Reason.TIME);
            expect(' ');
            int offset = offsetMinutes();
            expect(']');
            if (wrong == null && day > Month.of(month).length(Year.isLeap(year))) {
                at = start;
                wrong = Reason.TIME;
            }
            space(Reason.REQUEST);
            if (wrong != null) {
                return 0;
            }
            long days = LocalDate.of(year, month, day).toEpochDay();
            long minutes = (days * 24 + hour) * 60 + minute - offset;
            return (minutes * 60 + second) * 1000;
        }

        private int month() {
            for (int month = 1; month <= 12 && wrong == null; month++) {
                if (MONTHS.regionMatches((month - 1) * 3, text, at, 3)) {
                    at += 3;
                    return month;
                }
            }
            fail(Reason.TIME);
            return 0;
        }

        private int offsetMinutes() {
            boolean west = at < end && text.charAt(at) == '-';
            expect(west ? '-' : '+');
            int hours = number(2, 0, 23, Reason.TIME);
            int minutes = number(2, 0, 59, Reason.TIME);
            return west ? -(hours * 60 + minutes) : hours * 60 + minutes;
        }

        private int status() {
            space(Reason.STATUS);
            int status = number(3, 100, 999, Reason.STATUS);
            if (at < end && isDigit(text.charAt(at))) {
                fail(Reason.STATUS);
            }
            space(Reason.BYTES);
            return status;
        }

        private long bytes() {
            if (wrong == null && at < end && text.charAt(at) == '-') {
                at++;
                return 0;
            }
            long bytes = 0;
            int start = at;
            while (wrong == null && at < end && isDigit(text.charAt(at))) {
                if (at - start == MAX_DIGITS) {
                    fail(Reason.BYTES);
                    return 0;
                }
                bytes = bytes * 10 + text.charAt(at++) - '0';
            }
            if (at == start) {
                fail(Reason.BYTES);
            }
            return bytes;
        }

        /** What stands between two quotes. */
        private String quoted(Reason reason) {
            int start = at + 1;
            if (wrong != null || at >= end || text.charAt(at) != '"') {
                return fail(reason);
            }
            for (int i = start; i < end; i++) {
                char c = text.charAt(i);
                if (c == '"') {
                    at = i + 1;
                    return text.substring(start, i);
                }
                if (c == '\\') {
                    i++;
                }
            }
            return fail(reason);
        }

        private int number(int digits, int lowest, int highest, Reason reason) {
            int value = 0;
            for (int i = at; i < at + digits; i++) {
                if (i >= end || !isDigit(text.charAt(i))) {
                    fail(reason);
                    return 0;
                }
                value = value * 10 + text.charAt(i) - '0';
            }
            if (value < lowest || value > highest) {
                fail(reason);
            }
            if (wrong == null) {
                at += digits;
            }
            return value;
        }

        private void expect(char expected) {
            if (wrong == null && at < end && text.charAt(at) == expected) {
                at++;
            } else {
                fail(Reason.TIME);
            }
        }

        private void space(Reason otherwise) {
            if (wrong == null && at < end && text.charAt(at) == ' ') {
                at++;
            } else {
                fail(otherwise);
            }
        }

        private String fail(Reason reason) {
            if (wrong == null) {
                wrong = reason;
            }
            return "";
        }

        private static boolean isDigit(char c) {
            return c >= '0' && c <= '9';
        }

        private static boolean isOfVisitor(char c) {
            return isDigit(c)
                    || c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c == '.'
                    || c == ':'
                    || c == '-'
                    || c == '_'
                    || c == '%';
        }
    }
}
