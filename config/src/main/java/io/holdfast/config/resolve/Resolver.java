package io.holdfast.config.resolve;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.error.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Turns layers into what holds. The outcome depends on nothing but the catalog and the request;
 * nothing is read, loaded or remembered. Thread-safe.
 *
 * <p>Differences from Flink 2.3 are the constants of {@link Correction}, the checks of options,
 * which hold for every layer, and the warnings about keys.
 */
public final class Resolver {
    private final Catalog catalog;
    private final List<ConfigOption<?>> known;
    private final KnownKeys keys;

    /**
     * A resolver for what is installed.
     *
     * @param catalog what can be chosen and set
     */
    public Resolver(Catalog catalog) {
        this.catalog = catalog;
        this.known = byKey(catalog);
        this.keys = new KnownKeys(known);
    }

    private static List<ConfigOption<?>> byKey(Catalog catalog) {
        Map<String, ConfigOption<?>> options = new LinkedHashMap<>();
        Stream.of(
                        Stream.of(catalog.options()),
                        catalog.backends().stream().map(Installed::options),
                        catalog.storages().stream().map(Installed::options))
                .flatMap(lists -> lists)
                .flatMap(Collection::stream)
                .forEach(option -> options.putIfAbsent(option.key(), option));
        List<ConfigOption<?>> sorted = new ArrayList<>(options.values());
        sorted.sort(Comparator.comparing(ConfigOption::key));
        return sorted;
    }

    /**
     * Resolves one job.
     *
     * @param request what the job and those before it say
     * @return what holds or what is wrong, and why; never throws for what was configured
     */
    public Resolution resolve(ResolveRequest request) {
        LayerStack stack = new LayerStack(Choices.withObjectSettings(request));
        Choices choices = new Choices(catalog, request, stack);
        choices.decide();
        Settings settings = new Settings(stack, known, keys, choices.optionsInUse());
        settings.read();
        return new Resolution(
                choices.state(),
                new Explanation(choices.decisions(), settings.explained()),
                concat(choices.problems(), settings.problems()),
                concat(ofReading(request), settings.warnings()));
    }

    private static List<Problem> ofReading(ResolveRequest request) {
        return request.layers().stream().flatMap(layer -> layer.warnings().stream()).toList();
    }

    private static <T> List<T> concat(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
