package io.holdfast.cli.settings;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.config.layer.Entry;
import io.holdfast.config.layer.Layer;
import io.holdfast.config.layer.Level;
import io.holdfast.config.layer.Origin;
import io.holdfast.config.resolve.Catalog;
import io.holdfast.config.resolve.Installed;
import io.holdfast.host.folder.FolderOptions;
import io.holdfast.runtime.LocalPlatform;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the command has: its modules and their options. */
public final class Modules {
    private Modules() {}

    /** The modules of the class path, and of the folder that the layers name; to be closed. */
    public static LocalPlatform open(List<Layer> layers) {
        return LocalPlatform.open(Modules.class.getClassLoader(), layers);
    }

    /** A setting of the folder that beats all others. */
    public static Layer inFolder(String folder) {
        return new Layer(
                Level.COMMAND_LINE,
                List.of(
                        new Entry(
                                FolderOptions.DIRECTORY.key(),
                                folder,
                                Origin.ofCommandLine("--modules"))));
    }

    /** Every option that something reads, sorted by key. */
    public static List<ConfigOption<?>> options(Catalog catalog) {
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
