package io.holdfast.backend.rocksdb.keyed;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.backend.rocksdb.store.Column;
import io.holdfast.backend.rocksdb.store.Scan;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.state.TimerQueue;
import io.holdfast.toolkit.io.BytesInput;
import io.holdfast.toolkit.io.BytesOutput;
import io.holdfast.toolkit.keys.CompositeKeys;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Timers as rows of a column, see {@link TimerRow}; their number is bounded by the disk. In memory
 * are the earliest of each key group and the changes not yet written.
 */
final class RocksDbTimers<K, N> implements TimerQueue<K, N> {
    private static final int LEAST_CACHED = 16;

    private final Tools<K> tools;
    private final String name;
    private final Column column;
    private final Serializer<N> namespaceSerializer;
    private final KeyGroupRange range;
    private final TimerGroup[] groups;
    private final EarliestGroups earliest;
    private final PendingTimers pending;
    private final BytesOutput row = new BytesOutput(64);
    private final BytesInput in = new BytesInput();

    RocksDbTimers(
            Tools<K> tools,
            Column column,
            Wanted<N, ?, ?> use,
            KeyGroupRange range,
            boolean isEmpty) {
        this.tools = tools;
        this.name = use.name();
        this.column = column;
        this.namespaceSerializer = use.namespace();
        this.range = range;
        this.groups = new TimerGroup[range.size()];
        this.earliest = new EarliestGroups(range.size());
        this.pending = new PendingTimers(tools.store(), column, tools.limits().timersPending());
        int most = cachedIn(range.size(), tools.limits());
        for (int i = 0; i < groups.length; i++) {
            groups[i] = new TimerGroup(prefix(range.first() + i), most, isEmpty);
        }
        if (!isEmpty) {
            readHeads();
        }
    }

    private static int cachedIn(int groups, Limits limits) {
        return Math.max(
                Math.min(LEAST_CACHED, limits.timersCached()),
                Math.min(limits.timersCached(), limits.timersCachedInAll() / groups));
    }

    private byte[] prefix(int group) {
        BytesOutput bytes = new BytesOutput(2);
        CompositeKeys.writeGroup(group, groupLength(), bytes);
        return bytes.toByteArray();
    }

    private int groupLength() {
        return tools.keys().groupLength();
    }

    private void readHeads() {
        try (Scan scan = tools.store().scan(column)) {
            for (int i = 0; i < groups.length; i++) {
                groups[i].read(scan);
                place(i);
            }
        }
    }

    @Override
    public boolean add(long time, N namespace) {
        TimerRow timer = timer(time, namespace);
        int group = currentGroup();
        if (isThere(group, timer)) {
            return false;
        }
        pending.add(timer);
        groups[group].add(timer);
        place(group);
        return true;
    }

    @Override
    public boolean remove(long time, N namespace) {
        TimerRow timer = timer(time, namespace);
        int group = currentGroup();
        if (!isThere(group, timer)) {
            return false;
        }
        pending.remove(timer);
        groups[group].remove(timer);
        place(group);
        return true;
    }

    @Override
    public boolean isEmpty() {
        tools.store().requireOpen();
        return earliest.isEmpty();
    }

    @Override
    public long nextTime() {
        tools.store().requireOpen();
        return earliest.isEmpty() ? Long.MAX_VALUE : earliest.firstTime();
    }

    @Override
    public Timer<K, N> poll() {
        tools.store().requireOpen();
        if (earliest.isEmpty()) {
            return null;
        }
        int group = earliest.first();
        Timer<K, N> first = decode(groups[group].head());
        pending.remove(groups[group].poll());
        place(group);
        return first;
    }

    /** Writes what is pending, so that the column can be scanned. */
    void flush() {
        pending.flush();
    }

    private int currentGroup() {
        return tools.keys().keyGroup() - range.first();
    }

    private boolean isThere(int group, TimerRow timer) {
        TimerGroup held = groups[group];
        return held.knows(timer) ? held.holds(timer) : pending.contains(timer);
    }

    /** Puts a group where its earliest timer belongs; reads timers if none is held. */
    private void place(int group) {
        TimerGroup changed = groups[group];
        if (changed.mustRead()) {
            pending.flush();
            try (Scan scan = tools.store().scan(column)) {
                changed.read(scan);
            }
        }
        TimerRow head = changed.head();
        if (head == null) {
            earliest.clear(group);
        } else {
            earliest.set(group, head.time(groupLength()));
        }
    }

    private TimerRow timer(long time, N namespace) {
        tools.store().requireOpen();
        CurrentKey<K> keys = tools.keys();
        if (keys.key() == null) {
            throw Refusals.nothingChosen(tools.owner(), name, "key");
        }
        try {
            int keyEnd = keys.locateKey();
            row.reset();
            row.write(keys.array(), 0, groupLength());
            row.writeLong(time ^ Long.MIN_VALUE);
            row.write(keys.array(), groupLength(), keyEnd - groupLength());
            namespaceSerializer.write(namespace, row);
            return new TimerRow(row.toByteArray());
        } catch (UncheckedIOException e) {
            throw Refusals.unwritable(tools.owner(), name, e.getCause());
        } catch (IOException e) {
            throw Refusals.unwritable(tools.owner(), name, e);
        }
    }

    private Timer<K, N> decode(TimerRow timer) {
        // The codec skips a key group in front of the key; the last bytes of the time will do.
        int groupLength = groupLength();
        int keyStart = groupLength + Long.BYTES;
        byte[] bytes = timer.bytes();
        in.wrap(bytes, keyStart - groupLength, bytes.length - keyStart + groupLength);
        try {
            K key = tools.keys().codec().readKey(in);
            N namespace = namespaceSerializer.read(in);
            return new Timer<>(timer.time(groupLength), key, namespace);
        } catch (IOException e) {
            throw Refusals.unreadable(tools.owner(), name, e);
        }
    }
}
