package io.holdfast.runtime.channel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * All that a task waits for: its input channels, and messages to it. Mail goes before data;
 * channels take turns. One thread takes; any thread posts mail; each channel has one producer.
 */
public final class Inbox {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final List<Channel> channels = new ArrayList<>();
    private final ArrayDeque<Mail> mails = new ArrayDeque<>();
    private volatile boolean mailWaiting;
    private volatile boolean closed;
    private int turn;
    private Channel lastChannel;
    private Batch lastBatch;

    /** An inbox without channels. */
    public Inbox() {}

    /**
     * Adds a channel, before the task starts.
     *
     * @param input which input of the operator it feeds
     * @param keyed whether batches carry keys
     * @return the channel, for its producer
     */
    public Channel addChannel(int input, boolean keyed) {
        Channel channel = new Channel(lock, arrived, channels.size(), input, keyed);
        channels.add(channel);
        return channel;
    }

    /**
     * Number of channels.
     *
     * @return 0 for a source
     */
    public int channels() {
        return channels.size();
    }

    /**
     * Posts a message; dropped if the inbox is closed.
     *
     * @param mail the message
     */
    public void post(Mail mail) {
        lock.lock();
        try {
            if (!closed) {
                mails.add(mail);
                mailWaiting = true;
                arrived.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Tells whether the inbox was closed.
     *
     * @return true once {@link #close} was called
     */
    public boolean isClosed() {
        return closed;
    }

    /** Wakes the taking thread, which finds nothing. */
    public void wake() {
        post(() -> {});
    }

    /**
     * Tells cheaply whether {@link #take} has something more urgent than data.
     *
     * @return true if there is mail or the inbox was closed
     */
    public boolean urgent() {
        return mailWaiting || closed;
    }

    /**
     * Takes the next {@link Mail} or {@link Element}. The batch taken before is given back.
     *
     * @param waitMillis how long to wait if there is nothing; 0 not at all
     * @return mail, an element of {@link #lastChannel()}, or null if there is nothing
     * @throws CancelledException if the inbox was closed
     */
    public Object take(long waitMillis) {
        lock.lock();
        try {
            if (lastBatch != null) {
                lastChannel.giveBack(lastBatch);
                lastBatch = null;
            }
            long nanos = TimeUnit.MILLISECONDS.toNanos(waitMillis);
            while (true) {
                if (closed) {
                    throw new CancelledException();
                }
                Object found = mails.isEmpty() ? nextElement() : nextMail();
                if (found != null || nanos <= 0) {
                    return found;
                }
                nanos = await(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    private long await(long nanos) {
        try {
            return arrived.awaitNanos(nanos);
        } catch (InterruptedException e) {
            // Nobody here interrupts; a function's own interrupt must not stop the task.
            return nanos;
        }
    }

    private Mail nextMail() {
        Mail mail = mails.poll();
        mailWaiting = !mails.isEmpty();
        return mail;
    }

    private Element nextElement() {
        int count = channels.size();
        for (int i = 0; i < count; i++) {
            Channel channel = channels.get(turn);
            turn = turn + 1 == count ? 0 : turn + 1;
            Element element = channel.poll();
            if (element != null) {
                lastChannel = channel;
                lastBatch = element instanceof Batch batch ? batch : null;
                return element;
            }
        }
        return null;
    }

    /**
     * Where the last element came from.
     *
     * @return the channel
     */
    public Channel lastChannel() {
        return lastChannel;
    }

    /**
     * Holds a channel back, or lets it go on.
     *
     * @param channel index of the channel
     * @param blocked true to hold it back
     */
    public void block(int channel, boolean blocked) {
        lock.lock();
        try {
            channels.get(channel).block(blocked);
        } finally {
            lock.unlock();
        }
    }

    /** Ends everything: waiting takers and producers get a {@link CancelledException}. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            mails.clear();
            channels.forEach(Channel::close);
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
