package io.holdfast.examples.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.examples.sessions.DirtyLine.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessLogParserTest {
    private static final String COMMON =
            "192.0.2.7 - - [17/May/2015:10:05:03 +0000] \"GET /a.html HTTP/1.1\" 200 1234";
    private static final String COMBINED =
            COMMON + " \"https://example.org/start\" \"Mozilla/5.0 (X11; Linux)\"";

    private final AccessLogParser parser = new AccessLogParser();

    @Test
    void combinedFormatHasAllFields() {
        assertThat(parser.parse(COMBINED))
                .isEqualTo(
                        new AccessLogLine(
                                "192.0.2.7",
                                "-",
                                "-",
                                Instant.parse("2015-05-17T10:05:03Z").toEpochMilli(),
                                "GET /a.html HTTP/1.1",
                                200,
                                1234,
                                "https://example.org/start",
                                "Mozilla/5.0 (X11; Linux)"));
    }

    @Test
    void commonFormatHasNoReferrerAndNoUserAgent() {
        AccessLogLine line = clean(COMMON);
        assertThat(line.bytes()).isEqualTo(1234);
        assertThat(line.referrer()).isEqualTo("-");
        assertThat(line.userAgent()).isEqualTo("-");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.7",
                "2001:db8::1",
                "::1",
                "fe80::1%eth0",
                "::ffff:192.0.2.7",
                "crawl-66-249.example.org",
                "my_host"
            })
    void visitorsAreAddressesAndHostNames(String visitor) {
        assertThat(clean(COMBINED.replace("192.0.2.7", visitor)).visitor()).isEqualTo(visitor);
    }

    @Test
    void aUserNameMayContainSpaces() {
        AccessLogLine line = clean(COMMON.replace("- - [", "ident john q. public ["));
        assertThat(line.identity()).isEqualTo("ident");
        assertThat(line.user()).isEqualTo("john q. public");
    }

    @Test
    void escapedQuotesStayInsideTheirField() {
        AccessLogLine line = clean(COMMON + " \"say \\\"hi\\\" [now]\" \"back\\\\slash\"");
        assertThat(line.referrer()).isEqualTo("say \\\"hi\\\" [now]");
        assertThat(line.userAgent()).isEqualTo("back\\\\slash");
    }

    @Test
    void emptyFieldsInQuotesAreEmpty() {
        AccessLogLine line = clean(COMMON.replace("GET /a.html HTTP/1.1", "") + " \"\" \"\"");
        assertThat(line.request()).isEmpty();
        assertThat(line.referrer()).isEmpty();
        assertThat(line.userAgent()).isEmpty();
    }

    @Test
    void aDashForBytesIsZero() {
        assertThat(clean(COMMON.replace("1234", "-")).bytes()).isZero();
        assertThat(clean(COMMON.replace("1234", "0")).bytes()).isZero();
        assertThat(clean(COMMON.replace("1234", "999999999999999999")).bytes())
                .isEqualTo(999_999_999_999_999_999L);
    }

    @ParameterizedTest
    @CsvSource({
        "17/May/2015:10:05:03 +0000, 2015-05-17T10:05:03Z",
        "17/May/2015:10:05:03 +0200, 2015-05-17T08:05:03Z",
        "17/May/2015:10:05:03 -0330, 2015-05-17T13:35:03Z",
        "01/Jan/2015:00:00:00 +1400, 2014-12-31T10:00:00Z",
        "29/Feb/2024:23:59:59 +0000, 2024-02-29T23:59:59Z",
        "31/Dec/2016:23:59:60 +0000, 2017-01-01T00:00:00Z",
        "31/Dec/1969:23:59:59 +0000, 1969-12-31T23:59:59Z",
    })
    void timesHaveOffsets(String logged, Instant expected) {
        assertThat(clean(at(logged)).timestamp()).isEqualTo(expected.toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "29/Feb/2023:10:05:03 +0000",
                "31/Apr/2015:10:05:03 +0000",
                "00/May/2015:10:05:03 +0000",
                "32/May/2015:10:05:03 +0000",
                "17/may/2015:10:05:03 +0000",
                "17/anF/2015:10:05:03 +0000",
                "17/May/0000:10:05:03 +0000",
                "17/May/2015:24:05:03 +0000",
                "17/May/2015:10:60:03 +0000",
                "17/May/2015:10:05:61 +0000",
                "17/May/2015:10:05:03 0000",
                "17/May/2015:10:05:03 +0060",
                "17/May/2015:10:05:03 +2400",
                "17/May/2015:10:05:03",
                "7/May/2015:10:05:03 +0000",
                "2015-05-17T10:05:03Z",
                ""
            })
    void whatIsNoMomentIsDirty(String logged) {
        assertThat(dirty(at(logged)).reason()).isEqualTo(Reason.TIME);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "GET /a/b.html HTTP/1.1      | /a/b.html",
                "GET /a?x=1&y=/b?z HTTP/1.1  | /a",
                "GET /                       | /",
                "POST http://h.example/a?b=/c HTTP/1.0 | /a",
                "GET http://h.example HTTP/1.1         | /",
                "GET https://h.example?a=/b HTTP/1.1   | /",
                "GET ?x HTTP/1.1             | /",
                "OPTIONS * HTTP/1.1          | *",
                "M-SEARCH * HTTP/1.1         | *",
                "CONNECT h.example:443 HTTP/1.1 | h.example:443",
            })
    void thePageIsTheTargetWithoutHostAndQuery(String request, String page) {
        assertThat(requesting(request).page()).contains(page);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                " ",
                "GET",
                "GET ",
                " /",
                "get / HTTP/1.1",
                "GET  HTTP/1.1",
                "GET /a b HTTP/1.1",
                "GET / HTTP/1.1 ",
                "GET / FTP/1.1",
                "\\x16\\x03\\x01\\x02",
                "\\n"
            })
    void aBrokenRequestCountsButHasNoPage(String request) {
        AccessLogLine line = requesting(request);
        assertThat(line.request()).isEqualTo(request);
        assertThat(line.bytes()).isEqualTo(1234);
        assertThat(line.page()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "^^|EMPTY|1",
                "^\r^|EMPTY|1",
                "^ ^|VISITOR|1",
                "192.0.2.7|VISITOR|10",
                "<script> - - [|VISITOR|1",
                "192.0.2.7 |USER|11",
                "192.0.2.7  - [|USER|11",
                "192.0.2.7 - |USER|13",
                "192.0.2.7 - -|USER|13",
                "192.0.2.7 - - |USER|13",
                "192.0.2.7 - - [|TIME|16",
                "192.0.2.7 - - [17/May/2015:10:05:03 +0000|TIME|42",
                "192.0.2.7 - - [17/May/2015:10:05:03 +0000]|REQUEST|43",
                "192.0.2.7 - - [17/May/2015:10:05:03 +0000] GET|REQUEST|44",
                "192.0.2.7 - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\\\"|REQUEST|44",
                "192.0.2.7 - - [17/May/2015:10:05:03 +0000] \"\"|STATUS|46",
                "192.0.2.7 - - [17/May/2015:10:05:03 +0000] \"\" 20|STATUS|47",
                "192.0.2.7 - - [17/May/2015:10:05:03 +0000] \"\" 099 1|STATUS|47",
                "192.0.2.7 - - [17/May/2015:10:05:03 +0000] \"\" 2000 1|STATUS|50",
                "192.0.2.7 - - [17/May/2015:10:05:03 +0000] \"\" 200|BYTES|50",
                "192.0.2.7 - - [17/May/2015:10:05:03 +0000] \"\" 200 |BYTES|51",
                "192.0.2.7 - - [17/May/2015:10:05:03 +0000] \"\" 200 x|BYTES|51",
                "192.0.2.7 - - [17/May/2015:10:05:03 +0000] \"\" 200 1234567890123456789|BYTES|69",
                "192.0.2.7 - - [17/May/2015:10:05:03 +0000] \"\" 200 -1|REST|52",
                "192.0.2.7 - - [17/May/2015:10:05:03 +0000] \"\" 200 1k|REST|52",
                "192.0.2.7 - - [17/May/2015:10:05:03 +0000] \"\" 200 1 |REFERRER|53",
                "192.0.2.7 - - [17/May/2015:10:05:03 +0000] \"\" 200 1 \"a|REFERRER|53",
                "192.0.2.7 - - [17/May/2015:10:05:03 +0000] \"\" 200 1 \"a\"|USER_AGENT|56",
                "192.0.2.7 - - [17/May/2015:10:05:03 +0000] \"\" 200 1 \"a\" \"b|USER_AGENT|57",
                "192.0.2.7 - - [17/May/2015:10:05:03 +0000] \"\" 200 1 \"a\" \"b\\|USER_AGENT|57",
                "192.0.2.7 - - [17/May/2015:10:05:03 +0000] \"\" 200 1 \"a\" \"b\" |REST|60",
                "192.0.2.7 - - [17/May/2015:10:05:03 +0000] \"\" 200 1 \"a\" \"b\"c|REST|60",
            })
    void aDirtyLineSaysWhyAndWhereAndKeepsItsText(String line, Reason reason, int column) {
        assertThat(parser.parse(line)).isEqualTo(new DirtyLine(line, reason, column));
        assertThat(parser.parse(line).toString()).contains(reason.words(), "column " + column);
    }

    @Test
    void aCarriageReturnAtTheEndIsPassedOver() {
        assertThat(parser.parse(COMBINED + "\r")).isEqualTo(parser.parse(COMBINED));
        assertThat(parser.parse(COMMON + "\r")).isEqualTo(parser.parse(COMMON));
    }

    @Test
    void bytesThatAreNotUtf8AreKeptOneCharacterEach() {
        byte[] line = "192.0.2.7 ü \u00ff...".getBytes(StandardCharsets.UTF_8);
        int bad = line.length - 4;
        line[bad] = (byte) 0xfe;
        DirtyLine dirty = (DirtyLine) parser.parse(line);
        assertThat(dirty.reason()).isEqualTo(Reason.NOT_UTF8);
        assertThat(dirty.text().getBytes(StandardCharsets.ISO_8859_1)).isEqualTo(line);
        assertThat(dirty.column()).isEqualTo(line.length - 4);
    }

    @Test
    void aLineThatLostBytesWhenItWasDecodedIsAsDirtyAsItsBytes() {
        byte[] line = (COMBINED + "?").getBytes(StandardCharsets.UTF_8);
        line[line.length - 5] = (byte) 0xc3;
        assertThat(parser.parse(line)).isInstanceOf(DirtyLine.class);
        DirtyLine decoded = dirty(new String(line, StandardCharsets.UTF_8));
        assertThat(decoded.reason()).isEqualTo(Reason.NOT_UTF8);
        assertThat(decoded.column()).isEqualTo(line.length - 4);
    }

    @Test
    void textBeyondAsciiIsWelcomeInQuotedFields() {
        AccessLogLine line = clean(COMBINED.replace("/a.html", "/größe/\ud83d\ude00"));
        assertThat(line.page()).contains("/größe/\ud83d\ude00");
        assertThat(parser.parse(COMBINED.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(parser.parse(COMBINED));
    }

    @Test
    void aLineBeyondTheLongestIsCutAndDirty() {
        AccessLogParser strict = new AccessLogParser(COMBINED.length());
        assertThat(strict.parse(COMBINED)).isInstanceOf(AccessLogLine.class);
        assertThat(strict.parse(COMBINED + "x"))
                .isEqualTo(new DirtyLine(COMBINED, Reason.TOO_LONG, COMBINED.length() + 1));
        assertThat(dirty("x".repeat(AccessLogParser.DEFAULT_MAX_LENGTH + 1)).text())
                .hasSize(AccessLogParser.DEFAULT_MAX_LENGTH);
        assertThatThrownBy(() -> new AccessLogParser(0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private AccessLogLine clean(String line) {
        assertThat(parser.parse(line)).isInstanceOf(AccessLogLine.class);
        return (AccessLogLine) parser.parse(line);
    }

    private DirtyLine dirty(String line) {
        assertThat(parser.parse(line)).isInstanceOf(DirtyLine.class);
        return (DirtyLine) parser.parse(line);
    }

    private AccessLogLine requesting(String request) {
        return clean(COMBINED.replace("GET /a.html HTTP/1.1", request));
    }

    private static String at(String time) {
        return COMBINED.replace("17/May/2015:10:05:03 +0000", time);
    }
}
