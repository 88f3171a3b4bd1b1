package io.holdfast.runtime.task;

import io.holdfast.runtime.checkpoint.Cut;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Waits until a barrier came in through every channel. A channel whose barrier came is held back
 * meanwhile, so that nothing from behind the barrier gets into the checkpoint; unless the barrier
 * says that this does not matter.
 */
final class BarrierAlignment {
    /*
     * Barriers keep their order within a channel. Where channels are held back, a newer barrier
     * that comes from another channel shows that the older one will never come there: it is given
     * up. Where they are not, several barriers may be on their way; when one has come through all
     * channels, no older one can any more.
     */

    /** What alignment asks of its task. */
    interface Gate {
        void block(int channel, boolean blocked);

        void superseded(Cut older, Cut newer);
    }

    /** A barrier that came in through all channels, and how long that took. */
    record Aligned(Cut barrier, long nanos) {}

    /** A barrier that came in through some channels. */
    private static final class Pending {
        final Cut barrier;
        final long since;
        final BitSet arrived = new BitSet();

        Pending(Cut barrier, long since) {
            this.barrier = barrier;
            this.since = since;
        }
    }

    private final int channels;
    private final Gate gate;
    private final TreeSet<Long> aborted = new TreeSet<>();
    private final TreeMap<Long, Pending> pending = new TreeMap<>();
    private long last = Long.MIN_VALUE;

    BarrierAlignment(int channels, Gate gate) {
        this.channels = channels;
        this.gate = gate;
    }

    Optional<Aligned> arrived(int channel, Cut barrier, long nanoTime) {
        long id = barrier.checkpointId();
        boolean holdsBack = barrier.holdsBack();
        if (id <= last || aborted.contains(id) || holdsBack && pending.higherKey(id) != null) {
            return Optional.empty();
        }
        if (holdsBack) {
            giveUpBefore(barrier, older -> older.barrier.holdsBack());
        }
        Pending present = pending.computeIfAbsent(id, key -> new Pending(barrier, nanoTime));
        present.arrived.set(channel);
        if (present.arrived.cardinality() < channels) {
            if (holdsBack) {
                gate.block(channel, true);
            }
            return Optional.empty();
        }
        release(id);
        giveUpBefore(barrier, older -> true);
        done(id);
        return Optional.of(new Aligned(barrier, nanoTime - present.since));
    }

    private void giveUpBefore(Cut newer, Predicate<Pending> which) {
        for (Pending older : List.copyOf(pending.headMap(newer.checkpointId()).values())) {
            if (which.test(older)) {
                release(older.barrier.checkpointId());
                gate.superseded(older.barrier, newer);
            }
        }
    }

    /** A barrier that begins here needs no alignment; returns false if it was given up. */
    boolean begins(Cut barrier) {
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
        release(id);
        if (id > last) {
            aborted.add(id);
        }
    }

    private void release(long id) {
        Pending ended = pending.remove(id);
        if (ended != null && ended.barrier.holdsBack()) {
            ended.arrived.stream().forEach(channel -> gate.block(channel, false));
        }
    }
}
