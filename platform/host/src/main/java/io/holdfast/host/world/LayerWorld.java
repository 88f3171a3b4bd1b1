package io.holdfast.host.world;

import io.holdfast.api.error.Problem;
import io.holdfast.host.FoundProvider;
import io.holdfast.host.Origin;
import io.holdfast.host.ProviderKind;
import io.holdfast.host.archive.ModuleArchive;
import io.holdfast.spi.state.StateBackendFactory;
import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolutionException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A {@link ModuleLayer} for each module, below the layer of the contracts. Needs the contracts as a
 * named module: a host on the module path, or one that was started with {@code --module-path} and
 * {@code --add-modules} for Holdfast alone.
 */
public final class LayerWorld implements ModuleWorld {
    private final ModuleLayer parent;
    private final HostLibraries shared;
    private final Map<String, ModuleLayer> libraries = new HashMap<>();
    private final Map<String, String> versions = new HashMap<>();

    /**
     * A world below the layer of the contracts.
     *
     * @throws io.holdfast.api.error.HoldfastException MODULE-2014 if the contracts are on the class
     *     path
     */
    public LayerWorld() {
        Module contracts = StateBackendFactory.class.getModule();
        if (!contracts.isNamed()) {
            throw Problem.environment(
                            "MODULE-2014", "Module layers need the contracts as a named module.")
                    .with("found", "io.holdfast.spi on the class path")
                    .advise(
                            "put Holdfast on the module path and name it with --add-modules, or"
                                    + " use class loaders")
                    .exception();
        }
        this.parent = contracts.getLayer();
        this.shared = HostLibraries.of(contracts.getClassLoader());
    }

    @Override
    public String name() {
        return "module layer";
    }

    @Override
    public LoadedModule load(ModuleArchive archive, Origin origin) {
        shared.checkVersions(archive, versions);
        ModuleLayer.Controller controller = define(archive);
        ModuleLayer layer = controller.layer();
        String name = archive.descriptor().name();
        Module module = layer.findModule(name).orElseThrow();
        NativeAccess.passOn(controller, module);
        ClassLoader loader = layer.findLoader(name);
        List<FoundProvider<?>> providers = new ArrayList<>();
        for (ProviderKind<?> kind : ProviderKind.all()) {
            for (ModuleDescriptor.Provides provides : archive.descriptor().provides()) {
                if (provides.service().equals(kind.type().getName())) {
                    for (String each : provides.providers()) {
                        // The module opens itself to nobody; the host may make what it declares.
                        controller.addOpens(module, packageOf(each), getClass().getModule());
                        providers.add(Instances.provider(kind, each, origin, loader::loadClass));
                    }
                }
            }
        }
        if (providers.isEmpty()) {
            shared.refuseSecond(archive);
            libraries.put(name, layer);
            LoaderWorld.exports(archive).forEach(versions::putIfAbsent);
        }
        // A layer has no end of its own: it goes when nobody holds it.
        return new LoadedModule(providers, loader, () -> {});
    }

    private ModuleLayer.Controller define(ModuleArchive archive) {
        List<ModuleLayer> parents = new ArrayList<>(List.of(parent));
        boolean automatic = archive.descriptor().isAutomatic();
        libraries.forEach(
                (name, layer) -> {
                    if (automatic
                            || archive.descriptor().requires().stream()
                                    .anyMatch(each -> each.name().equals(name))) {
                        parents.add(layer);
                    }
                });
        try {
            Configuration configuration =
                    Configuration.resolve(
                            ModuleFinder.of(archive.file()),
                            parents.stream().map(ModuleLayer::configuration).toList(),
                            ModuleFinder.of(),
                            Set.of(archive.descriptor().name()));
            return ModuleLayer.defineModulesWithOneLoader(
                    configuration, parents, ClassLoader.getPlatformClassLoader());
        } catch (FindException | ResolutionException | LayerInstantiationException e) {
            throw HostLibraries.doesNotFit(archive, e.getMessage());
        }
    }

    private static String packageOf(String className) {
        int dot = className.lastIndexOf('.');
        return dot < 0 ? "" : className.substring(0, dot);
    }

    @Override
    public void close() {
        libraries.clear();
    }
}
