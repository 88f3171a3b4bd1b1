package io.holdfast.control.client;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.control.view.HandOverView;
import io.holdfast.control.view.HostView;
import io.holdfast.control.view.ModuleView;
import io.holdfast.control.wire.Document;
import io.holdfast.control.wire.Exchange;
import io.holdfast.control.wire.Limits;
import io.holdfast.control.wire.Line;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Asks one host in another process. Every question is a connection of its own. May be used from any
 * thread. What the host refuses is thrown as it was said there; CONTROL-8003 is thrown if the
 * process ended or does not answer.
 */
public final class HostClient {
    private final Path socket;
    private final HostView view;

    private HostClient(Path socket, HostView view) {
        this.socket = socket;
        this.view = view;
    }

    static HostClient connect(Path socket) throws IOException {
        return new HostClient(
                socket, Document.host(ask(socket, Limits.FIRST_ANSWER, Line.of("host"))));
    }

    /**
     * What it told about itself when it was found.
     *
     * @return process, folder and jobs of that moment
     */
    public HostView view() {
        return view;
    }

    /**
     * What it tells about itself now.
     *
     * @return process, folder and jobs
     */
    public HostView now() {
        return ask(Document::host, Line.of("host"));
    }

    /**
     * Its modules.
     *
     * @return as they are now, in the order of discovery
     */
    public List<ModuleView> modules() {
        return ask(Document::modules, Line.of("modules"));
    }

    /**
     * Lets it compare its folder with what it has loaded, without waiting for an event of the file
     * system; jars that are still being copied are waited for, a while.
     *
     * @return its modules after that
     */
    public List<ModuleView> refresh() {
        return ask(Document::modules, Line.of("refresh"));
    }

    /**
     * Hands the state of a running job over to another backend.
     *
     * @param jobId the job
     * @param backend name of a state backend
     * @return how it went; what is thrown left the job on the backend it had, or failed it
     */
    public HandOverView switchBackend(String jobId, String backend) {
        return ask(Document::handOver, Line.of("switch", jobId, backend));
    }

    /**
     * Hands the state of a running job over to the version of its backend that is handed out now.
     *
     * @param jobId the job
     * @return how it went; what is thrown left the job on the version it had, or failed it
     */
    public HandOverView handOver(String jobId) {
        return ask(Document::handOver, Line.of("handover", jobId));
    }

    /** Reads an answer. */
    private interface Reader<T> {
        T read(List<Line> lines) throws IOException;
    }

    private <T> T ask(Reader<T> reader, Line question) {
        try {
            return reader.read(ask(socket, Limits.SILENCE, question));
        } catch (IOException e) {
            throw new HoldfastException(unreachable(socket, e), e);
        }
    }

    private static List<Line> ask(Path socket, Duration silence, Line question) throws IOException {
        long end = System.nanoTime() + Limits.LONGEST_WORK.toNanos();
        try (Exchange exchange = Exchange.connect(socket)) {
            exchange.write(Line.of("holdfast", Limits.VERSION), silence);
            exchange.write(question, silence);
            List<Line> lines = new ArrayList<>();
            for (Line line = exchange.read(silence);
                    !line.tag().equals("end");
                    line = exchange.read(silence)) {
                if (line.tag().equals("failed")) {
                    throw new HoldfastException(Document.problem(rest(exchange, silence)));
                }
                if (!line.tag().equals("working")) {
                    lines.add(line);
                }
                if (lines.size() > Limits.MOST_LINES || System.nanoTime() > end) {
                    throw new IOException("the answer does not end");
                }
            }
            return lines;
        }
    }

    private static List<Line> rest(Exchange exchange, Duration silence) throws IOException {
        List<Line> lines = new ArrayList<>();
        for (Line line = exchange.read(silence);
                !line.tag().equals("end") && lines.size() < Limits.MOST_LINES;
                line = exchange.read(silence)) {
            lines.add(line);
        }
        return lines;
    }

    /** Says that a host cannot be asked. */
    static Problem unreachable(Path socket, IOException cause) {
        String process = Objects.toString(socket.getFileName()).replaceFirst("\\.sock$", "");
        return Problem.environment(
                        "CONTROL-8003",
                        cause instanceof ConnectException
                                ? "The process %s has ended.".formatted(process)
                                : "The process %s does not answer.".formatted(process))
                .with("socket", socket)
                .with("because", cause)
                .advise("see whether it still runs; it may also be of another version")
                .build();
    }
}
