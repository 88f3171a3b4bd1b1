package io.holdfast.runtime.window;

import io.holdfast.api.state.MapStateDescriptor;
import io.holdfast.api.window.Window;
import io.holdfast.api.window.WindowAssigner;
import io.holdfast.spi.state.KeyedStates;
import io.holdfast.spi.state.Namespaced;
import io.holdfast.spi.state.VoidNamespace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The windows of each key, where windows merge: for each one, the namespace that holds its content,
 * so that the content of the larger part need not move. Kept in keyed state. No two windows of a
 * key meet.
 */
final class MergingWindows<W extends Window> {
    private static final String NAME = "merging-window-set";

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
    private Namespaced.MapOf<VoidNamespace, W, W> namespaces;

    MergingWindows(WindowAssigner.Merging<W> assigner) {
        this.assigner = assigner;
    }

    void open(KeyedStates<?> states) {
        namespaces =
                states.map(
                        new MapStateDescriptor<>(
                                NAME, assigner.serializer(), assigner.serializer()),
                        VoidNamespace.SERIALIZER);
        namespaces.setCurrentNamespace(VoidNamespace.INSTANCE);
    }

    /** Finds out; changes nothing. */
    Merge<W> meeting(W added) {
        List<Map.Entry<W, W>> met = new ArrayList<>();
        List<Map.Entry<W, W>> apart = new ArrayList<>();
        for (Map.Entry<W, W> entry : namespaces.entries()) {
            apart.add(Map.entry(entry.getKey(), entry.getValue()));
        }
        W window = added;
        boolean grown = true;
        while (grown) {
            grown = false;
            for (int i = apart.size() - 1; i >= 0; i--) {
                Map.Entry<W, W> entry = apart.get(i);
                if (assigner.meet(window, entry.getKey())) {
                    window = assigner.merge(window, entry.getKey());
                    met.add(apart.remove(i));
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
        merge.met().keySet().forEach(namespaces::remove);
        namespaces.put(merge.window(), merge.namespace());
    }

    /** The namespace of a window's content, or null if there is no such window any more. */
    W namespace(W window) {
        return namespaces.get(window);
    }

    void remove(W window) {
        namespaces.remove(window);
    }
}
