package io.holdfast.control.server;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.control.client.ControlDirectory;
import io.holdfast.control.wire.Document;
import io.holdfast.control.wire.Exchange;
import io.holdfast.control.wire.Limits;
import io.holdfast.control.wire.Line;
import io.holdfast.runtime.LocalPlatform;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets other processes of the same user look at a platform of this process and ask it for
 * something: {@code holdfast module} and {@code holdfast job} do. There is a socket in a directory
 * that nobody else may enter; nothing listens on a network. Its threads are daemons.
 */
public final class ControlServer implements AutoCloseable {
    /*
     * A connection carries one question: the line "holdfast" with the version, a line with what is asked, and the lines of the answer, with "working"
     * among them as long as it takes, "failed" and a problem if it failed, and "end". Every wait has a limit, so that nobody can hold a thread.
     *
     * The socket is bound under another name and then renamed: whoever finds it finds somebody who listens, so a socket that refuses a connection is
     * one of a process that died, and whoever notices removes it.
     */
    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
    private static final int AT_ONCE = 16;
    private static final int MOST_HOSTS = 100;
    private static final Duration LONGEST_QUESTION = Duration.ofSeconds(5);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final LocalPlatform platform;
    private final ServerSocketChannel listening;
    private final Path socket;
    private final Semaphore free = new Semaphore(AT_ONCE);

    private ControlServer(LocalPlatform platform, ServerSocketChannel listening, Path socket) {
        this.platform = platform;
        this.listening = listening;
        this.socket = socket;
    }

    /**
     * Begins to listen.
     *
     * @param platform is told about and asked; outlives the server
     * @param directory gets the socket; made if need be
     * @return the server; the caller closes it
     * @throws HoldfastException CONTROL-8001 if there can be no socket
     */
    public static ControlServer open(LocalPlatform platform, ControlDirectory directory) {
        try {
            directory.prepare();
            ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                Path socket = bind(listening, directory);
                ControlServer server = new ControlServer(platform, listening, socket);
                daemon(server::listen, "holdfast-control").start();
                return server;
            } catch (IOException | RuntimeException e) {
                listening.close();
                throw e;
            }
        } catch (IOException | UnsupportedOperationException e) {
            throw Problem.environment(
                            "CONTROL-8001",
                            "Other processes cannot ask this one: there is no control socket.")
                    .with("directory", directory.path())
                    .with("because", e)
                    .advise(
                            "let XDG_RUNTIME_DIR name a directory of this user that can be written,"
                                    + " with a short path")
                    .exception(e);
        }
    }

    private static Path bind(ServerSocketChannel listening, ControlDirectory directory)
            throws IOException {
        Path hidden = directory.path().resolve("." + UUID.randomUUID().toString().substring(24));
        listening.bind(UnixDomainSocketAddress.of(hidden));
        try {
            long pid = ProcessHandle.current().pid();
            for (int number = 0; number < MOST_HOSTS; number++) {
                Path socket = directory.socket(pid, number);
                if (!isAlive(socket)) {
                    return Files.move(hidden, socket, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
                }
            }
            throw new IOException("this process has " + MOST_HOSTS + " hosts already");
        } finally {
            Files.deleteIfExists(hidden);
        }
    }

    private static boolean isAlive(Path socket) {
        try (Exchange other = Exchange.connect(socket)) {
            return true;
        } catch (SocketTimeoutException e) {
            return true; // So alive that others wait for it.
        } catch (IOException e) {
            return false;
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(null, task, name, 0, false);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Where it listens.
     *
     * @return a path in the directory
     */
    public Path socket() {
        return socket;
    }

    private void listen() {
        while (listening.isOpen()) {
            try {
                accept();
            } catch (ClosedChannelException e) {
                LOG.debug("{} was closed", socket);
            } catch (IOException e) {
                // Too many open files, for example: that passes.
                LOG.warn("Other processes cannot ask this one now: {}", e.toString());
                LockSupport.parkNanos(AFTER_FAILURE.toNanos());
            }
        }
    }

    private void accept() throws IOException {
        SocketChannel caller = listening.accept();
        if (free.tryAcquire()) {
            daemon(() -> serve(caller), "holdfast-control-answer").start();
        } else {
            caller.close();
        }
    }

    private void serve(SocketChannel caller) {
        try (Exchange exchange = new Exchange(caller)) {
            answer(exchange);
        } catch (IOException e) {
            LOG.debug("A question came to nothing: {}", e.toString());
        } finally {
            free.release();
        }
    }

    private void answer(Exchange exchange) throws IOException {
        Line hello = exchange.read(LONGEST_QUESTION);
        if (!hello.tag().equals("holdfast")
                || !hello.from(0).equals(List.of(Integer.toString(Limits.VERSION)))) {
            fail(exchange, otherVersion(hello));
            return;
        }
        Line question = exchange.read(LONGEST_QUESTION);
        CompletableFuture<List<Line>> work = new CompletableFuture<>();
        daemon(() -> work(question, work), "holdfast-control-work").start();
        while (true) {
            try {
                List<Line> lines = work.get(Limits.SIGN_OF_LIFE.toMillis(), TimeUnit.MILLISECONDS);
                send(exchange, lines);
                return;
            } catch (TimeoutException e) {
                exchange.write(Line.of("working"), Limits.SILENCE);
            } catch (ExecutionException e) {
                fail(exchange, problem(question, e.getCause()));
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void work(Line question, CompletableFuture<List<Line>> result) {
        try {
            result.complete(new Answers(platform).to(question));
        } catch (Throwable e) {
            result.completeExceptionally(e);
        }
    }

    private static void send(Exchange exchange, List<Line> lines) throws IOException {
        for (Line line : lines) {
            exchange.write(line, Limits.SILENCE);
        }
        exchange.write(Line.of("end"), Limits.SILENCE);
    }

    private static void fail(Exchange exchange, Problem problem) throws IOException {
        exchange.write(Line.of("failed"), Limits.SILENCE);
        send(exchange, Document.of(problem));
    }

    private static Problem otherVersion(Line hello) {
        return Problem.environment(
                        "CONTROL-8004", "The two processes are of versions that do not fit.")
                .with("asked", hello.text().replace('\t', ' '))
                .with("spoken here", "holdfast " + Limits.VERSION)
                .advise("use the command of the version that the process was started with")
                .build();
    }

    private static Problem problem(Line question, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof HoldfastException explained) {
                return explained.problem();
            }
        }
        LOG.warn("The question '{}' could not be answered", question.tag(), failure);
        return Problem.bug("CONTROL-8009", "The question could not be answered: " + failure)
                .with("asked", question.tag())
                .build();
    }

    /** Listens no more. What is being answered is answered. Idempotent. */
    @Override
    public void close() {
        try (listening) {
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            LOG.debug("{} stays, and nobody listens there", socket, e);
        }
    }
}
