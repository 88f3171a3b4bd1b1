package io.holdfast.examples.sessions;

import io.holdfast.api.connector.Source;
import java.io.IOException;
import java.util.List;

/**
 * A source of lines, parsed as they are read, so that the engine can take event time from them. A
 * source is wrapped like this wherever a record's time stands in its text.
 */
final class ParsedLog implements Source<ParsedLog.Line> {
    /**
     * A line and where it comes from.
     *
     * @param file the file; lines of one file stay in their order
     * @param content what became of it
     */
    record Line(String file, ParsedLine content) {}

    private final Source<String> lines;
    private final AccessLogParser parser = new AccessLogParser();

    ParsedLog(Source<String> lines) {
        this.lines = lines;
    }

    @Override
    public List<Split> splits() throws IOException {
        return lines.splits();
    }

    @Override
    public SplitReader<Line> open(Split split) throws IOException {
        SplitReader<String> reader = lines.open(split);
        return new SplitReader<>() {
            @Override
            public Line next() throws IOException {
                String line = reader.next();
                return line == null ? null : new Line(split.id(), parser.parse(line));
            }

            @Override
            public long position() {
                return reader.position();
            }

            @Override
            public void close() throws IOException {
                reader.close();
            }
        };
    }
}
