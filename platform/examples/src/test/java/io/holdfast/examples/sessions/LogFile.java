package io.holdfast.examples.sessions;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Logs as files, and the count that awk makes of them. */
final class LogFile {
    private LogFile() {}

    /** The lines of a file as bytes, without their line feeds. */
    static List<byte[]> lines(Path file) throws IOException {
        List<byte[]> lines = new ArrayList<>();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (byte b : Files.readAllBytes(file)) {
            if (b == '\n') {
                lines.add(line.toByteArray());
                line.reset();
            } else {
                line.write(b);
            }
        }
        if (line.size() > 0) {
            lines.add(line.toByteArray());
        }
        return lines;
    }

    static void write(Path file, List<byte[]> lines) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] line : lines) {
            content.writeBytes(line);
            content.write('\n');
        }
        Files.write(file, content.toByteArray());
    }

    static List<ParsedLine> parse(List<byte[]> lines) {
        AccessLogParser parser = new AccessLogParser();
        return lines.stream().map(parser::parse).toList();
    }

    /** The command that counts a log without Java; needs sh, awk and sort. */
    static String[] countWithAwk(Path log) throws URISyntaxException {
        Path script = Path.of(LogFile.class.getResource("access-log-totals.sh").toURI());
        return new String[] {"sh", script.toString(), log.toString()};
    }
}
