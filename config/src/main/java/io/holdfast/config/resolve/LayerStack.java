package io.holdfast.config.resolve;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.config.layer.Entry;
import io.holdfast.config.layer.Layer;
import io.holdfast.config.layer.Level;
import io.holdfast.config.profile.CompatibilityProfile;
import io.holdfast.config.profile.Merge;
import io.holdfast.config.resolve.Found.Contender;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Layers, lowest first, and the rule by which they make one value. Of the spellings of a key that
 * compete, the own key beats fallback keys, and these beat former keys. Immutable.
 */
final class LayerStack {
    private final List<Layer> layers;
    private final CompatibilityProfile profile;
    private final Map<String, List<Contender>> byKey = new HashMap<>();

    LayerStack(List<Layer> unordered, CompatibilityProfile profile) {
        this.profile = profile;
        layers = unordered.stream().sorted(Comparator.comparing(Layer::level)).toList();
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            for (Entry entry : layer.entries()) {
                if (profile.reads(entry.key())) {
                    byKey.computeIfAbsent(entry.key(), key -> new ArrayList<>(2))
                            .add(new Contender(entry, layer.level(), i));
                }
            }
        }
    }

    /** The same without what the job says. */
    LayerStack cluster() {
        return new LayerStack(
                layers.stream().filter(layer -> layer.level().compareTo(Level.JOB) < 0).toList(),
                profile);
    }

    /** The highest entry under exactly this key. */
    Optional<Entry> winner(String key) {
        List<Contender> under = byKey.getOrDefault(key, List.of());
        return under.isEmpty()
                ? Optional.empty()
                : Optional.of(under.get(under.size() - 1).entry());
    }

    /** All entries, lowest layer first. */
    List<Contender> all() {
        List<Contender> all = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            for (Entry entry : layers.get(i).entries()) {
                all.add(new Contender(entry, layers.get(i).level(), i));
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
        List<Contender> contenders = contenders(option);
        if (contenders.isEmpty()) {
            return Optional.empty();
        }
        return option.type().map() ? merged(option, contenders) : last(contenders);
    }

    /** Weakest first. */
    private List<Contender> contenders(ConfigOption<?> option) {
        List<Contender> contenders = List.of();
        if (option.fallbackKeys().isEmpty() && option.formerKeys().isEmpty()) {
            contenders = under(option, option.key(), contenders);
        } else {
            List<String> newestFirst = option.allKeys();
            for (int i = newestFirst.size() - 1; i >= 0; i--) {
                contenders = under(option, newestFirst.get(i), contenders);
            }
        }
        if (contenders.size() > 1) {
            if (profile.merge() == Merge.LAYERS_FIRST) {
                contenders.sort(Comparator.comparingInt(Contender::layer));
            } else if (profile.jobFirst().contains(option.key())) {
                contenders.sort(Comparator.comparing(LayerStack::ofJob));
            }
        }
        return contenders;
    }

    private static boolean ofJob(Contender contender) {
        return contender.level().compareTo(Level.JOB) >= 0;
    }

    private List<Contender> under(ConfigOption<?> option, String key, List<Contender> before) {
        List<Contender> all = before;
        if (option.type().map()) {
            String prefix = key + ".";
            List<Contender> below =
                    byKey.entrySet().stream()
                            .filter(entry -> entry.getKey().startsWith(prefix))
                            .sorted(Map.Entry.comparingByKey())
                            .flatMap(entry -> entry.getValue().stream())
                            .toList();
            all = joined(all, below);
        }
        return joined(all, byKey.getOrDefault(key, List.of()));
    }

    private static List<Contender> joined(List<Contender> first, List<Contender> second) {
        if (second.isEmpty()) {
            return first;
        }
        List<Contender> joined = first.isEmpty() ? new ArrayList<>(4) : first;
        joined.addAll(second);
        return joined;
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
