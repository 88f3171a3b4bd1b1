package io.holdfast.backend.rocksdb.keyed;

import io.holdfast.backend.rocksdb.store.Scan;
import io.holdfast.backend.rocksdb.store.View;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.RunningSnapshot;
import io.holdfast.spi.snapshot.SnapshotOutput;
import io.holdfast.spi.snapshot.SnapshotScope;
import io.holdfast.spi.snapshot.SnapshotSink;
import io.holdfast.toolkit.canonical.CanonicalHeader;
import io.holdfast.toolkit.canonical.CanonicalWriter;
import io.holdfast.toolkit.canonical.Remainder;
import io.holdfast.toolkit.canonical.Remainder.Left;
import io.holdfast.toolkit.io.BytesOutput;
import io.holdfast.toolkit.keys.CompositeKeys;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes the entries of a view in the canonical format: for each key group, for each state, as they
 * are. Since a column is sorted by key group, all columns are scanned side by side.
 */
final class CanonicalSnapshot implements RunningSnapshot {

    /**
     * What to write.
     *
     * @param header describes them
     * @param states where they are, in the same order
     * @param remainders what is written of the values, by name of the state; all for others
     * @param compressed whether blocks are packed
     * @param sink takes the bytes
     */
    record Content(
            CanonicalHeader header,
            List<StoredState> states,
            Map<String, Remainder<?>> remainders,
            boolean compressed,
            SnapshotSink sink) {}

    private final Content content;
    private final Consumer<CanonicalSnapshot> whenClosed;

    // The view is native and must be released by the thread that uses it. So whoever closes while
    // the writer runs only tells it to stop; guarded by this.
    private final View view;
    private SnapshotOutput output;
    private boolean writing;
    private volatile boolean closed;

    CanonicalSnapshot(Content content, View view, Consumer<CanonicalSnapshot> whenClosed) {
        this.content = content;
        this.view = view;
        this.whenClosed = whenClosed;
    }

    @Override
    public KeyedSnapshotHandle write() throws IOException {
        synchronized (this) {
            requireOpen();
            writing = true;
        }
        try (CanonicalWriter out =
                new CanonicalWriter(this::create, content.header(), content.compressed())) {
            writeGroups(out);
            return out.finish();
        } finally {
            synchronized (this) {
                closed = true;
                writing = false;
                release();
            }
        }
    }

    /** Begins the stream and remembers it, so that it can be closed under the writer. */
    private SnapshotOutput create(SnapshotScope scope) throws IOException {
        SnapshotOutput created = content.sink().create(scope);
        synchronized (this) {
            if (!closed) {
                output = created;
                return created;
            }
        }
        created.close();
        throw stopped();
    }

    private void writeGroups(CanonicalWriter out) throws IOException {
        Scan[] scans =
                content.states().stream()
                        .map(state -> view.scan(state.column()))
                        .toArray(Scan[]::new);
        Remainder<?>[] remainders =
                content.states().stream()
                        .map(state -> content.remainders().get(state.schema().name()))
                        .toArray(Remainder<?>[]::new);
        for (Scan scan : scans) {
            scan.seek(new byte[0]);
        }
        int groupLength = CompositeKeys.groupLength(content.header().maxParallelism());
        KeyGroupRange groups = content.header().keyGroups();
        for (int group = groups.first(); group <= groups.last(); group++) {
            boolean started = false;
            for (int i = 0; i < scans.length; i++) {
                Scan scan = scans[i];
                if (isIn(group, groupLength, scan)) {
                    if (!started) {
                        out.startKeyGroup(group);
                        started = true;
                    }
                    out.startState(i);
                    writeState(out, scan, group, groupLength, remainders[i]);
                }
            }
        }
    }

    private void writeState(
            CanonicalWriter out, Scan scan, int group, int groupLength, Remainder<?> remainder)
            throws IOException {
        while (isIn(group, groupLength, scan)) {
            requireOpen();
            int valueLength = scan.valueLength();
            Left left = remainder == null ? Left.ALL : remainder.of(scan.value(), 0, valueLength);
            if (left == Left.ALL) {
                out.entry(scan.key(), 0, scan.keyLength(), scan.value(), 0, valueLength);
            } else if (left == Left.SOME) {
                BytesOutput rest = remainder.rest();
                out.entry(scan.key(), 0, scan.keyLength(), rest.array(), 0, rest.length());
            }
            scan.next();
        }
    }

    private static boolean isIn(int group, int groupLength, Scan scan) {
        return scan.isValid() && CompositeKeys.keyGroup(scan.key(), 0, groupLength) == group;
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw stopped();
        }
    }

    private static IOException stopped() {
        return new IOException("the snapshot was closed before it was written");
    }

    @Override
    public void close() {
        SnapshotOutput begun;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            begun = output;
            if (!writing) {
                release();
            }
        }
        if (begun != null) {
            try {
                begun.close();
            } catch (IOException e) {
                // The writer meets the same failure and reports it.
            }
        }
    }

    private void release() {
        view.close();
        whenClosed.accept(this);
    }
}
