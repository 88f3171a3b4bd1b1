package io.holdfast.runtime.connector;

import io.holdfast.api.error.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The lines of files: one split for each file, whose position is a byte offset. Lines are UTF-8 and
 * end with LF or CR LF; malformed bytes become U+FFFD. The files must not change while jobs read
 * them.
 */
public final class LinesSource implements ImmediateSource<String> {
    private final List<Path> paths;

    /**
     * Reads files.
     *
     * @param paths files, or directories of which every visible file is read, not those below
     */
    public LinesSource(List<Path> paths) {
        this.paths = List.copyOf(paths);
    }

    @Override
    public List<Split> splits() throws IOException {
        Set<Path> files = new LinkedHashSet<>();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                try (Stream<Path> inside = Files.list(path)) {
                    inside.filter(Files::isRegularFile)
                            .filter(file -> !file.getFileName().toString().startsWith("."))
                            .sorted()
                            .forEach(files::add);
                }
            } else if (Files.isReadable(path)) {
                files.add(path);
            } else {
                throw Problem.user("JOB-6032", "There is no readable file " + path + ".")
                        .with("looked at", path.toAbsolutePath())
                        .advise("correct the path of the input")
                        .exception();
            }
        }
        if (files.isEmpty()) {
            throw Problem.user("JOB-6033", "There is no file to read lines from.")
                    .with("looked in", paths)
                    .advise("name a file, or a directory with visible files in it")
                    .exception();
        }
        return files.stream()
                .map(file -> new Split(file.toAbsolutePath().normalize().toString(), 0))
                .toList();
    }

    @Override
    public SplitReader<String> open(Split split) throws IOException {
        Path file = Path.of(split.id());
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        if (split.position() > channel.size()) {
            long size = channel.size();
            channel.close();
            throw Problem.data("JOB-6034", "File " + file + " is shorter than what was read of it.")
                    .with("read", split.position() + " bytes")
                    .with("present", size + " bytes")
                    .advise("put the file back as it was, or start the job without its state")
                    .exception();
        }
        channel.position(split.position());
        return new LineReader(Channels.newInputStream(channel), split.position());
    }

    /** Finds lines in bytes, and counts bytes. */
    static final class LineReader implements SplitReader<String> {
        private static final int BUFFER = 1 << 16;

        private final InputStream in;
        private byte[] buffer = new byte[BUFFER];
        private int begin;
        private int end;
        private long position;

        LineReader(InputStream in, long position) {
            this.in = in;
            this.position = position;
        }

        @Override
        public String next() throws IOException {
            int scanned = begin;
            while (true) {
                for (int i = scanned; i < end; i++) {
                    if (buffer[i] == '\n') {
                        return line(i, i + 1);
                    }
                }
                scanned = end - begin;
                if (!fill()) {
                    return begin == end ? null : line(end, end);
                }
                scanned += begin;
            }
        }

        private String line(int last, int next) {
            int textEnd = last > begin && buffer[last - 1] == '\r' && last < next ? last - 1 : last;
            String line = new String(buffer, begin, textEnd - begin, StandardCharsets.UTF_8);
            position += next - begin;
            begin = next;
            return line;
        }

        /** Moves what is left to the front and reads behind it. */
        private boolean fill() throws IOException {
            int left = end - begin;
            byte[] target = left > buffer.length / 2 ? new byte[buffer.length * 2] : buffer;
            System.arraycopy(buffer, begin, target, 0, left);
            buffer = target;
            begin = 0;
            end = left;
            int read = in.read(buffer, end, buffer.length - end);
            if (read <= 0) {
                return false;
            }
            end += read;
            return true;
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
