package io.holdfast.toolkit.ordered;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.state.TimerQueue;
import io.holdfast.toolkit.io.BytesInput;
import io.holdfast.toolkit.io.BytesOutput;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * Timers as entries without values. In the store they are in the order of time within each key
 * group; which group has the earliest one is known here.
 */
final class Timers<K, N> implements TimerQueue<K, N> {
    private static final byte[] NOTHING = {};

    /** The earliest timer of a key group. */
    private record Head(long time, int keyGroup) implements Comparable<Head> {
        @Override
        public int compareTo(Head other) {
            int byTime = Long.compare(time, other.time);
            return byTime != 0 ? byTime : Integer.compare(keyGroup, other.keyGroup);
        }
    }

    private final OrderedBackend<K> backend;
    private final Slot slot;
    private final Serializer<N> namespaces;
    private final int firstGroup;
    private final Head[] heads;
    private final TreeSet<Head> order = new TreeSet<>();
    private final BytesOutput out = new BytesOutput(64);
    private final BytesInput in = new BytesInput();

    @SuppressWarnings("unchecked") // the slot was made for these timers
    Timers(OrderedBackend<K> backend, Slot slot, KeyGroupRange owned) {
        this.backend = backend;
        this.slot = slot;
        this.namespaces = (Serializer<N>) slot.asked.namespace();
        this.firstGroup = owned.first();
        this.heads = new Head[owned.size()];
        for (int keyGroup = owned.first(); keyGroup <= owned.last(); keyGroup++) {
            lookAgain(keyGroup);
        }
    }

    private void lookAgain(int keyGroup) {
        Map.Entry<byte[], byte[]> first = first(keyGroup);
        setHead(keyGroup, first == null ? null : new Head(time(first.getKey()), keyGroup));
    }

    private void setHead(int keyGroup, Head head) {
        Head before = heads[keyGroup - firstGroup];
        if (before != null) {
            order.remove(before);
        }
        heads[keyGroup - firstGroup] = head;
        if (head != null) {
            order.add(head);
        }
    }

    private Map.Entry<byte[], byte[]> first(int keyGroup) {
        byte[] prefix = Entries.prefix(keyGroup, slot.number);
        return backend.entries.ceiling(prefix, prefix);
    }

    private byte[] entry(long time, N namespace) {
        backend.requireKey(slot.schema.name());
        Objects.requireNonNull(namespace, "namespace");
        out.reset();
        out.writeLong(time ^ Long.MIN_VALUE);
        try {
            backend.keySerializer.write(backend.currentKey(), out);
            namespaces.write(namespace, out);
        } catch (IOException e) {
            throw backend.refusals.unwritable(slot.schema.name(), e);
        }
        return Entries.key(backend.currentGroup(), slot.number, out.array(), 0, out.length());
    }

    private long time(byte[] entry) {
        int length = entry.length - Entries.PREFIX;
        try {
            return in.wrap(entry, Entries.PREFIX, length).readLong() ^ Long.MIN_VALUE;
        } catch (IOException e) {
            throw backend.refusals.unreadable(slot.schema.name(), e);
        }
    }

    @Override
    public boolean add(long time, N namespace) {
        byte[] entry = entry(time, namespace);
        if (backend.entries.store.get(entry) != null) {
            return false;
        }
        backend.entries.store.put(entry, NOTHING);
        Head head = heads[backend.currentGroup() - firstGroup];
        if (head == null || time < head.time) {
            setHead(backend.currentGroup(), new Head(time, backend.currentGroup()));
        }
        return true;
    }

    @Override
    public boolean remove(long time, N namespace) {
        byte[] entry = entry(time, namespace);
        if (backend.entries.store.get(entry) == null) {
            return false;
        }
        backend.entries.store.remove(entry);
        if (heads[backend.currentGroup() - firstGroup].time == time) {
            lookAgain(backend.currentGroup());
        }
        return true;
    }

    @Override
    public boolean isEmpty() {
        backend.requireOpen();
        return order.isEmpty();
    }

    @Override
    public long nextTime() {
        return isEmpty() ? Long.MAX_VALUE : order.first().time;
    }

    @Override
    public Timer<K, N> poll() {
        if (isEmpty()) {
            return null;
        }
        int keyGroup = order.first().keyGroup;
        byte[] entry = first(keyGroup).getKey();
        Timer<K, N> timer = timer(entry);
        backend.entries.store.remove(entry);
        lookAgain(keyGroup);
        return timer;
    }

    private Timer<K, N> timer(byte[] entry) {
        long time = time(entry);
        try {
            return new Timer<>(time, backend.keySerializer.read(in), namespaces.read(in));
        } catch (IOException e) {
            throw backend.refusals.unreadable(slot.schema.name(), e);
        }
    }
}
