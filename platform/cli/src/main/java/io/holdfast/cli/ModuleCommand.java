package io.holdfast.cli;

import io.holdfast.cli.output.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code holdfast module}: the parent of what can be done with modules. */
@Command(
        name = "module",
        description =
                "Lists, installs, updates and removes modules, also while jobs run that use them.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Modules are jars in a folder: $XDG_DATA_HOME/holdfast/modules, usually",
            "~/.local/share/holdfast/modules, unless modules.dir or --modules says otherwise. A",
            "module of the folder takes the place of the one that came with ./holdfast. Where a",
            "process of this user runs, it is asked, and it does what is asked at once.",
            "",
            "Examples:",
            "  ./holdfast module list",
            "  ./holdfast module info rocksdb",
            "  ./holdfast module install my-backend.jar",
            "  ./holdfast module update backend-rocksdb newer.jar --handover",
            "  ./holdfast module remove my-backend --wait"
        })
final class ModuleCommand implements Runnable {
    private final Console console;

    @Spec private CommandSpec spec;

    ModuleCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        spec.commandLine().usage(console.out());
    }
}
