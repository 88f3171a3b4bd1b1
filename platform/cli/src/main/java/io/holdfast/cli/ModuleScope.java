package io.holdfast.cli;

import io.holdfast.api.config.ReadableConfig;
import io.holdfast.api.error.Problem;
import io.holdfast.cli.output.Console;
import io.holdfast.cli.settings.HostSettings;
import io.holdfast.cli.settings.LauncherDefaults;
import io.holdfast.cli.settings.Modules;
import io.holdfast.config.layer.Layer;
import io.holdfast.config.resolve.ResolveRequest;
import io.holdfast.control.client.HostClient;
import io.holdfast.control.client.UserDirectories;
import io.holdfast.control.server.Views;
import io.holdfast.control.view.ModuleView;
import io.holdfast.host.archive.Trust;
import io.holdfast.host.folder.FolderOptions;
import io.holdfast.host.folder.ModuleFolder;
import io.holdfast.runtime.LocalPlatform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Mixin;

/**
 * What the commands for modules are about: a folder, and the processes that watch it. What is said
 * on the command line or in a file counts most, then what runs, then the launcher's default.
 */
final class ModuleScope {
    @Mixin private Processes processes = new Processes();
    @Mixin private HostSettings settings = new HostSettings();

    /**
     * Modules as somebody has them.
     *
     * @param process who; empty if nobody runs, and they are what {@code ./holdfast} would load
     * @param folder where modules come from beside the class path
     * @param trust which of its jars are loaded, in words
     * @param modules the modules
     */
    record Seen(
            Optional<HostClient> process,
            Optional<Path> folder,
            String trust,
            List<ModuleView> modules) {

        /** Names whose they are. */
        String whose() {
            return process.map(host -> "process " + host.view())
                            .orElse("no process runs; ./holdfast would load")
                    + folder.map(path -> ", folder " + path).orElse(", no folder of modules");
        }
    }

    /** The modules to tell of. */
    Seen look(Console console) {
        List<HostClient> running = processes.running(console);
        Optional<Path> said = saidFolder();
        if (said.isPresent() && !processes.isAskedFor()) {
            running = watching(running, said.get());
        }
        return Processes.only(running).map(ModuleScope::of).orElseGet(() -> local(said));
    }

    private static Seen of(HostClient host) {
        return new Seen(
                Optional.of(host), host.view().folder(), host.view().trust(), host.modules());
    }

    /** The folder to change, with those who watch it. */
    Deployment deployment(Console console) {
        List<HostClient> running = processes.running(console);
        Path folder = folder(running);
        return new Deployment(folder, trust(), watching(running, folder), this::local);
    }

    private Path folder(List<HostClient> running) {
        Optional<Path> said = saidFolder();
        if (processes.isAskedFor()) {
            HostClient host = running.get(0);
            return host.view()
                    .folder()
                    .orElseThrow(
                            () ->
                                    Problem.user(
                                                    "CLI-7052",
                                                    "The process %d has no folder of modules."
                                                            .formatted(host.view().pid()))
                                            .advise("start it with --modules DIR")
                                            .exception());
        }
        if (said.isPresent()) {
            return said.get();
        }
        Map<Path, HostClient> folders = new TreeMap<>();
        running.forEach(
                host -> host.view().folder().ifPresent(each -> folders.putIfAbsent(each, host)));
        Processes.only(List.copyOf(folders.values()));
        return folders.isEmpty()
                ? LauncherDefaults.folder(UserDirectories.ofThisProcess())
                : folders.keySet().iterator().next();
    }

    private Optional<Path> saidFolder() {
        return ResolveRequest.hostSettings(settings.said())
                .getOptional(FolderOptions.DIRECTORY)
                .map(each -> Path.of(each).toAbsolutePath().normalize());
    }

    private static List<HostClient> watching(List<HostClient> running, Path folder) {
        Path real = real(folder);
        return running.stream()
                .filter(host -> host.view().folder().map(real::equals).orElse(false))
                .toList();
    }

    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            return folder; // It is not there yet, so nobody watches it.
        }
    }

    private Trust trust() {
        ReadableConfig config = ResolveRequest.hostSettings(settings.layers());
        return Trust.of(config);
    }

    private Seen local(Optional<Path> folder) {
        List<Layer> layers = new ArrayList<>(settings.layers());
        folder.map(Path::toString).map(Modules::inFolder).ifPresent(layers::add);
        try (LocalPlatform platform = Modules.open(layers)) {
            platform.folder().ifPresent(ModuleFolder::settle);
            return new Seen(
                    Optional.empty(),
                    platform.folder().map(each -> each.folder()),
                    platform.folder().map(each -> each.trust().toString()).orElse(""),
                    Views.modules(platform));
        }
    }
}
