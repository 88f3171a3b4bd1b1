package io.holdfast.control.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines through a real socket, and the limits. */
class ExchangeTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(20);

    @TempDir Path directory;
    private Path socket;
    private ServerSocketChannel listening;
    private Exchange here;
    private SocketChannel raw;

    @BeforeEach
    void connect() throws IOException {
        socket = directory.resolve("s");
        listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listening.bind(UnixDomainSocketAddress.of(socket));
        here = Exchange.connect(socket);
        raw = listening.accept();
    }

    @AfterEach
    void close() throws IOException {
        here.close();
        raw.close();
        listening.close();
    }

    private void send(String text) throws IOException {
        raw.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void linesComeInTheirOrderHoweverTheyAreCut() throws IOException {
        send("one\ttw");
        send("o\nthree\nfo");
        send("ur\tä\n");
        assertThat(here.read(LONG)).isEqualTo(Line.of("one", "two"));
        assertThat(here.read(LONG)).isEqualTo(Line.of("three"));
        assertThat(here.read(LONG)).isEqualTo(Line.of("four", "ä"));
    }

    @Test
    void whoSaysNothingIsNotWaitedForLongerThanTheLimit() throws IOException {
        send("half a li");
        assertThatThrownBy(() -> here.read(SHORT)).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void whoTakesNothingIsNotWaitedForLongerThanTheLimit() {
        Line line = Line.of("tag", "x".repeat(2500));
        assertThatThrownBy(
                        () -> {
                            while (true) {
                                here.write(line, SHORT);
                            }
                        })
                .isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void aLineThatDoesNotEndIsRefused() throws Exception {
        Thread endless =
                new Thread(
                        () -> {
                            try {
                                while (true) {
                                    send("x".repeat(1000));
                                }
                            } catch (IOException e) {
                                return; // The reader has had enough.
                            }
                        });
        endless.start();
        assertThatThrownBy(() -> here.read(LONG))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("longer than " + Exchange.LONGEST_LINE);
        here.close();
        endless.join();
    }

    @Test
    void anEndInTheMiddleOfALineIsNoLine() throws IOException {
        send("half a li");
        raw.close();
        assertThatThrownBy(() -> here.read(LONG)).isInstanceOf(EOFException.class);
    }

    @Test
    void aSocketWhoseOwnerIsDeadRefuses() throws IOException {
        listening.close();
        assertThatThrownBy(() -> Exchange.connect(socket)).isInstanceOf(ConnectException.class);
    }
}
