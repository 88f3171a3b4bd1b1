package io.holdfast.toolkit.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.spi.snapshot.SnapshotOutput;
import io.holdfast.spi.snapshot.StreamHandle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who closes what, when a stream is stopped at any moment. */
class CheckpointStreamsTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Memory> begun = new ArrayList<>();
    private final List<StreamHandle> removed = new ArrayList<>();
    private final List<StreamHandle> ended = new ArrayList<>();
    private final CheckpointStreams streams =
            new CheckpointStreams(
                    new StreamFactory() {
                        @Override
                        public SnapshotOutput begin(StreamPlace place) {
                            Memory memory = new Memory();
                            begun.add(memory);
                            return memory;
                        }

                        @Override
                        public void ended(StreamHandle finished) {
                            ended.add(finished);
                        }
                    },
                    removed::add);

    /** A stream whose writes can be made to hang until they are let go. */
    private static final class Memory extends SnapshotOutput {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final CountDownLatch entered = new CountDownLatch(1);
        private volatile CountDownLatch hold = new CountDownLatch(0);
        private volatile boolean failing;
        private volatile int closes;

        @Override
        public long position() {
            return bytes.size();
        }

        @Override
        public void write(int value) throws IOException {
            entered.countDown();
            try {
                hold.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            if (failing) {
                throw new IOException("No space left on device");
            }
            bytes.write(value);
        }

        @Override
        public StreamHandle finish() throws IOException {
            write(0);
            return new StreamHandle.Inline(bytes.toByteArray());
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate")
        public void close() {
            closes++;
        }
    }

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    @Test
    void closingDoesNotWaitForAWriteThatHangs() throws Exception {
        SnapshotOutput stream = streams.begin(null);
        Memory memory = begun.get(0);
        memory.hold = new CountDownLatch(1);
        Future<?> writer =
                threads.submit(
                        () -> {
                            stream.write(1);
                            return null;
                        });
        memory.entered.await();
        stream.close();
        assertThat(memory.closes).as("closed while it is written").isZero();
        memory.hold.countDown();
        writer.get();
        assertThat(memory.closes).as("closed by the writer on its way out").isEqualTo(1);
        assertThatThrownBy(() -> stream.write(2)).isInstanceOf(IOException.class);
        stream.close();
        assertThat(memory.closes).isEqualTo(1);
    }

    @Test
    void aStreamThatFinishesAfterAllWasGivenUpIsRemoved() throws Exception {
        SnapshotOutput stream = streams.begin(null);
        Memory memory = begun.get(0);
        memory.hold = new CountDownLatch(1);
        Future<StreamHandle> writer = threads.submit(stream::finish);
        memory.entered.await();
        streams.abandon();
        memory.hold.countDown();
        assertThatThrownBy(writer::get).hasRootCauseInstanceOf(IOException.class);
        assertThat(removed).hasSize(1);
        assertThat(ended).hasSize(1);
    }

    @Test
    void givingUpClosesOpenStreamsAndRemovesFinishedOnes() throws Exception {
        SnapshotOutput open = streams.begin(null);
        StreamHandle finished = streams.begin(null).finish();
        streams.abandon();
        streams.abandon();
        assertThat(begun.get(0).closes).isEqualTo(1);
        assertThat(removed).containsExactly(finished);
        assertThatThrownBy(() -> open.write(1)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> streams.begin(null)).hasMessageContaining("given up");
    }

    @Test
    void publishedStreamsAreNotRemoved() throws Exception {
        StreamHandle finished = streams.begin(null).finish();
        streams.seal();
        streams.published();
        streams.abandon();
        assertThat(removed).isEmpty();
        assertThat(ended).containsExactly(finished);
    }

    @Test
    void openStreamsPreventPublishing() throws Exception {
        SnapshotOutput stream = streams.begin(null);
        assertThatThrownBy(streams::seal).hasMessageContaining("1 of its streams are open");
        stream.close();
        streams.seal();
        assertThatThrownBy(() -> streams.begin(null)).isInstanceOf(IOException.class);
    }

    @Test
    void afterAFailedWriteNothingIsAccepted() throws Exception {
        SnapshotOutput stream = streams.begin(null);
        begun.get(0).failing = true;
        assertThatThrownBy(() -> stream.write(1)).hasMessage("No space left on device");
        begun.get(0).failing = false;
        assertThatThrownBy(stream::finish)
                .hasMessage("an earlier write to this stream failed")
                .hasRootCauseMessage("No space left on device");
        stream.close();
        assertThat(begun.get(0).closes).isEqualTo(1);
    }
}
