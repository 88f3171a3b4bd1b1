package io.holdfast.backend.rocksdb.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps a database open while another thread reads it: closing waits until every lease has ended,
 * since a reader of a closed database does not fail but kills the JVM. Thread-safe.
 */
final class Leases {
    private final List<Lease> held = new ArrayList<>();
    private boolean closed;

    /** The right to read until it is closed. */
    final class Lease implements AutoCloseable {
        private final String holder;

        private Lease(String holder) {
            this.holder = holder;
        }

        /** Ends the lease. Idempotent; from any thread. */
        @Override
        public void close() {
            synchronized (Leases.this) {
                held.remove(this);
                Leases.this.notifyAll();
            }
        }

        @Override
        public String toString() {
            return holder;
        }
    }

    /** A new lease, or null if there are no more. */
    synchronized Lease acquire(String holder) {
        if (closed) {
            return null;
        }
        Lease lease = new Lease(holder);
        held.add(lease);
        return lease;
    }

    /** How many are held. */
    synchronized int count() {
        return held.size();
    }

    /**
     * Gives out no more leases and waits for those held.
     *
     * @return who still holds one after that time; empty if nobody
     */
    synchronized List<String> closeAndAwait(Duration patience) {
        closed = true;
        long end = System.nanoTime() + patience.toNanos();
        boolean interrupted = false;
        while (!held.isEmpty()) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                break;
            }
            try {
                wait(Math.max(1, left / 1_000_000));
            } catch (InterruptedException e) {
                // Closing under a reader is worse than being late.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return held.stream().map(Lease::toString).toList();
    }
}
