package io.holdfast.control.wire;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * One end of a connection through a socket in the file system: lines of UTF-8, none longer than a
 * limit, none waited for longer than a limit. Used by one thread.
 */
public final class Exchange implements AutoCloseable {
    /** The longest line, in bytes. */
    public static final int LONGEST_LINE = 1 << 17;

    private final SocketChannel channel;
    private final Selector selector;
    private final ByteBuffer incoming = ByteBuffer.allocate(1 << 13).flip();

    /**
     * An end of a connection that exists.
     *
     * @param channel connected; closed with this
     * @throws IOException if it cannot be used; the channel is closed then
     */
    public Exchange(SocketChannel channel) throws IOException {
        this.channel = channel;
        try {
            channel.configureBlocking(false);
            this.selector = Selector.open();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Connects.
     *
     * @param socket where somebody listens
     * @return the caller's end
     * @throws java.net.ConnectException if nobody listens there any more
     * @throws IOException if the connection cannot be made now
     */
    public static Exchange connect(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.configureBlocking(false);
            if (!channel.connect(UnixDomainSocketAddress.of(socket))) {
                throw new SocketTimeoutException("too many wait for it already");
            }
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        return new Exchange(channel);
    }

    /**
     * Reads a line.
     *
     * @param limit the longest time to wait
     * @return the line
     * @throws EOFException if the other end closed the connection
     * @throws SocketTimeoutException if the line did not come in time
     * @throws IOException if it is too long or no line, or if the connection broke
     */
    public Line read(Duration limit) throws IOException {
        long end = System.nanoTime() + limit.toNanos();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        while (true) {
            while (incoming.hasRemaining()) {
                byte letter = incoming.get();
                if (letter == '\n') {
                    return Line.parse(text.toString(StandardCharsets.UTF_8));
                }
                text.write(letter);
                if (text.size() > LONGEST_LINE) {
                    throw new IOException("a line is longer than " + LONGEST_LINE + " bytes");
                }
            }
            incoming.clear();
            int count = channel.read(incoming);
            incoming.flip();
            if (count < 0) {
                throw new EOFException("the other end closed the connection");
            } else if (count == 0) {
                await(SelectionKey.OP_READ, end, limit);
            }
        }
    }

    /**
     * Sends a line.
     *
     * @param line the line
     * @param limit the longest time to wait for the other end to take it
     * @throws SocketTimeoutException if it did not take it in time
     * @throws IOException if the line is too long, or if the connection broke
     */
    public void write(Line line, Duration limit) throws IOException {
        byte[] text = (line.text() + "\n").getBytes(StandardCharsets.UTF_8);
        if (text.length > LONGEST_LINE) {
            throw new IOException("the line '" + line.tag() + "' is too long to be sent");
        }
        long end = System.nanoTime() + limit.toNanos();
        ByteBuffer outgoing = ByteBuffer.wrap(text);
        while (outgoing.hasRemaining()) {
            if (channel.write(outgoing) == 0) {
                await(SelectionKey.OP_WRITE, end, limit);
            }
        }
    }

    private void await(int operation, long end, Duration limit) throws IOException {
        SelectionKey key = channel.register(selector, operation);
        long millis = (end - System.nanoTime()) / 1_000_000;
        if (millis <= 0 || selector.select(millis) == 0 && System.nanoTime() >= end) {
            throw new SocketTimeoutException("no answer within " + limit.toMillis() + " ms");
        }
        selector.selectedKeys().clear();
        key.interestOps(0);
    }

    @Override
    public void close() {
        try (channel) {
            selector.close();
        } catch (IOException e) {
            // Nothing more is to be said over it.
            return;
        }
    }
}
