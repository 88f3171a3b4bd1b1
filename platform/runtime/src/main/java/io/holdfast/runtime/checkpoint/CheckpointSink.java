package io.holdfast.runtime.checkpoint;

import io.holdfast.spi.snapshot.SnapshotOutput;
import io.holdfast.spi.snapshot.SnapshotScope;
import io.holdfast.spi.snapshot.SnapshotSink;
import io.holdfast.spi.snapshot.StreamHandle;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The sink that tasks get for one checkpoint: remembers what was written through it and refuses
 * everything once the checkpoint was aborted or all have delivered, so that a task which is late
 * leaves nothing behind. Used by many threads; the guard of its state is its monitor, under which
 * nothing blocks.
 */
final class CheckpointSink implements SnapshotSink {

    /** Removes a stream that was finished after the checkpoint had been given up. */
    @FunctionalInterface
    interface Remover {
        void remove(StreamHandle stream) throws IOException;
    }

    private final long checkpointId;
    private final SnapshotSink target;
    private final Remover remover;
    private final Set<Output> open = new HashSet<>();
    private final List<StreamHandle.InFile> shared = new ArrayList<>();
    private String refusal;

    CheckpointSink(long checkpointId, SnapshotSink target, Remover remover) {
        this.checkpointId = checkpointId;
        this.target = target;
        this.remover = remover;
    }

    @Override
    public SnapshotOutput create(SnapshotScope scope) throws IOException {
        refuse();
        Output output = new Output(target.create(scope));
        if (!register(output)) {
            output.target.close();
            refuse();
        }
        return output;
    }

    /** From now on nothing is taken: the checkpoint was aborted. Does not block. */
    synchronized void abort() {
        refusal = "checkpoint " + checkpointId + " was aborted";
    }

    /** From now on nothing is taken: all tasks have delivered. Does not block. */
    synchronized void seal() {
        refusal = "checkpoint " + checkpointId + " is complete";
    }

    /** Stops writers that are still at work. May block. */
    void closeOutputs() {
        List<Output> left;
        synchronized (this) {
            left = List.copyOf(open);
            open.clear();
        }
        for (Output output : left) {
            try {
                output.target.close();
            } catch (IOException | RuntimeException e) {
                // The checkpoint's own close removes what was written.
            }
        }
    }

    /** Shared files that this checkpoint made. */
    synchronized List<StreamHandle.InFile> shared() {
        return List.copyOf(shared);
    }

    private synchronized void refuse() throws IOException {
        if (refusal != null) {
            throw new IOException(refusal);
        }
    }

    private synchronized boolean register(Output output) {
        return refusal == null && open.add(output);
    }

    private synchronized void forget(Output output) {
        open.remove(output);
    }

    private synchronized boolean accept(Output output, StreamHandle stream) {
        open.remove(output);
        if (refusal != null) {
            return false;
        }
        if (stream instanceof StreamHandle.InFile file && file.scope() == SnapshotScope.SHARED) {
            shared.add(file);
        }
        return true;
    }

    private final class Output extends SnapshotOutput {
        private final SnapshotOutput target;

        Output(SnapshotOutput target) {
            this.target = target;
        }

        @Override
        public void write(int value) throws IOException {
            target.write(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            target.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            target.flush();
        }

        @Override
        public long position() {
            return target.position();
        }

        @Override
        public StreamHandle finish() throws IOException {
            StreamHandle stream;
            try {
                stream = target.finish();
            } catch (IOException | RuntimeException e) {
                forget(this);
                throw e;
            }
            if (!accept(this, stream)) {
                remover.remove(stream);
                refuse();
            }
            return stream;
        }

        @Override
        public void close() throws IOException {
            forget(this);
            target.close();
        }
    }
}
