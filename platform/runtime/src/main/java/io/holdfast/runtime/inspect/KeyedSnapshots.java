package io.holdfast.runtime.inspect;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.SnapshotSource;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.toolkit.canonical.CanonicalFormat;
import io.holdfast.toolkit.canonical.CanonicalHeader;
import io.holdfast.toolkit.canonical.CanonicalReader;
import io.holdfast.toolkit.canonical.EntryVisitor;
import java.io.IOException;
import java.util.function.Function;

/**
 * Snapshots of keyed backends as canonical ones, whatever form they have: what is canonical is read
 * where it lies, the rest is turned a few key groups at a time, so that no more than those are in
 * memory. Used by one thread.
 */
final class KeyedSnapshots {
    /** As many stored bytes are turned at a time, as far as whole key groups go. */
    private static final long PART = 32L << 20;

    private final NativeForms forms;
    private final SnapshotSource source;

    /** Says what to do with the entries that a header describes; null to pass over all of them. */
    interface Taker extends Function<CanonicalHeader, EntryVisitor> {}

    /**
     * Snapshots of one checkpoint.
     *
     * @param forms turns what is not canonical
     * @param source opens streams
     */
    KeyedSnapshots(NativeForms forms, SnapshotSource source) {
        this.forms = forms;
        this.source = source;
    }

    /**
     * What the entries of a snapshot are.
     *
     * @param owner names operator and subtask in messages
     * @param maxParallelism number of key groups of the operator
     * @return its header; the key groups are some of the snapshot's
     * @throws HoldfastException if it is damaged, or no backend reads it
     */
    CanonicalHeader header(String owner, KeyedSnapshotHandle handle, int maxParallelism)
            throws IOException {
        KeyGroupRange held = handle.keyGroups();
        KeyedSnapshotHandle canonical =
                isCanonical(handle)
                        ? handle
                        : forms.canonical(
                                owner,
                                readable(owner, handle),
                                new KeyGroupRange(held.first(), held.first()),
                                maxParallelism);
        try (CanonicalReader reader = CanonicalReader.open(canonical, source)) {
            return reader.header();
        }
    }

    /**
     * Reads all entries of a snapshot.
     *
     * @param owner names operator and subtask in messages
     * @param maxParallelism number of key groups of the operator
     * @param taker asked for each part of the snapshot
     * @throws HoldfastException if it is damaged, or no backend reads it
     */
    void read(String owner, KeyedSnapshotHandle handle, int maxParallelism, Taker taker)
            throws IOException {
        if (isCanonical(handle)) {
            readCanonical(handle, taker);
            return;
        }
        KeyedSnapshotHandle readable = readable(owner, handle);
        KeyGroupRange held = handle.keyGroups();
        long bytes = handle.streams().mapToLong(StreamHandle::length).sum();
        long atATime = Math.max(1, bytes <= PART ? held.size() : held.size() * PART / bytes);
        for (long first = held.first(); first <= held.last(); first += atATime) {
            int last = (int) Math.min(held.last(), first + atATime - 1);
            KeyGroupRange part = new KeyGroupRange((int) first, last);
            readCanonical(forms.canonical(owner, readable, part, maxParallelism), taker);
        }
    }

    private void readCanonical(KeyedSnapshotHandle canonical, Taker taker) throws IOException {
        try (CanonicalReader reader = CanonicalReader.open(canonical, source)) {
            EntryVisitor visitor = taker.apply(reader.header());
            if (visitor != null) {
                reader.read(canonical.keyGroups(), visitor);
            }
        }
    }

    private static boolean isCanonical(KeyedSnapshotHandle handle) {
        return CanonicalFormat.isCanonical(handle.format());
    }

    /** Changes are replayed by the backend that logged them, with the job's serializers alone. */
    private static KeyedSnapshotHandle readable(String owner, KeyedSnapshotHandle handle) {
        if (handle instanceof KeyedSnapshotHandle.Changes) {
            throw Problem.user(
                            "SNAPSHOT-4403",
                            "'%s' is stored as a log of changes, which only its job can replay."
                                    .formatted(owner))
                    .advise("take a savepoint, and look into that")
                    .exception();
        }
        return handle;
    }
}
