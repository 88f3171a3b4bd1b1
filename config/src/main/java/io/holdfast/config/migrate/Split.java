package io.holdfast.config.migrate;

import io.holdfast.api.config.CheckpointingOptions;
import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.StateBackendOptions;
import io.holdfast.api.config.ValueType;
import io.holdfast.config.migrate.Draft.Pair;
import io.holdfast.config.migrate.Migration.Change;
import io.holdfast.config.migrate.Migration.Kind;
import io.holdfast.config.resolve.Resolution;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Says in the new file which backend and which storage the old one meant, where the old one left it
 * to a legacy name or to a default that is another one now. Used once, by one thread.
 */
final class Split {
    static final String BACKEND = "state backend";
    static final String STORAGE = "checkpoint storage";

    private final Draft draft;
    private final List<Change> changes;
    private final Resolution meant;
    private boolean legacy;

    Split(Draft draft, List<Change> changes, Resolution meant) {
        this.draft = draft;
        this.changes = changes;
        this.meant = meant;
    }

    /** A legacy name, or the class name of a factory, becomes the name of the backend. */
    void nameBackend() {
        Optional<Pair> named = first(StateBackendOptions.STATE_BACKEND);
        if (named.isEmpty()) {
            return;
        }
        String written = ValueType.text(named.get().value());
        String backend = choice(meant, BACKEND);
        if (plain(written).equals(plain(backend))) {
            return;
        }
        legacy = true;
        draft.change(named.get()::equals, pair -> pair.withValue(backend));
        changes.add(
                new Change(
                        named.get().line(),
                        Kind.SPLIT,
                        "the backend '%s' is now the backend '%s' with the checkpoint storage '%s'"
                                .formatted(written, backend, choice(meant, STORAGE))));
    }

    /** The storage is named where a legacy backend brought it, or where another one would hold. */
    void nameStorage(Supplier<Resolution> now) {
        String storage = choice(meant, STORAGE);
        Optional<Pair> named = first(CheckpointingOptions.CHECKPOINT_STORAGE);
        boolean said =
                named.map(pair -> plain(ValueType.text(pair.value())).equals(plain(storage)))
                        .orElseGet(() -> !legacy && choice(now.get(), STORAGE).equals(storage));
        if (said || storage.isBlank()) {
            return;
        }
        String key = CheckpointingOptions.CHECKPOINT_STORAGE.key();
        Optional<Pair> before = named.or(() -> first(StateBackendOptions.STATE_BACKEND));
        draft.insertAfter(before, new Pair(key, storage, "", 0));
        changes.add(
                new Change(
                        before.map(Pair::line).orElse(0),
                        Kind.ADDED,
                        "'%s' is set to '%s', which held without being said"
                                .formatted(key, storage)));
        named.ifPresent(this::comment);
    }

    private void comment(Pair ignored) {
        draft.comment(ignored);
        changes.add(
                new Change(
                        ignored.line(),
                        Kind.COMMENTED,
                        ("'%s' had no effect, because the backend brought its own storage; it is"
                                        + " now a comment")
                                .formatted(ignored.key())));
    }

    private Optional<Pair> first(ConfigOption<?> option) {
        return option.allKeys().stream().flatMap(key -> draft.pair(key).stream()).findFirst();
    }

    static String choice(Resolution resolution, String subject) {
        return resolution.explanation().decisions().stream()
                .filter(decision -> decision.subject().equals(subject))
                .map(decision -> decision.choice())
                .findFirst()
                .orElse("");
    }

    private static String plain(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
