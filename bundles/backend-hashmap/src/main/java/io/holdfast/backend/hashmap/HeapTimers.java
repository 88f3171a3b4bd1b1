package io.holdfast.backend.hashmap;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.spi.state.TimerQueue;
import io.holdfast.toolkit.canonical.StateSchema;

/**
 * A queue of timers: a {@link PagedTable} is the set of them, which tells duplicates and is what
 * snapshots fix, at no cost, as for any state; a {@link TimerHeap} over all key groups is their
 * order, made anew by a restore.
 *
 * @param <K> type of the keys
 * @param <N> type of the namespaces
 */
final class HeapTimers<K, N> implements TimerQueue<K, N>, OwnedState<K> {
    private static final int STRIDE = 1;

    private final StateSchema schema;
    private final CurrentKey<K> keys;
    private final Serializer<N> namespaces;
    private final PagedTable<ObjectPage> set;
    private TimerHeap<Registered<K, N>> order = new TimerHeap<>();

    HeapTimers(StateSchema schema, CurrentKey<K> keys, Epochs epochs, Serializer<N> namespaces) {
        this.schema = schema;
        this.keys = keys;
        this.namespaces = namespaces;
        this.set =
                new PagedTable<>(
                        epochs,
                        keys.range().size(),
                        (epoch, depth, capacity) ->
                                new ObjectPage(epoch, depth, capacity, STRIDE, EntryHash.OF_TIMER));
    }

    /** A timer in the queue. What a snapshot reads of it never changes. */
    static final class Registered<K, N> {
        final long time;
        final K key;
        final N namespace;
        private final int group;
        final int hash;
        private int number;

        Registered(long time, K key, N namespace, int group, int hash) {
            this.time = time;
            this.key = key;
            this.namespace = namespace;
            this.group = group;
            this.hash = hash;
        }

        boolean is(long otherTime, Object otherKey, Object otherNamespace) {
            return time == otherTime
                    && ObjectPage.same(otherKey, key)
                    && ObjectPage.same(otherNamespace, namespace);
        }
    }

    @Override
    public boolean add(long time, N namespace) {
        K key = keys.require(schema.name());
        return add(keys.group(), keys.code(), time, key, namespace);
    }

    /** Adds a timer of any owned key; tells whether it was not there yet. */
    boolean add(int group, int keyCode, long time, K key, N namespace) {
        int hash = Hashes.of(keyCode, Hashes.codeOf(namespace), time);
        ObjectPage page = set.page(group, hash);
        if (page != null && find(page, hash, time, key, namespace) >= 0) {
            return false;
        }
        Registered<K, N> timer = new Registered<>(time, key, namespace, group, hash);
        page = set.roomFor(group, hash);
        page.cells[page.claim(hash)] = timer;
        timer.number = order.add(time, timer);
        return true;
    }

    /** Slot of a timer, or -1. */
    private static int find(ObjectPage page, int hash, long time, Object key, Object namespace) {
        long probe = Page.probe(hash);
        int row = page.home(hash);
        while (true) {
            long tags = page.rows[row];
            for (long rest = Page.agreeing(tags, probe); rest != 0; rest &= rest - 1) {
                int slot = (row << Page.ROW_SHIFT) + Page.first(rest);
                Registered<?, ?> timer = (Registered<?, ?>) page.cells[slot];
                if (timer != null && timer.is(time, key, namespace)) {
                    return slot;
                }
            }
            if (Page.endsAt(tags)) {
                return -1;
            }
            row = row + 1 & page.rows.length - 1;
        }
    }

    @Override
    public boolean remove(long time, N namespace) {
        K key = keys.require(schema.name());
        int hash = Hashes.of(keys.code(), Hashes.codeOf(namespace), time);
        ObjectPage page = set.page(keys.group(), hash);
        int slot = page == null ? -1 : find(page, hash, time, key, namespace);
        if (slot < 0) {
            return false;
        }
        order.cancel(((Registered<?, ?>) page.cells[slot]).number);
        set.remove(keys.group(), hash, slot);
        return true;
    }

    @Override
    public boolean isEmpty() {
        keys.expectOpen();
        return order.isEmpty();
    }

    @Override
    public long nextTime() {
        keys.expectOpen();
        return order.nextTime();
    }

    @Override
    public Timer<K, N> poll() {
        keys.expectOpen();
        Registered<K, N> timer = order.poll();
        if (timer == null) {
            return null;
        }
        int slot =
                find(
                        set.page(timer.group, timer.hash),
                        timer.hash,
                        timer.time,
                        timer.key,
                        timer.namespace);
        set.remove(timer.group, timer.hash, slot);
        return new Timer<>(timer.time, timer.key, timer.namespace);
    }

    /** Expects a number of restored timers in an empty group. */
    void plan(int group, int entries) {
        set.plan(group, entries);
    }

    @Override
    public void release() {
        set.release();
        order = new TimerHeap<>();
    }

    @Override
    public FrozenTimers<K, N> freeze() {
        return new FrozenTimers<>(schema, set.freeze(), namespaces.duplicate());
    }
}
