package io.holdfast.toolkit.checkpoint;

import io.holdfast.api.error.Problem;
import io.holdfast.spi.snapshot.SnapshotOutput;
import io.holdfast.spi.snapshot.StreamHandle;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The streams of one checkpoint that is being written: knows which are open and what the finished
 * ones left behind, so that all of it can be taken back. May be used by several threads.
 */
public final class CheckpointStreams {
    /*
     * Any thread may close a stream to stop its writer, who may be in the middle of a write that takes long or never returns. So closing
     * never waits: it raises a flag and cleans up if no write is going on; otherwise the writer, on its way out, sees the flag and cleans up
     * itself. The file below is touched by the holder of the stream's lock only. Interrupts play no part: they would close channels.
     */

    /** Removes what a finished stream left. */
    @FunctionalInterface
    public interface Remover {
        /**
         * Removes the bytes.
         *
         * @param finished the stream
         * @throws IOException if they are left
         */
        void remove(StreamHandle finished) throws IOException;
    }

    private enum State {
        WRITING,
        SEALED,
        ENDED
    }

    private final StreamFactory factory;
    private final Remover remover;
    private final Set<Stream> open = new LinkedHashSet<>();
    private final List<StreamHandle> finished = new ArrayList<>();
    private State state = State.WRITING;

    /**
     * No streams yet.
     *
     * @param factory begins streams
     * @param remover takes finished ones back
     */
    public CheckpointStreams(StreamFactory factory, Remover remover) {
        this.factory = Objects.requireNonNull(factory, "factory");
        this.remover = Objects.requireNonNull(remover, "remover");
    }

    /**
     * Begins a stream.
     *
     * @param place where it goes if it becomes a file
     * @return takes its bytes; may be closed by any thread
     * @throws IOException if it cannot be begun, or if the checkpoint was published or given up
     */
    public SnapshotOutput begin(StreamPlace place) throws IOException {
        requireWriting();
        Stream stream = new Stream(factory.begin(place));
        synchronized (this) {
            if (state == State.WRITING) {
                open.add(stream);
                return stream;
            }
        }
        stream.close();
        throw ended();
    }

    private synchronized void requireWriting() throws IOException {
        if (state != State.WRITING) {
            throw ended();
        }
    }

    private static IOException ended() {
        return Failures.io(
                Problem.environment(
                        "STORAGE-5016", "The checkpoint was already published or given up."));
    }

    /**
     * Ends the writing, before metadata are published.
     *
     * @throws IOException if streams are still open, or if it was ended before
     */
    public synchronized void seal() throws IOException {
        requireWriting();
        if (!open.isEmpty()) {
            throw Failures.io(
                    Problem.bug(
                                    "STORAGE-5016",
                                    "A checkpoint is published while %d of its streams are open."
                                            .formatted(open.size()))
                            .advise("finish or close every stream first"));
        }
        state = State.SEALED;
    }

    /** The checkpoint is published: what it consists of is not ours any more. */
    public void published() {
        end().forEach(factory::ended);
    }

    /**
     * Gives all streams up: stops those that are written, removes the finished ones. Idempotent.
     *
     * @throws IOException if something is left
     */
    public void abandon() throws IOException {
        abandon(() -> {});
    }

    /** The same, with a step in between that may remove many files at once. */
    void abandon(Failures.Step onceStopped) throws IOException {
        List<Stream> stopped;
        synchronized (this) {
            stopped = List.copyOf(open);
        }
        List<StreamHandle> left = end();
        IOException failure = null;
        for (Stream stream : stopped) {
            failure = Failures.attempt(failure, stream::close);
        }
        failure = Failures.attempt(failure, onceStopped);
        for (StreamHandle handle : left) {
            factory.ended(handle);
            failure = Failures.attempt(failure, () -> remover.remove(handle));
        }
        if (failure != null) {
            throw failure;
        }
    }

    private synchronized List<StreamHandle> end() {
        state = State.ENDED;
        open.clear();
        List<StreamHandle> left = List.copyOf(finished);
        finished.clear();
        return left;
    }

    private final class Stream extends SnapshotOutput {
        private final SnapshotOutput output;
        private final ReentrantLock writing = new ReentrantLock();
        private volatile boolean closed;
        // The rest is guarded by the lock.
        private boolean done;
        private Exception broken;

        Stream(SnapshotOutput output) {
            this.output = output;
        }

        @Override
        public long position() {
            return output.position();
        }

        @Override
        public void write(int value) throws IOException {
            enter();
            try {
                output.write(value);
            } catch (IOException | RuntimeException e) {
                broken = e;
                throw e;
            } finally {
                leave();
            }
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            enter();
            try {
                output.write(bytes, offset, count);
            } catch (IOException | RuntimeException e) {
                broken = e;
                throw e;
            } finally {
                leave();
            }
        }

        @Override
        public StreamHandle finish() throws IOException {
            StreamHandle handle;
            enter();
            try {
                handle = output.finish();
                done = true;
            } catch (IOException | RuntimeException e) {
                broken = e;
                throw e;
            } finally {
                leave();
            }
            synchronized (CheckpointStreams.this) {
                if (open.remove(this)) {
                    finished.add(handle);
                    return handle;
                }
            }
            // Closed or given up in the meantime.
            factory.ended(handle);
            remover.remove(handle);
            throw ended();
        }

        private void enter() throws IOException {
            writing.lock();
            try {
                requireUsable();
            } catch (IOException e) {
                leave();
                throw e;
            }
        }

        private void leave() throws IOException {
            writing.unlock();
            if (closed) {
                cleanUp();
            }
        }

        private void requireUsable() throws IOException {
            if (closed || done) {
                throw Failures.io(
                        Problem.environment(
                                "STORAGE-5016",
                                "A stream of a checkpoint was already finished or closed."));
            }
            if (broken != null) {
                throw new IOException("an earlier write to this stream failed", broken);
            }
        }

        @Override
        public void close() throws IOException {
            closed = true;
            synchronized (CheckpointStreams.this) {
                open.remove(this);
            }
            cleanUp();
        }

        private void cleanUp() throws IOException {
            if (writing.tryLock()) {
                try {
                    if (!done) {
                        done = true;
                        output.close();
                    }
                } finally {
                    writing.unlock();
                }
            }
        }
    }
}
