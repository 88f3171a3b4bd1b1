package io.holdfast.backend.hashmap;

import io.holdfast.backend.hashmap.table.Bits;
import io.holdfast.backend.hashmap.table.PageLayout;
import io.holdfast.spi.state.VoidNamespace;
import java.util.Optional;

/**
 * Makes objects of what tells the entries of a table apart. Immutable.
 *
 * @param layout where keys and namespaces are
 * @param numbers how keys are kept as numbers, if they are
 * @param <K> type of the keys
 * @param <N> type of the namespaces
 */
record EntryReader<K, N>(PageLayout layout, Optional<Bits<K>> numbers) {

    /** The key in a slot. */
    @SuppressWarnings("unchecked") // nothing else is put there
    K key(long[] words, Object[] objects, int slot) {
        return numbers.isEmpty()
                ? (K) layout.key(objects, slot)
                : numbers.get().value(layout.keyBits(words, slot));
    }

    /** The namespace in a slot. */
    @SuppressWarnings("unchecked") // nothing else is put there
    N namespace(Object[] objects, int slot) {
        return (N) (layout.namespaced() ? layout.namespace(objects, slot) : VoidNamespace.INSTANCE);
    }

    /** The key of a removed entry. */
    @SuppressWarnings("unchecked") // nothing else was put there
    K removedKey(long bits, Object key) {
        return numbers.isEmpty() ? (K) key : numbers.get().value(bits);
    }

    /** The namespace of a removed entry. */
    @SuppressWarnings("unchecked") // nothing else was put there
    N removedNamespace(Object namespace) {
        return (N) (layout.namespaced() ? namespace : VoidNamespace.INSTANCE);
    }
}
