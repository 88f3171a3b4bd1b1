package io.holdfast.cli;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.config.resolve.Catalog;
import io.holdfast.config.resolve.Installed;
import io.holdfast.host.ClassPathSource;
import io.holdfast.host.ModuleRegistry;
import io.holdfast.runtime.LocalPlatform;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What comes with the command: its modules and their options. */
final class Modules {
    private Modules() {}

    /** The modules of the class path, without settings; to be closed. */
    static LocalPlatform open() {
        return LocalPlatform.open(
                ModuleRegistry.open(new ClassPathSource(Modules.class.getClassLoader())),
                List.of());
    }

    /** Every option that something reads, sorted by key. */
    static List<ConfigOption<?>> options(Catalog catalog) {
        Map<String, ConfigOption<?>> options = new TreeMap<>(Comparator.naturalOrder());
        Stream.of(
                        Stream.of(catalog.options()),
                        catalog.backends().stream().map(Installed::options),
                        catalog.storages().stream().map(Installed::options))
                .flatMap(lists -> lists)
                .flatMap(Collection::stream)
                .forEach(option -> options.putIfAbsent(option.key(), option));
        return List.copyOf(options.values());
    }
}
