package io.holdfast.config.resolve;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.error.DidYouMean;
import io.holdfast.api.error.Problem;
import io.holdfast.config.layer.Entry;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Every key that some option has, and what to say of one that none has. Immutable. */
final class KnownKeys {
    private static final List<String> OUR_PREFIXES =
            List.of("state.", "execution.checkpointing.", "restart-strategy.", "config.");

    private final Set<String> keys = new HashSet<>();
    private final Set<String> prefixes = new HashSet<>();

    KnownKeys(Collection<ConfigOption<?>> options) {
        for (ConfigOption<?> option : options) {
            keys.addAll(option.allKeys());
            if (option.type().map()) {
                option.allKeys().forEach(key -> prefixes.add(key + "."));
            }
        }
    }

    boolean contains(String key) {
        return keys.contains(key) || prefixes.stream().anyMatch(key::startsWith);
    }

    /**
     * What to say of a key that no option has: nothing if it may well be somebody else's, that is,
     * if it neither has one of our prefixes nor is a slip of a key that has.
     */
    Optional<Problem> report(Entry entry) {
        Optional<String> meant = DidYouMean.closest(entry.key(), keys);
        if (!ours(entry.key()) && meant.filter(KnownKeys::ours).isEmpty()) {
            return Optional.empty();
        }
        String question = meant.map(key -> " Did you mean '" + key + "'?").orElse("");
        return Optional.of(
                Problem.user(
                                "CONFIG-1030",
                                "No installed module reads '" + entry.key() + "'." + question)
                        .with("set by", Shown.setting(entry))
                        .advise("correct the key, install the module that reads it, or remove it")
                        .build());
    }

    private static boolean ours(String key) {
        return OUR_PREFIXES.stream().anyMatch(key::startsWith);
    }
}
