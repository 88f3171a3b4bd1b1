package io.holdfast.backend.hashmap;

import io.holdfast.backend.hashmap.table.Intervals;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What is in completed checkpoints, and in those that may still be completed: what the next
 * incremental one need not write again. Its task's thread takes snapshots and tells their fate;
 * others write them.
 */
final class Lineage {
    private final UUID id = UUID.randomUUID();
    private final Intervals intervals;
    // The rest is guarded by this.
    private final TreeMap<Long, Known> unconfirmed = new TreeMap<>();
    private Known confirmed = Known.NOTHING;
    private int generation;
    private long files = id.getLeastSignificantBits();

    /**
     * What a checkpoint has.
     *
     * @param interval the one it ended
     * @param chains for each state, told by its source, the chains of its groups
     */
    record Known(int interval, Map<Object, Chain[]> chains) {
        /** Nothing. */
        static final Known NOTHING = new Known(Intervals.NONE, Map.of());
    }

    /**
     * What a snapshot builds on.
     *
     * @param checkpointId of its checkpoint
     * @param generation tells whether its files may still be referred to
     * @param interval the one it ended
     * @param before what it need not write again
     */
    record Turn(long checkpointId, int generation, int interval, Known before) {

        /** The chain of a group of a state, or null if the state is not known yet. */
        Chain chain(Object source, int group) {
            Chain[] chains = before.chains().get(source);
            return chains == null ? null : chains[group];
        }
    }

    Lineage(Intervals intervals) {
        this.intervals = intervals;
    }

    /** Tells apart this backend from others. */
    String id() {
        return id.toString();
    }

    /** An id for a new file. */
    synchronized HeapFile newFile() {
        return new HeapFile(files++);
    }

    /** Begins a snapshot that builds on the last completed checkpoint. */
    synchronized Turn increment(long checkpointId) {
        return new Turn(checkpointId, generation, intervals.end(), confirmed);
    }

    /**
     * Begins a snapshot that refers to nothing else. Nobody may refer to earlier files any more
     * either: whoever asks for such a snapshot does so to be independent of them.
     */
    synchronized Turn whole(long checkpointId) {
        generation++;
        confirmed = Known.NOTHING;
        unconfirmed.clear();
        return new Turn(checkpointId, generation - 1, Intervals.NONE, confirmed);
    }

    /** A snapshot was written; its checkpoint may become complete. */
    synchronized void written(Turn turn, Map<Object, Chain[]> chains) {
        if (turn.generation() == generation) {
            unconfirmed.put(turn.checkpointId(), new Known(turn.interval(), chains));
        }
    }

    /** A checkpoint is complete: the next one builds on it. */
    synchronized void completed(long checkpointId) {
        Known known = unconfirmed.get(checkpointId);
        if (known != null) {
            confirmed = known;
            intervals.confirm(known.interval());
            unconfirmed.headMap(checkpointId, true).clear();
        }
    }

    /** A checkpoint will never be complete. */
    synchronized void aborted(long checkpointId) {
        unconfirmed.remove(checkpointId);
    }
}
