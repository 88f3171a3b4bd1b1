package io.holdfast.runtime.task;

import io.holdfast.runtime.checkpoint.Barrier;
import java.util.BitSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Waits until a barrier came in through every channel. A channel whose barrier came is held back
 * meanwhile, so that nothing from behind the barrier gets into the checkpoint. A newer barrier
 * gives the older one up.
 */
final class BarrierAlignment {

    /** What alignment asks of its task. */
    interface Gate {
        void block(int channel, boolean blocked);

        void superseded(Barrier older, Barrier newer);
    }

    /** A barrier that came in through all channels, and how long that took. */
    record Aligned(Barrier barrier, long nanos) {}

    private final int channels;
    private final Gate gate;
    private final TreeSet<Long> aborted = new TreeSet<>();
    private final BitSet arrived;
    private Barrier pending;
    private long since;
    private long last = Long.MIN_VALUE;

    BarrierAlignment(int channels, Gate gate) {
        this.channels = channels;
        this.gate = gate;
        this.arrived = new BitSet(channels);
    }

    Optional<Aligned> arrived(int channel, Barrier barrier, long nanoTime) {
        long id = barrier.checkpointId();
        if (id <= last || aborted.contains(id)) {
            return Optional.empty();
        }
        if (pending != null && pending.checkpointId() > id) {
            return Optional.empty();
        }
        if (pending != null && pending.checkpointId() < id) {
            Barrier older = pending;
            release();
            gate.superseded(older, barrier);
        }
        if (pending == null) {
            pending = barrier;
            since = nanoTime;
        }
        arrived.set(channel);
        if (arrived.cardinality() < channels) {
            gate.block(channel, true);
            return Optional.empty();
        }
        release();
        done(id);
        return Optional.of(new Aligned(barrier, nanoTime - since));
    }

    /** A barrier that begins here needs no alignment; returns false if it was given up. */
    boolean begins(Barrier barrier) {
        boolean wanted = barrier.checkpointId() > last && !aborted.contains(barrier.checkpointId());
        done(Math.max(last, barrier.checkpointId()));
        return wanted;
    }

    private void done(long id) {
        last = id;
        aborted.headSet(id, true).clear();
    }

    /** Forgets a checkpoint that will never be complete. */
    void aborted(long id) {
        if (pending != null && pending.checkpointId() == id) {
            release();
        }
        if (id > last) {
            aborted.add(id);
        }
    }

    private void release() {
        for (int i = arrived.nextSetBit(0); i >= 0; i = arrived.nextSetBit(i + 1)) {
            gate.block(i, false);
        }
        arrived.clear();
        pending = null;
    }
}
