package io.holdfast.backend.hashmap;

import io.holdfast.spi.snapshot.SnapshotOutput;
import io.holdfast.spi.snapshot.SnapshotScope;
import io.holdfast.spi.snapshot.SnapshotSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The streams of one snapshot, which any thread may stop. Used by several threads; each stream by
 * one.
 */
final class Outputs implements SnapshotSink, AutoCloseable {
    private final SnapshotSink sink;
    private final List<SnapshotOutput> begun = new ArrayList<>();
    private boolean closed;

    Outputs(SnapshotSink sink) {
        this.sink = sink;
    }

    @Override
    public SnapshotOutput create(SnapshotScope scope) throws IOException {
        expectOpen();
        SnapshotOutput output = sink.create(scope);
        synchronized (this) {
            if (!closed) {
                begun.add(output);
                return output;
            }
        }
        output.close();
        throw stopped();
    }

    private synchronized void expectOpen() throws IOException {
        if (closed) {
            throw stopped();
        }
    }

    private static IOException stopped() {
        return new IOException("the snapshot was stopped");
    }

    /** Gives up what was not finished and takes nothing more. Idempotent. */
    @Override
    public void close() {
        List<SnapshotOutput> left;
        synchronized (this) {
            closed = true;
            left = List.copyOf(begun);
            begun.clear();
        }
        for (SnapshotOutput output : left) {
            try {
                output.close();
            } catch (IOException e) {
                // Whoever writes it fails; what the storage could not remove goes with the
                // checkpoint.
                continue;
            }
        }
    }
}
