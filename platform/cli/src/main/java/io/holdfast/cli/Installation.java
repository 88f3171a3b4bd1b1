package io.holdfast.cli;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.config.resolve.ApiOptions;
import io.holdfast.config.resolve.Catalog;
import io.holdfast.config.resolve.Installed;
import io.holdfast.host.DeclaredOption;
import io.holdfast.host.ModuleRegistry;
import io.holdfast.host.ProviderKind;
import java.util.List;

/** What the host found, as the resolver of configuration wants to hear it. */
final class Installation {
    private Installation() {}

    static Catalog catalog(ModuleRegistry registry) {
        return new Catalog(
                installed(registry, ProviderKind.STATE_BACKEND),
                installed(registry, ProviderKind.CHECKPOINT_STORAGE),
                ApiOptions.all(),
                "class path");
    }

    private static List<Installed> installed(ModuleRegistry registry, ProviderKind<?> kind) {
        return registry.names(kind).stream()
                .map(name -> new Installed(name, options(registry, kind, name)))
                .toList();
    }

    private static List<ConfigOption<?>> options(
            ModuleRegistry registry, ProviderKind<?> kind, String name) {
        List<DeclaredOption> declared = registry.options();
        return declared.stream()
                .filter(option -> option.kind() == kind && option.provider().equals(name))
                .<ConfigOption<?>>map(DeclaredOption::option)
                .toList();
    }
}
