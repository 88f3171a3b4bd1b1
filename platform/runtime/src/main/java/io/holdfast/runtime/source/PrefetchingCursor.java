package io.holdfast.runtime.source;

import io.holdfast.api.connector.Source.SplitReader;
import java.io.IOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reads on a thread of its own, which may wait for data while the task does other things. Two
 * blocks of records change hands: the reading thread fills one while the task empties the other.
 */
final class PrefetchingCursor<T> implements SplitCursor<T> {
    private static final int BLOCK = 512;

    private static final class Block {
        final Object[] records = new Object[BLOCK];
        final long[] positions = new long[BLOCK];
        int size;
        int next;
    }

    private final SplitReader<T> reader;
    private final Runnable dataArrived;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition space = lock.newCondition();
    private Block filling = new Block();
    private Block emptying = new Block();
    private boolean ended;
    private boolean closed;
    private Exception failure;
    private T record;
    private long position;

    PrefetchingCursor(SplitReader<T> reader, String threadName, Runnable dataArrived) {
        this.reader = reader;
        this.dataArrived = dataArrived;
        this.position = reader.position();
        Thread thread = new Thread(this::readAll, threadName);
        thread.setDaemon(true);
        thread.start();
    }

    private void readAll() {
        try {
            T next = reader.next();
            while (next != null && put(next, reader.position())) {
                next = reader.next();
            }
            end(null);
        } catch (IOException | RuntimeException e) {
            end(e);
        }
    }

    private boolean put(T next, long behind) {
        boolean first;
        lock.lock();
        try {
            while (filling.size == BLOCK && !closed) {
                space.awaitUninterruptibly();
            }
            if (closed) {
                return false;
            }
            first = filling.size == 0;
            filling.records[filling.size] = next;
            filling.positions[filling.size++] = behind;
        } finally {
            lock.unlock();
        }
        if (first) {
            dataArrived.run();
        }
        return true;
    }

    private void end(Exception cause) {
        lock.lock();
        try {
            ended = true;
            failure = cause;
        } finally {
            lock.unlock();
        }
        dataArrived.run();
    }

    @Override
    @SuppressWarnings("unchecked")
    public Found advance() throws IOException {
        if (emptying.next == emptying.size && !swap()) {
            return ended() ? Found.END : Found.NOTHING;
        }
        record = (T) emptying.records[emptying.next];
        emptying.records[emptying.next] = null;
        position = emptying.positions[emptying.next++];
        return Found.RECORD;
    }

    private boolean swap() {
        lock.lock();
        try {
            if (filling.size == 0) {
                return false;
            }
            Block full = filling;
            filling = emptying;
            filling.size = 0;
            filling.next = 0;
            emptying = full;
            space.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean ended() throws IOException {
        lock.lock();
        try {
            if (filling.size > 0 || !ended) {
                return false;
            }
            if (failure instanceof IOException io) {
                throw io;
            }
            if (failure instanceof RuntimeException other) {
                throw other;
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public T record() {
        return record;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            space.signal();
        } finally {
            lock.unlock();
        }
        reader.close();
    }
}
