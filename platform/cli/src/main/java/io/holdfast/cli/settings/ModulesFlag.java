package io.holdfast.cli.settings;

import io.holdfast.config.layer.Layer;
import io.holdfast.config.layer.Level;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The flag that names the folder of modules, for every command that looks at modules. */
public final class ModulesFlag {
    @Option(
            names = "--modules",
            paramLabel = "DIR",
            description = "Folder of modules; short for --set modules.dir=DIR.")
    private Optional<String> folder = Optional.empty();

    /** What it says, as a layer; nothing if it was not given. */
    public Layer layer() {
        return folder.map(Modules::inFolder)
                .orElseGet(() -> new Layer(Level.COMMAND_LINE, List.of()));
    }
}
