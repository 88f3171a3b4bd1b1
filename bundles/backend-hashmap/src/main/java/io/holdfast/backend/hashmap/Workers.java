package io.holdfast.backend.hashmap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Work on whole snapshots, done by several threads that live no longer than it. */
final class Workers {
    private Workers() {}

    /** What one of the threads does. */
    @FunctionalInterface
    interface Work {

        /**
         * Does some of the items.
         *
         * @param items tells which, shared with the other threads
         */
        void run(Items items) throws IOException;
    }

    /** Numbers from 0 on, each given to one thread. */
    static final class Items {
        private final AtomicInteger next = new AtomicInteger();
        private final int count;
        private volatile boolean stopped;

        Items(int count) {
            this.count = count;
        }

        /** The next one, or -1 if there is none, or if another thread has failed. */
        int next() {
            if (stopped) {
                return -1;
            }
            int item = next.getAndIncrement();
            return item < count ? item : -1;
        }
    }

    /**
     * Runs the same work on several threads, one of which is the caller's, and waits for all of
     * them, whether the caller is interrupted or not.
     *
     * @param name names what they do
     * @param threads how many, 1 or more
     * @param items how many items there are to do
     * @throws IOException what the first of them failed with, as RuntimeExceptions and Errors are
     *     thrown, too
     */
    static void run(String name, int threads, int items, Work work) throws IOException {
        Items shared = new Items(items);
        List<Throwable> failures = new ArrayList<>();
        Runnable each =
                () -> {
                    try {
                        work.run(shared);
                    } catch (Throwable e) {
                        shared.stopped = true;
                        synchronized (failures) {
                            failures.add(e);
                        }
                    }
                };
        List<Thread> others = new ArrayList<>();
        for (int i = 1; i < Math.min(threads, items); i++) {
            Thread thread = new Thread(each, name + "-" + i);
            thread.setDaemon(true);
            thread.start();
            others.add(thread);
        }
        each.run();
        others.forEach(Workers::await);
        // Joined threads have nothing to add any more.
        if (!failures.isEmpty()) {
            rethrow(failures);
        }
    }

    private static void await(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void rethrow(List<Throwable> failures) throws IOException {
        Throwable first = failures.get(0);
        failures.subList(1, failures.size()).forEach(first::addSuppressed);
        if (first instanceof IOException e) {
            throw e;
        }
        if (first instanceof RuntimeException e) {
            throw e;
        }
        throw (Error) first;
    }
}
