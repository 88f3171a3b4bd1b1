package io.holdfast.testkit.reference;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.spi.state.TimerQueue;
import io.holdfast.toolkit.io.BytesInput;
import io.holdfast.toolkit.io.BytesOutput;
import io.holdfast.toolkit.keys.CompositeKeys;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Timers as the keys of a table that sorts them by time. */
final class ReferenceTimers<K, N> implements TimerQueue<K, N> {
    private final ReferenceBackend<K> backend;
    private final Table table;
    private final Serializer<N> namespace;

    ReferenceTimers(ReferenceBackend<K> backend, Table table, Serializer<N> namespace) {
        this.backend = backend;
        this.table = table;
        this.namespace = namespace;
    }

    private byte[] bytes(long time, N space) {
        backend.requireOpen();
        BytesOutput out = new BytesOutput(64);
        CompositeKeys.writeGroup(backend.currentGroup(), backend.groupLength, out);
        out.writeLong(flipped(time));
        try {
            backend.keySerializer.write(backend.currentKey(), out);
            namespace.write(space, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private long flipped(long time) {
        return backend.bug == Bug.TIMERS_UNSIGNED ? time : time ^ Long.MIN_VALUE;
    }

    @Override
    public boolean add(long time, N space) {
        byte[] timer = bytes(time, space);
        boolean isNew = !table.entries.containsKey(timer);
        table.entries.put(timer, null);
        return isNew || backend.bug == Bug.TIMER_TWICE;
    }

    @Override
    public boolean remove(long time, N space) {
        byte[] timer = bytes(time, space);
        boolean wasThere = table.entries.containsKey(timer);
        table.entries.remove(timer);
        return wasThere;
    }

    @Override
    public boolean isEmpty() {
        backend.requireOpen();
        return table.entries.isEmpty();
    }

    @Override
    public long nextTime() {
        return isEmpty() ? Long.MAX_VALUE : timer(table.entries.firstKey()).time();
    }

    @Override
    public Timer<K, N> poll() {
        return isEmpty() ? null : timer(table.entries.pollFirstEntry().getKey());
    }

    private Timer<K, N> timer(byte[] bytes) {
        int group = backend.groupLength;
        BytesInput in = new BytesInput().wrap(bytes, group, bytes.length - group);
        try {
            return new Timer<>(
                    flipped(in.readLong()), backend.keySerializer.read(in), namespace.read(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
