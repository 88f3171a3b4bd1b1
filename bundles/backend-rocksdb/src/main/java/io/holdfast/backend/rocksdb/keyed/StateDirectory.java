package io.holdfast.backend.rocksdb.keyed;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.backend.rocksdb.store.Column;
import io.holdfast.backend.rocksdb.store.Store;
import io.holdfast.spi.state.Expiry;
import io.holdfast.toolkit.canonical.StateSchema;
import io.holdfast.toolkit.keys.CompositeKeys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which states there are: those the job asked for, and those that were restored and wait for it to
 * ask. Used by one thread.
 */
final class StateDirectory<K> {

    // States that were restored under one name may differ in their schemas: a subtask that asked
    // for
    // the state has migrated it, another one had not asked yet when the checkpoint was taken, and
    // now both parts come together here. So each schema has a column of its own until the job asks.
    private final String owner;
    private final Store store;
    private final CompositeKeys<K> keys;
    private final Map<String, Known<?>> known = new LinkedHashMap<>();
    private final List<StoredState> waiting;

    /**
     * A state the job asked for.
     *
     * @param asked what it asked for the first time
     * @param use the serializers it is used with
     * @param stored what came of it
     * @param state what it got
     */
    private record Known<S>(StateSchema asked, Wanted<?, ?, ?> use, StoredState stored, S state) {}

    /** Makes the object that the job gets. */
    @FunctionalInterface
    interface Maker<N, V, U, S> {
        /**
         * Makes a state.
         *
         * @param column holds its entries
         * @param use its serializers
         * @param isEmpty whether the column has certainly no entries
         */
        S make(Column column, Wanted<N, V, U> use, boolean isEmpty);
    }

    /** Begins with what was restored. */
    StateDirectory(String owner, Store store, CompositeKeys<K> keys, List<StoredState> restored) {
        this.owner = owner;
        this.store = store;
        this.keys = keys;
        this.waiting = new ArrayList<>(restored);
    }

    /** What snapshots hold. */
    List<StoredState> all() {
        List<StoredState> all = new ArrayList<>();
        known.values().forEach(state -> all.add(state.stored()));
        all.addAll(waiting);
        return all;
    }

    Set<String> names() {
        return known.keySet();
    }

    /** A state the job asked for, or null. */
    StoredState find(String name) {
        Known<?> found = known.get(name);
        return found == null ? null : found.stored();
    }

    /** What may be dropped of a state the job asked for; empty if it did not, or of timers. */
    @SuppressWarnings("unchecked") // the engine knows what the state's values are
    <T> Optional<Drops<T>> drops(String name, Expiry<T> expiry) {
        return Optional.ofNullable((Known<?>) known.get(name))
                .flatMap(
                        found ->
                                found.use()
                                        .value()
                                        .map(
                                                value ->
                                                        new Drops<>(
                                                                found.stored(),
                                                                (Serializer<T>) value,
                                                                expiry)));
    }

    /** The object that the job got for a name, or null. */
    Object state(String name) {
        Known<?> found = known.get(name);
        return found == null ? null : found.state();
    }

    /** The state the job asks for: the one it has, what was restored, or a new one. */
    @SuppressWarnings("unchecked") // equal schemas are asked for with equal types
    <N, V, U, S> S get(Wanted<N, V, U> wanted, Maker<N, V, U, S> maker) {
        StateSchema asked = wanted.schema();
        Known<?> present = known.get(wanted.name());
        if (present != null) {
            if (!present.asked().equals(asked)) {
                throw Refusals.mismatch(
                        owner,
                        "State '" + wanted.name() + "'",
                        Wanted.described(present.asked()),
                        Wanted.described(asked),
                        "the job asks for it twice");
            }
            return (S) present.state();
        }
        List<StoredState> restored =
                waiting.stream()
                        .filter(state -> state.schema().name().equals(wanted.name()))
                        .toList();
        Known<S> made = restored.isEmpty() ? fresh(wanted, maker) : adopt(wanted, restored, maker);
        known.put(wanted.name(), made);
        waiting.removeAll(restored);
        return made.state();
    }

    private <N, V, U, S> Known<S> fresh(Wanted<N, V, U> wanted, Maker<N, V, U, S> maker) {
        Column column = store.createColumn(wanted.name());
        return known(wanted, wanted, column, maker.make(column, wanted, true));
    }

    private <N, V, U, S> Known<S> adopt(
            Wanted<N, V, U> wanted, List<StoredState> restored, Maker<N, V, U, S> maker) {
        // All verdicts first, so that a refusal changes nothing.
        List<Wanted.Fit<N, V, U>> fits = new ArrayList<>();
        Wanted<N, V, U> use = wanted;
        for (StoredState state : restored) {
            Wanted.Fit<N, V, U> fit = use.fit(owner, state.schema());
            use = fit.use();
            fits.add(fit);
        }
        Column column = null;
        for (int i = 0; i < restored.size() && column == null; i++) {
            column = fits.get(i).rewrite() ? null : restored.get(i).column();
        }
        if (column == null) {
            column = store.createColumn(wanted.name());
        }
        for (int i = 0; i < restored.size(); i++) {
            Column from = restored.get(i).column();
            if (from != column) {
                new Migration<>(owner, store, keys, fits.get(i), use).run(from, column);
                store.dropColumn(from);
            }
        }
        return known(wanted, use, column, maker.make(column, use, false));
    }

    private static <N, V, U, S> Known<S> known(
            Wanted<N, V, U> asked, Wanted<N, V, U> use, Column column, S state) {
        return new Known<>(asked.schema(), use, new StoredState(use.schema(), column), state);
    }
}
