package io.holdfast.backend.hashmap;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.backend.hashmap.table.Bits;
import io.holdfast.backend.hashmap.table.Epochs;
import io.holdfast.backend.hashmap.table.Hashes;
import io.holdfast.backend.hashmap.table.Intervals;
import io.holdfast.backend.hashmap.table.PageDirectory;
import io.holdfast.backend.hashmap.table.PageLayout;
import io.holdfast.backend.hashmap.table.PagedTable;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.state.TimerQueue;
import io.holdfast.spi.state.VoidNamespace;
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
    /*
     * The set is the truth. A timer that is removed leaves its node in the heap behind: finding and
     * closing the gap would need the node's place, kept up to date at every move. A node whose
     * timer is not in the set is dead; it is dropped when it comes to the top, so the top is always
     * live. A timer that is removed and added again has two nodes; whichever comes first to the top
     * is taken for it, and the other is dead then. When more than half of the nodes are dead, the
     * heap is made anew from the set, so memory stays in proportion to the timers.
     *
     * If keys are numbers and there is one namespace, a node's number is the key. Else it is that
     * of the timer in a slab.
     */
    private static final int FEW = 64;

    private final StateSchema schema;
    private final CurrentKey<K> keys;
    private final int maxParallelism;
    private final Serializer<N> namespaces;
    private final boolean namespaced;
    private final Bits<K> keyBits;
    private final PageLayout layout;
    private final Intervals intervals;
    private final PagedTable set;
    private final EntryReader<K, N> reader;
    private final TimerHeap order = new TimerHeap();
    private final Slab<Timer<K, N>> slab = new Slab<>();
    private int dead;

    HeapTimers(
            StateSchema schema,
            CurrentKey<K> keys,
            int maxParallelism,
            Epochs epochs,
            Intervals intervals,
            Serializer<N> namespaces) {
        this.schema = schema;
        this.keys = keys;
        this.maxParallelism = maxParallelism;
        this.namespaces = namespaces;
        this.namespaced = namespaces != (Object) VoidNamespace.SERIALIZER;
        this.keyBits = keys.numbers().orElse(null);
        this.layout = PageLayout.ofTimers(keyBits != null, namespaced);
        this.intervals = intervals;
        this.set = new PagedTable(epochs, intervals, keys.range().size(), layout);
        this.reader = new EntryReader<>(layout, keys.numbers());
    }

    private boolean nodesHaveKeys() {
        return keyBits != null && !namespaced;
    }

    private int hash(int keyCode, long time, N namespace) {
        return Hashes.of(keyCode, namespaced ? Hashes.codeOf(namespace) : 0, time);
    }

    /** Slot of a timer, or -1. */
    private int find(int group, int hash, long time, long bits, K key, N namespace) {
        PageDirectory directory = set.directory(group);
        if (directory == null) {
            return -1;
        }
        int cell = directory.cell(hash);
        long[] words = directory.words(cell);
        return words == null
                ? -1
                : layout.findTimer(
                        words, directory.objects(cell), hash, time, bits, key, namespace);
    }

    @Override
    public boolean add(long time, N namespace) {
        keys.expectChosen(schema.name());
        int hash = hash(keys.code(), time, namespace);
        if (!addToSet(keys.group(), hash, time, keys.bits(), keys.object(), namespace)) {
            return false;
        }
        order.add(
                time,
                nodesHaveKeys() ? keys.bits() : slab.add(new Timer<>(time, keys.key(), namespace)));
        return true;
    }

    /**
     * Takes over a restored timer; tells whether it was not there yet. Several threads may do so at
     * once, each for other groups; {@link #restored} ends it.
     */
    boolean restore(int group, long time, K key, N namespace) {
        int hash = hash(key.hashCode(), time, namespace);
        return addToSet(group, hash, time, bits(key), key, namespace);
    }

    /** Takes a timer out again that a later change removed; as {@link #restore}. */
    void restoreRemoval(int group, long time, K key, N namespace) {
        int hash = hash(key.hashCode(), time, namespace);
        int slot = find(group, hash, time, bits(key), key, namespace);
        if (slot >= 0) {
            set.remove(group, hash, slot);
        }
    }

    /** All restored timers are there. */
    void restored() {
        orderAnew();
    }

    private long bits(K key) {
        return keyBits == null ? 0 : keyBits.of(key);
    }

    private boolean addToSet(int group, int hash, long time, long bits, K key, N namespace) {
        if (find(group, hash, time, bits, key, namespace) >= 0) {
            return false;
        }
        int slot = set.add(group, hash, bits, key, namespace);
        PageDirectory directory = set.directory(group);
        layout.setNumber(directory.words(directory.cell(hash)), slot, time);
        return true;
    }

    @Override
    public boolean remove(long time, N namespace) {
        keys.expectChosen(schema.name());
        int hash = hash(keys.code(), time, namespace);
        int slot = find(keys.group(), hash, time, keys.bits(), keys.object(), namespace);
        if (slot < 0) {
            return false;
        }
        set.remove(keys.group(), hash, slot);
        dead++;
        if (dead > FEW && dead > order.size() / 2) {
            orderAnew();
        } else {
            dropDead();
        }
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
        return order.time();
    }

    @Override
    public Timer<K, N> poll() {
        keys.expectOpen();
        if (order.isEmpty()) {
            return null;
        }
        long time = order.time();
        long number = order.number();
        int code = code(number);
        int group = group(code);
        int hash = hash(code, time, namespaceOf(number));
        set.remove(group, hash, find(group, hash, time, number));
        Timer<K, N> timer =
                nodesHaveKeys()
                        ? new Timer<>(time, keyBits.value(number), namespaceOf(number))
                        : slab.get((int) number);
        removeFirst();
        dropDead();
        return timer;
    }

    /** Hash code of the key of a node. */
    private int code(long number) {
        return nodesHaveKeys() ? Long.hashCode(number) : slab.get((int) number).key().hashCode();
    }

    @SuppressWarnings("unchecked") // there is no other namespace
    private N namespaceOf(long number) {
        return nodesHaveKeys() ? (N) VoidNamespace.INSTANCE : slab.get((int) number).namespace();
    }

    private int group(int keyCode) {
        return KeyGroupRange.keyGroupOf(keyCode, maxParallelism) - keys.range().first();
    }

    /** Slot of a node's timer, or -1. */
    private int find(int group, int hash, long time, long number) {
        if (nodesHaveKeys()) {
            return find(group, hash, time, number, null, null);
        }
        Timer<K, N> timer = slab.get((int) number);
        return find(group, hash, time, bits(timer.key()), timer.key(), timer.namespace());
    }

    private void removeFirst() {
        if (!nodesHaveKeys()) {
            slab.remove((int) order.number());
        }
        order.removeFirst();
    }

    private void dropDead() {
        while (dead > 0 && !order.isEmpty() && isFirstDead()) {
            removeFirst();
            dead--;
        }
    }

    private boolean isFirstDead() {
        long time = order.time();
        long number = order.number();
        int code = code(number);
        int hash = hash(code, time, namespaceOf(number));
        return find(group(code), hash, time, number) < 0;
    }

    private void orderAnew() {
        order.clear();
        slab.clear();
        dead = 0;
        for (PageDirectory directory : set.freeze()) {
            if (directory != null) {
                addLast(directory);
            }
        }
        order.restoreOrder();
    }

    private void addLast(PageDirectory directory) {
        directory.forEach(
                layout,
                (words, objects, slot) -> {
                    long time = layout.number(words, slot);
                    order.addLast(
                            time,
                            nodesHaveKeys()
                                    ? layout.keyBits(words, slot)
                                    : slab.add(
                                            new Timer<>(
                                                    time,
                                                    reader.key(words, objects, slot),
                                                    reader.namespace(objects, slot))));
                });
    }

    /** Number of nodes, dead ones among them. */
    int nodes() {
        return order.size();
    }

    /** Expects a number of restored timers in an empty group. */
    void plan(int group, int entries) {
        set.plan(group, entries);
    }

    @Override
    public void release() {
        set.release();
        order.clear();
        slab.clear();
    }

    @Override
    public FrozenTimers<K, N> freeze() {
        return new FrozenTimers<>(schema, FrozenEntries.of(set), reader, namespaces.duplicate());
    }
}
