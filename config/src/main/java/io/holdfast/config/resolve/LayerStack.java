package io.holdfast.config.resolve;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.config.layer.Entry;
import io.holdfast.config.layer.Layer;
import io.holdfast.config.resolve.Found.Contender;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Layers, lowest first. Layers come before spellings: an option takes the highest layer that has
 * any of its keys, and in that layer its own key before its fallback keys before its former keys.
 */
final class LayerStack {
    private record IndexedLayer(Layer layer, Map<String, List<Entry>> byKey) {}

    private final List<IndexedLayer> layers;

    LayerStack(List<Layer> unordered) {
        layers =
                unordered.stream()
                        .sorted(Comparator.comparing(Layer::level))
                        .map(layer -> new IndexedLayer(layer, index(layer)))
                        .toList();
    }

    private static Map<String, List<Entry>> index(Layer layer) {
        Map<String, List<Entry>> byKey = new LinkedHashMap<>();
        for (Entry entry : layer.entries()) {
            byKey.computeIfAbsent(entry.key(), key -> new ArrayList<>(1)).add(entry);
        }
        return byKey;
    }

    /** All entries, lowest layer first. */
    List<Contender> all() {
        List<Contender> all = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            for (Entry entry : layers.get(i).layer().entries()) {
                all.add(contender(i, entry));
            }
        }
        return all;
    }

    /**
     * What holds for an option, if anything is set for it.
     *
     * @throws io.holdfast.api.error.HoldfastException if the option is a map of which a part cannot
     *     be read
     */
    Optional<Found> find(ConfigOption<?> option) {
        List<Contender> contenders = new ArrayList<>();
        List<String> keys = new ArrayList<>(option.allKeys());
        Collections.reverse(keys);
        for (int i = 0; i < layers.size(); i++) {
            for (String key : keys) {
                if (option.type().map()) {
                    addBelow(i, key + ".", contenders);
                }
                for (Entry entry : layers.get(i).byKey().getOrDefault(key, List.of())) {
                    contenders.add(contender(i, entry));
                }
            }
        }
        return option.type().map() ? merged(option, contenders) : last(contenders);
    }

    private void addBelow(int layer, String prefix, List<Contender> contenders) {
        layers.get(layer).layer().entries().stream()
                .filter(entry -> entry.key().startsWith(prefix))
                .forEach(entry -> contenders.add(contender(layer, entry)));
    }

    private Contender contender(int layer, Entry entry) {
        return new Contender(entry, layers.get(layer).layer().level(), layer);
    }

    static Optional<Found> last(List<Contender> contenders) {
        if (contenders.isEmpty()) {
            return Optional.empty();
        }
        List<Contender> beaten = new ArrayList<>(contenders);
        Contender winner = beaten.remove(beaten.size() - 1);
        Collections.reverse(beaten);
        return Optional.of(new Found(winner.entry(), winner.level(), winner.layer(), beaten));
    }

    /**
     * Maps: entries under keys below the option's add to what lower layers say, an entry under the
     * option's own key replaces it.
     */
    private static Optional<Found> merged(ConfigOption<?> option, List<Contender> contenders) {
        if (contenders.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Contender> parts = new LinkedHashMap<>();
        for (Contender contender : contenders) {
            String name = nameInMap(option, contender.entry().key());
            if (name.isEmpty()) {
                parts.clear();
            }
            parts.put(name, contender);
        }
        if (parts.keySet().equals(Set.of(""))) {
            return last(contenders);
        }
        Contender highest = contenders.get(contenders.size() - 1);
        Entry entry = new Entry(option.key(), values(option, parts), highest.entry().origin());
        List<Contender> beaten = new ArrayList<>(contenders);
        beaten.removeAll(parts.values());
        Collections.reverse(beaten);
        return Optional.of(new Found(entry, highest.level(), highest.layer(), beaten));
    }

    private static Map<String, Object> values(
            ConfigOption<?> option, Map<String, Contender> parts) {
        Map<String, Object> values = new LinkedHashMap<>();
        parts.forEach(
                (name, contender) -> {
                    Entry entry = contender.entry();
                    if (name.isEmpty()) {
                        Object whole =
                                option.read(entry.value(), entry.key(), entry.origin().toString());
                        ((Map<?, ?>) whole).forEach((key, text) -> values.put("" + key, text));
                    } else {
                        values.put(name, entry.value());
                    }
                });
        return values;
    }

    private static String nameInMap(ConfigOption<?> option, String key) {
        return option.allKeys().stream()
                .filter(known -> key.startsWith(known + "."))
                .map(known -> key.substring(known.length() + 1))
                .findFirst()
                .orElse("");
    }
}
