package io.holdfast.examples.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.examples.SharedData;
import io.holdfast.examples.StandardTools;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The parser and the reference count as awk and sort do, on real, made-up and damaged logs. */
class SessionsReferenceTest {
    private static final List<String> SAMPLE =
            List.of(
                    "192.0.2.1 - - [17/May/2015:10:00:00 +0000] \"GET /a HTTP/1.1\" 200 100 \"-\" \"x\"",
                    "192.0.2.1 - - [17/May/2015:10:29:59 +0000] \"GET /b?q HTTP/1.1\" 200 10 \"-\" \"x\"",
                    "192.0.2.1 - - [17/May/2015:10:59:59 +0000] \"GET /a HTTP/1.1\" 304 - \"-\" \"x\"",
                    "2001:db8::1 - - [17/May/2015:12:59:00 +0200] \"GET /b HTTP/1.1\" 200 1",
                    "host.example id a b [17/May/2015:10:59:30 +0000] \"\\x16\\x03\" 400 7 \"\" \"\\\"q\\\"\"",
                    "192.0.2.1 - - [17/May/2015:09:59:30 +0000] \"GET /ä HTTP/1.1\" 200 5 \"-\" \"x\"",
                    "192.0.2.1 - - [29/Feb/2015:10:00:00 +0000] \"GET /a HTTP/1.1\" 200 9 \"-\" \"x\"",
                    "192.0.2.1 - - [17/May/2015:10:00:00 +0000] \"GET /a HTTP/1.1\" 200 9 \"-\" \"x",
                    "");

    @TempDir Path directory;

    @BeforeEach
    void needsTheTools() {
        StandardTools.assumeInstalled("sh", "awk", "sort", "mktemp");
    }

    @Test
    void aSmallLogIsCountedAsByHand() throws Exception {
        List<byte[]> log = bytes(SAMPLE);
        List<String> byHand =
                List.of(
                        "lines\t9",
                        "dirty\t3",
                        "bytes\t123",
                        "visitor\t192.0.2.1\t4\t2\t115",
                        "visitor\t2001:db8::1\t1\t1\t1",
                        "visitor\thost.example\t1\t1\t7",
                        "page\t23864279\t1\t/ä\t1",
                        "page\t23864280\t1\t/a\t1",
                        "page\t23864309\t1\t/b\t1",
                        "page\t23864339\t1\t/a\t1",
                        "page\t23864339\t2\t/b\t1");
        assertThat(SessionsReference.totals(LogFile.parse(log))).isEqualTo(byHand);
        assertThat(countedByAwk(log)).isEqualTo(byHand);
    }

    @Test
    void damagedLogsAreCountedTheSame() throws Exception {
        long seed = Long.getLong("test.seed", System.nanoTime());
        System.out.println("test.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        List<byte[]> sample = bytes(SAMPLE);
        List<byte[]> log = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            byte[] line = sample.get(random.nextInt(sample.size() - 1));
            for (int damage = random.nextInt(3); damage > 0; damage--) {
                line = damaged(line, random);
            }
            log.add(line);
        }
        List<ParsedLine> parsed = LogFile.parse(log);
        List<String> expected = countedByAwk(log);
        assertThat(SessionsReference.totals(parsed)).as("seed %d", seed).isEqualTo(expected);
        assertThat(parsed).anyMatch(line -> line instanceof AccessLogLine);
        assertThat(
                        parsed.stream()
                                .filter(line -> line instanceof DirtyLine)
                                .map(line -> ((DirtyLine) line).reason())
                                .distinct()
                                .count())
                .as("seed %d, kinds of dirt", seed)
                .isGreaterThan(7);
    }

    @Test
    void theRealLogIsCountedTheSame() throws Exception {
        Path log = SharedData.accessLog();
        List<byte[]> lines = LogFile.lines(log);
        List<String> totals = SessionsReference.totals(LogFile.parse(lines));
        assertThat(totals).isEqualTo(StandardTools.run(LogFile.countWithAwk(log)));
        assertThat(totals).startsWith("lines\t10000", "dirty\t1", "bytes\t2747282505");
    }

    /** What a watermark must allow for: how far behind the latest time so far a request may be. */
    @Test
    void theRealLogIsOutOfOrderByLessThanAMinute() throws Exception {
        long latest = Long.MIN_VALUE;
        long furthestBehind = 0;
        for (ParsedLine line : LogFile.parse(LogFile.lines(SharedData.accessLog()))) {
            if (line instanceof AccessLogLine request) {
                latest = Math.max(latest, request.timestamp());
                furthestBehind = Math.max(furthestBehind, latest - request.timestamp());
            }
        }
        assertThat(furthestBehind).isEqualTo(59_000);
    }

    private List<String> countedByAwk(List<byte[]> lines) throws Exception {
        Path log = directory.resolve("access.log");
        LogFile.write(log, lines);
        return StandardTools.run(LogFile.countWithAwk(log));
    }

    private static List<byte[]> bytes(List<String> lines) {
        return lines.stream().map(line -> line.getBytes(StandardCharsets.UTF_8)).toList();
    }

    /** Changes, removes, inserts or doubles a byte, or cuts the line off. */
    private static byte[] damaged(byte[] line, SplittableRandom random) {
        if (line.length == 0) {
            return line;
        }
        int at = random.nextInt(line.length);
        byte[] left = Arrays.copyOfRange(line, 0, at);
        byte[] right = Arrays.copyOfRange(line, at + 1, line.length);
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> joined(left, anyByte(random), right);
            case 3 -> joined(left, right);
            case 4 -> joined(left, anyByte(random), new byte[] {line[at]}, right);
            case 5 -> joined(left, new byte[] {line[at], line[at]}, right);
            case 6 -> left;
            default ->
                    joined(
                            left,
                            "\" \\[]-:?0"
                                    .substring(random.nextInt(9))
                                    .getBytes(StandardCharsets.US_ASCII),
                            right);
        };
    }

    /** Not NUL, tab or line feed, which the columns of awk's output do not survive. */
    private static byte[] anyByte(SplittableRandom random) {
        return new byte[] {(byte) random.nextInt(11, 256)};
    }

    private static byte[] joined(byte[]... parts) {
        var joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
