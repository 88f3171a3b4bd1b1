package io.holdfast.runtime.channel;

import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The queue from one producing subtask to one consuming one. Guarded by the consumer's inbox. */
public final class Channel {
    private static final int MAX_QUEUED = 8;

    private final ReentrantLock lock;
    private final Condition arrived;
    private final Condition space;
    private final ArrayDeque<Element> queue = new ArrayDeque<>(MAX_QUEUED);
    private final ArrayDeque<Batch> spare = new ArrayDeque<>(MAX_QUEUED);
    private final int index;
    private final int input;
    private final boolean keyed;
    private boolean blocked;
    private boolean closed;

    Channel(ReentrantLock lock, Condition arrived, int index, int input, boolean keyed) {
        this.lock = lock;
        this.arrived = arrived;
        this.space = lock.newCondition();
        this.index = index;
        this.input = input;
        this.keyed = keyed;
    }

    /**
     * Position among the channels of the inbox.
     *
     * @return 0 or more
     */
    public int index() {
        return index;
    }

    /**
     * Which input of the consuming operator it feeds.
     *
     * @return 0 or 1
     */
    public int input() {
        return input;
    }

    /** Waits for space; returns an empty batch to go on with, if {@code element} was one. */
    Batch put(Element element) {
        lock.lock();
        try {
            if (element instanceof Watermark && queue.peekLast() instanceof Watermark) {
                queue.pollLast();
            }
            while (queue.size() >= MAX_QUEUED && !closed) {
                space.awaitUninterruptibly();
            }
            if (closed) {
                throw new CancelledException();
            }
            queue.add(element);
            if (!blocked) {
                arrived.signal();
            }
            if (!(element instanceof Batch)) {
                return null;
            }
            Batch reused = spare.poll();
            return reused != null ? reused : new Batch(keyed);
        } finally {
            lock.unlock();
        }
    }

    Batch firstBatch() {
        return new Batch(keyed);
    }

    /** Called with the lock held. */
    Element poll() {
        if (blocked) {
            return null;
        }
        Element element = queue.poll();
        if (element != null && queue.size() == MAX_QUEUED - 1) {
            space.signal();
        }
        return element;
    }

    /** Called with the lock held. */
    void giveBack(Batch batch) {
        batch.clear();
        if (spare.size() < MAX_QUEUED) {
            spare.add(batch);
        }
    }

    /** Called with the lock held. */
    void block(boolean on) {
        blocked = on;
    }

    /** Called with the lock held. */
    void close() {
        closed = true;
        queue.clear();
        space.signalAll();
    }
}
