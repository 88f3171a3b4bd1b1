package io.holdfast.cli.settings;

import io.holdfast.config.layer.Layer;
import io.holdfast.config.profile.CompatibilityProfile;
import io.holdfast.control.client.UserDirectories;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags that say how a host is set up: which modules it has and which it trusts. */
public final class HostSettings {
    @Option(
            names = "--conf",
            paramLabel = "FILE",
            description = "Configuration of the host: HOCON, YAML or .properties.")
    private Optional<Path> conf = Optional.empty();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "One setting; beats the file. May be repeated.")
    private List<String> settings = new ArrayList<>();

    @Mixin private ModulesFlag modules = new ModulesFlag();

    /** What was said, from the weakest to the strongest. */
    public List<Layer> layers() {
        List<Layer> layers = new ArrayList<>();
        layers.add(LauncherDefaults.modules(UserDirectories.ofThisProcess()));
        layers.addAll(said());
        return layers;
    }

    /** The same without the launcher's defaults. */
    public List<Layer> said() {
        List<Layer> layers =
                new ArrayList<>(
                        new ConfigSources(conf, Optional.empty(), settings)
                                .layers(
                                        CompatibilityProfile.DEFAULT,
                                        System.getenv(),
                                        System.getProperties()));
        layers.add(modules.layer());
        return layers;
    }
}
