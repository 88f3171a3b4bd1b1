package io.holdfast.testkit.reference;

import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle.ByKeyGroup;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle.Incremental;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle.NamedStream;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.toolkit.canonical.CanonicalFormat;
import io.holdfast.toolkit.canonical.StateSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Incremental snapshots of the simplest kind: a file for each state in the canonical format, which
 * is written anew if anything in it has changed since the last completed checkpoint. The task's
 * thread tells the fate of checkpoints, others write them.
 */
final class Increments {
    static final String FORMAT = "reference-increments/1";

    private final String id = UUID.randomUUID().toString();
    private final Bug bug;
    // The rest is guarded by this.
    private final TreeMap<Long, Map<StateSchema, File>> unconfirmed = new TreeMap<>();
    private Map<StateSchema, File> confirmed = Map.of();
    private int files;

    /**
     * The file of a state.
     *
     * @param content tells contents apart
     * @param stream the file; its name ends with the offsets of its key groups
     */
    record File(byte[] content, NamedStream stream) {}

    Increments(Bug bug) {
        this.bug = bug;
    }

    /** What a snapshot that is begun now need not write again: files by states. */
    synchronized Map<StateSchema, File> present() {
        return confirmed;
    }

    /** A file that was just written. */
    synchronized File file(byte[] content, ByKeyGroup written) {
        String offsets =
                Arrays.stream(written.offsets())
                        .mapToObj(Long::toString)
                        .collect(Collectors.joining(","));
        return new File(content, new NamedStream(files++ + " " + offsets, written.data()));
    }

    synchronized void completed(long checkpointId) {
        if (unconfirmed.containsKey(checkpointId)) {
            confirmed = unconfirmed.get(checkpointId);
            unconfirmed.headMap(checkpointId, true).clear();
        }
    }

    synchronized void aborted(long checkpointId) {
        unconfirmed.remove(checkpointId);
    }

    /**
     * All states are written.
     *
     * @param meta a snapshot of no states
     */
    KeyedSnapshotHandle written(long checkpointId, ByKeyGroup meta, Map<StateSchema, File> states) {
        synchronized (this) {
            unconfirmed.put(checkpointId, states);
            if (bug == Bug.INCREMENT_ON_INCOMPLETE) {
                confirmed = states;
            }
        }
        return new Incremental(
                meta.keyGroups(),
                FORMAT,
                id,
                checkpointId,
                meta.data(),
                states.values().stream().map(File::stream).toList(),
                List.of());
    }

    /** The files of a snapshot, each as a canonical one. */
    static List<KeyedSnapshotHandle> parts(KeyedSnapshotHandle handle) {
        if (!(handle instanceof Incremental incremental) || !handle.format().equals(FORMAT)) {
            return List.of(handle);
        }
        List<KeyedSnapshotHandle> parts = new ArrayList<>();
        parts.add(part(handle, new long[handle.keyGroups().size()], incremental.meta()));
        for (NamedStream file : incremental.shared()) {
            String offsets = file.name().substring(file.name().indexOf(' ') + 1);
            long[] all = Arrays.stream(offsets.split(",")).mapToLong(Long::parseLong).toArray();
            parts.add(part(handle, all, file.data()));
        }
        return parts;
    }

    private static ByKeyGroup part(KeyedSnapshotHandle whole, long[] offsets, StreamHandle data) {
        return new ByKeyGroup(whole.keyGroups(), CanonicalFormat.NAME, offsets, data);
    }
}
