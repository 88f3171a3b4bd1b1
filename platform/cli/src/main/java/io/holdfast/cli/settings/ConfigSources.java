package io.holdfast.cli.settings;

import io.holdfast.config.file.ConfigDirectory;
import io.holdfast.config.file.ConfigFile;
import io.holdfast.config.file.SecretReferences;
import io.holdfast.config.layer.Layer;
import io.holdfast.config.layer.Level;
import io.holdfast.config.layer.Overrides;
import io.holdfast.config.profile.CompatibilityProfile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Where the settings of one look at a configuration come from.
 *
 * @param cluster the configuration file of the host, or a directory with one
 * @param job the configuration file of the job, or a directory with one
 * @param settings of {@code --set}
 */
public record ConfigSources(Optional<Path> cluster, Optional<Path> job, List<String> settings) {
    /** Copies the list. */
    public ConfigSources {
        settings = List.copyOf(settings);
    }

    /** From the weakest to the strongest, with secrets in the place of references. */
    public List<Layer> layers(
            CompatibilityProfile profile, Map<String, String> environment, Properties properties) {
        List<Layer> layers = new ArrayList<>();
        // First: where an equals sign is missing, the value may have been taken for a file.
        Layer commandLine = Overrides.commandLine(settings);
        cluster.ifPresent(path -> layers.add(ConfigFile.read(file(path, profile), Level.CLUSTER)));
        layers.addAll(Overrides.process(environment, properties));
        layers.add(commandLine);
        job.ifPresent(path -> layers.add(ConfigFile.read(file(path, profile), Level.JOB)));
        return new SecretReferences(environment).resolved(layers);
    }

    private static Path file(Path path, CompatibilityProfile profile) {
        return Files.isDirectory(path) ? ConfigDirectory.file(path, profile) : path;
    }
}
