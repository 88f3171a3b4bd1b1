package io.holdfast.host;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.spi.changelog.ChangelogBackendFactory;
import io.holdfast.spi.changelog.ChangelogStorageFactory;
import io.holdfast.spi.filesystem.FileSystemFactory;
import io.holdfast.spi.state.StateBackendFactory;
import io.holdfast.spi.storage.CheckpointStorageFactory;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What a module can provide: a closed set, one for each service type of the SPI.
 *
 * @param <F> the service type
 */
public final class ProviderKind<F> {
    private static final Pattern WORDS = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]*");

    /** Working state. */
    public static final ProviderKind<StateBackendFactory> STATE_BACKEND =
            new ProviderKind<>(
                    StateBackendFactory.class,
                    "state backend",
                    WORDS,
                    factory -> named(factory.name()),
                    StateBackendFactory::options,
                    GuardedFactories.Backend::new);

    /** Where checkpoints go. */
    public static final ProviderKind<CheckpointStorageFactory> CHECKPOINT_STORAGE =
            new ProviderKind<>(
                    CheckpointStorageFactory.class,
                    "checkpoint storage",
                    WORDS,
                    factory -> named(factory.name()),
                    CheckpointStorageFactory::options,
                    GuardedFactories.Storage::new);

    /** Files by URI scheme; the names are the schemes. */
    public static final ProviderKind<FileSystemFactory> FILE_SYSTEM =
            new ProviderKind<>(
                    FileSystemFactory.class,
                    "file system",
                    SCHEME,
                    FileSystemFactory::schemes,
                    FileSystemFactory::options,
                    GuardedFactories.Files::new);

    /** Where changelogs go. */
    public static final ProviderKind<ChangelogStorageFactory> CHANGELOG_STORAGE =
            new ProviderKind<>(
                    ChangelogStorageFactory.class,
                    "changelog storage",
                    WORDS,
                    factory -> named(factory.name()),
                    ChangelogStorageFactory::options,
                    GuardedFactories.Changes::new);

    /** The backend that logs changes; there is one, by the name {@code changelog}. */
    public static final ProviderKind<ChangelogBackendFactory> CHANGELOG_BACKEND =
            new ProviderKind<>(
                    ChangelogBackendFactory.class,
                    "changelog backend",
                    WORDS,
                    factory -> named("changelog"),
                    ChangelogBackendFactory::options,
                    GuardedFactories.Changelog::new);

    private static final List<ProviderKind<?>> ALL =
            List.of(
                    STATE_BACKEND,
                    CHECKPOINT_STORAGE,
                    FILE_SYSTEM,
                    CHANGELOG_STORAGE,
                    CHANGELOG_BACKEND);

    private final Class<F> type;
    private final String noun;
    private final Pattern nameForm;
    private final Function<F, Set<String>> names;
    private final Function<F, List<ConfigOption<?>>> options;
    private final BiFunction<F, Guard, F> guarded;

    private ProviderKind(
            Class<F> type,
            String noun,
            Pattern nameForm,
            Function<F, Set<String>> names,
            Function<F, List<ConfigOption<?>>> options,
            BiFunction<F, Guard, F> guarded) {
        this.type = type;
        this.noun = noun;
        this.nameForm = nameForm;
        this.names = names;
        this.options = options;
        this.guarded = guarded;
    }

    // A set that takes null, so that a missing name is found by the check and not here.
    private static Set<String> named(String name) {
        return name == null ? Set.of("") : Set.of(name);
    }

    /**
     * All kinds.
     *
     * @return each once
     */
    public static List<ProviderKind<?>> all() {
        return ALL;
    }

    /**
     * The service type.
     *
     * @return the interface that providers implement
     */
    public Class<F> type() {
        return type;
    }

    /**
     * The kind in words, as messages use it.
     *
     * @return such as {@code state backend}
     */
    public String noun() {
        return noun;
    }

    Set<String> names(F factory) {
        return names.apply(factory);
    }

    boolean isName(String name) {
        return nameForm.matcher(name).matches();
    }

    List<ConfigOption<?>> options(F factory) {
        return options.apply(factory);
    }

    F guarded(F factory, Guard guard) {
        return guarded.apply(factory, guard);
    }

    @Override
    public String toString() {
        return noun;
    }
}
