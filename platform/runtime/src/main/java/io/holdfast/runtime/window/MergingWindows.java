package io.holdfast.runtime.window;

import io.holdfast.api.state.MapStateDescriptor;
import io.holdfast.api.window.Window;
import io.holdfast.api.window.WindowAssigner;
import io.holdfast.spi.state.KeyedStateBackend;
import io.holdfast.spi.state.Namespaced;
import io.holdfast.spi.state.VoidNamespace;
import java.io.Serial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The windows of each key, where windows merge: for each one, the namespace that holds its content,
 * so that the content of the larger part need not move. Kept in keyed state. No two windows of a
 * key meet.
 *
 * <p>Every record asks for all windows of its key, and most change none. So the windows of the keys
 * that came last are kept at hand too, unless a key has very many; they are written to state at
 * once, and read from it once.
 */
final class MergingWindows<W extends Window> {
    private static final String NAME = "merging-window-set";
    private static final int KEYS_AT_HAND = 4096;
    private static final int WINDOWS_AT_HAND = 64;

    /**
     * What a new window would become.
     *
     * @param window the new window, and all that it meets, in one
     * @param met those that it takes the place of, with their namespaces, the earliest first
     */
    record Merge<W extends Window>(W window, Map<W, W> met) {

        boolean changesNothing() {
            return met.size() == 1 && met.containsKey(window);
        }

        /** The namespace that holds the content. */
        W namespace() {
            return met.isEmpty() ? window : met.values().iterator().next();
        }

        /** The other namespaces. */
        List<W> moved() {
            return met.values().stream().skip(1).toList();
        }
    }

    private final WindowAssigner.Merging<W> assigner;
    private final Map<Object, Map<W, W>> atHand = newestOnly();
    private KeyedStateBackend<?> keys;
    private Namespaced.MapOf<VoidNamespace, W, W> namespaces;

    MergingWindows(WindowAssigner.Merging<W> assigner) {
        this.assigner = assigner;
    }

    private static <K, V> Map<K, V> newestOnly() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Serial private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > KEYS_AT_HAND;
            }
        };
    }

    void open(KeyedStateBackend<?> backend) {
        keys = backend;
        namespaces =
                backend.map(
                        new MapStateDescriptor<>(
                                NAME, assigner.serializer(), assigner.serializer()),
                        VoidNamespace.SERIALIZER);
        namespaces.setCurrentNamespace(VoidNamespace.INSTANCE);
    }

    private Map<W, W> ofCurrentKey() {
        Map<W, W> known = atHand.get(keys.currentKey());
        if (known != null) {
            return known;
        }
        Map<W, W> read = new LinkedHashMap<>();
        for (Map.Entry<W, W> entry : namespaces.entries()) {
            read.put(entry.getKey(), entry.getValue());
        }
        if (read.size() <= WINDOWS_AT_HAND) {
            atHand.put(keys.currentKey(), read);
        }
        return read;
    }

    /** Finds out; changes nothing. */
    Merge<W> meeting(W added) {
        List<Map.Entry<W, W>> met = new ArrayList<>();
        Map<W, W> present = ofCurrentKey();
        W same = present.get(added);
        if (same != null) {
            return new Merge<>(added, Map.of(added, same));
        }
        List<Map.Entry<W, W>> apart = new ArrayList<>(present.entrySet());
        W window = added;
        boolean grown = true;
        while (grown) {
            grown = false;
            for (int i = apart.size() - 1; i >= 0; i--) {
                Map.Entry<W, W> entry = apart.get(i);
                if (assigner.meet(window, entry.getKey())) {
                    window = assigner.merge(window, entry.getKey());
                    met.add(Map.entry(entry.getKey(), entry.getValue()));
                    apart.remove(i);
                    grown = true;
                }
            }
        }
        met.sort(Comparator.comparingLong(entry -> entry.getKey().maxTimestamp()));
        Map<W, W> ordered = new LinkedHashMap<>();
        met.forEach(entry -> ordered.put(entry.getKey(), entry.getValue()));
        return new Merge<>(window, ordered);
    }

    void apply(Merge<W> merge) {
        merge.met().keySet().forEach(this::remove);
        namespaces.put(merge.window(), merge.namespace());
        Map<W, W> known = atHand.get(keys.currentKey());
        if (known != null) {
            known.put(merge.window(), merge.namespace());
            if (known.size() > WINDOWS_AT_HAND) {
                atHand.remove(keys.currentKey());
            }
        }
    }

    /** The namespace of a window's content, or null if there is no such window any more. */
    W namespace(W window) {
        Map<W, W> known = atHand.get(keys.currentKey());
        return known == null ? namespaces.get(window) : known.get(window);
    }

    void remove(W window) {
        namespaces.remove(window);
        Map<W, W> known = atHand.get(keys.currentKey());
        if (known != null) {
            known.remove(window);
        }
    }
}
