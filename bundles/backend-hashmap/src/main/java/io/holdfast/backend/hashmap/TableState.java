package io.holdfast.backend.hashmap;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.backend.hashmap.table.Bits;
import io.holdfast.backend.hashmap.table.Epochs;
import io.holdfast.backend.hashmap.table.Intervals;
import io.holdfast.spi.state.CloseableIterator;
import io.holdfast.spi.state.Expiry;
import io.holdfast.spi.state.Namespaced;
import io.holdfast.toolkit.canonical.StateSchema;
import java.util.Optional;

/**
 * A state whose entries are in a table, each with one object as its content, or with a number in
 * its place.
 *
 * @param <K> type of the keys
 * @param <N> type of the namespaces
 * @param <C> type of the content, never null
 */
abstract class TableState<K, N, C> implements Namespaced<N>, OwnedState<K> {

    /**
     * What a state is made of.
     *
     * @param schema describes it in snapshots
     * @param keys the current key
     * @param epochs tells what snapshots may read
     * @param intervals tells whether it matters what changes
     * @param namespace serializer of the namespaces
     * @param codec writes the content into snapshots
     */
    record Parts<K, N, C>(
            StateSchema schema,
            CurrentKey<K> keys,
            Epochs epochs,
            Intervals intervals,
            Serializer<N> namespace,
            ContentCodec<C> codec) {

        private Entries<K, N, C> entries() {
            Optional<Bits<C>> numbers = codec.bits();
            return numbers.isPresent()
                    ? new NumberEntries<>(this, numbers.get())
                    : new ObjectEntries<>(this);
        }
    }

    private final Parts<K, N, C> parts;
    private final Entries<K, N, C> entries;
    private Optional<Expiry<Object>> expiry = Optional.empty();

    TableState(Parts<K, N, C> parts) {
        this.parts = parts;
        this.entries = parts.entries();
    }

    @Override
    public final void setCurrentNamespace(N next) {
        entries.setCurrentNamespace(next);
    }

    final String name() {
        return entries.name();
    }

    final String owner() {
        return parts.keys().owner();
    }

    final Epochs epochs() {
        return parts.epochs();
    }

    /** Refuses the use of a state after the end. */
    final void expectOpen() {
        parts.keys().expectOpen();
    }

    /** The content of the current entry as it is, or null if there is no entry. */
    final C content() {
        return entries.content();
    }

    /** Tells whether a snapshot may have the content found last. Only right after it was found. */
    final boolean isShared() {
        return entries.isShared();
    }

    /** Stores the content of the current entry. */
    final void put(C content) {
        entries.put(content);
    }

    /**
     * Puts an object that is equal to the content found last in its place. Only right after it was
     * found.
     */
    final void putEqual(C content) {
        entries.putEqual(content);
    }

    /** Notes that the content found last is changed in place. Only right after it was found. */
    final void changed() {
        entries.changed();
    }

    /** Removes the current entry; what {@code State.clear} promises. */
    public void clear() {
        entries.clear();
    }

    /**
     * The content of the current entry, or null, for code that may change it and that others then
     * see in this state: a copy takes its place if a snapshot may have it. What the serializer does
     * not copy is immutable and stays.
     */
    final C handOut(Serializer<C> serializer) {
        return entries.handOut(serializer);
    }

    /**
     * The content of the current entry, or null, for code that may change it and gives back what is
     * to be stored.
     */
    final C forChange(Serializer<C> serializer) {
        return entries.forChange(serializer);
    }

    /** Where an entry is wanted, whatever the current key will be. */
    record Place<K, N>(int group, int hash, long bits, K object, N namespace) {}

    /** The place of the current entry. */
    final Place<K, N> place() {
        return entries.place();
    }

    /** The content at a place as it is, or null if there is no entry. */
    final C contentAt(Place<K, N> place) {
        return entries.contentAt(place);
    }

    /** Notes that the content at a place is changed in place, if it is still the one given. */
    final void changedAt(Place<K, N> place, C expected) {
        entries.changedAt(place, expected);
    }

    /** Removes the entry at a place if its content is still the one given. */
    final void removeAt(Place<K, N> place, C expected) {
        entries.removeAt(place, expected);
    }

    /** Takes over restored entries. */
    final Entries<K, N, C> restoring() {
        return entries;
    }

    @Override
    public final FrozenState<K> freeze() {
        ContentCodec<C> codec = parts.codec().duplicate();
        return entries.freeze(
                parts,
                expiry.filter(Expiry::leftOutOfSnapshots)
                        .map(known -> codec.leavingOut(known.now()))
                        .orElse(codec));
    }

    /** Says what may be dropped from now on. */
    final void expire(Expiry<Object> values) {
        expiry = Optional.of(values);
    }

    /** Drops what may be dropped of some entries, in turn; tells whether the last one was seen. */
    final boolean sweep(int count) {
        if (expiry.isEmpty()) {
            return true;
        }
        Expiry.Cut<Object> cut = expiry.get().now();
        return entries.sweep(count, content -> parts.codec().without(cut, content));
    }

    @Override
    public final void release() {
        entries.release();
    }

    /** The keys that have an entry in a namespace. */
    final CloseableIterator<K> keys(Object inNamespace) {
        return entries.keys(inNamespace);
    }
}
