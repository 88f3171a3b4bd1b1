package io.holdfast.cli;

import io.holdfast.api.error.Problem;
import io.holdfast.cli.Deployment.Checked;
import io.holdfast.cli.ModuleScope.Seen;
import io.holdfast.cli.output.Console;
import io.holdfast.cli.output.ExitCode;
import io.holdfast.cli.output.Json;
import io.holdfast.cli.output.Words;
import io.holdfast.control.view.ModuleView;
import io.holdfast.host.archive.ModuleArchive;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast module install}. */
@Command(
        name = "install",
        description = {
            "Puts a module into the folder of modules.",
            "The jar is checked first: its archive, and whether it is trusted. Processes that watch"
                    + " the folder use it at once; if one of them refuses it, it is taken out again."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  ./holdfast module install my-backend-1.0.jar",
            "  ./holdfast module install my-backend-1.0.jar --modules /opt/modules",
            "  ./holdfast module install my-backend-1.0.jar --set modules.trust=digest-list \\",
            "      --set modules.trust.digests=trusted.txt"
        })
final class ModuleInstallCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "JAR", description = "The module's jar.")
    private Path jar;

    @Mixin private ModuleScope scope = new ModuleScope();

    @Option(names = "--json", description = "Print one JSON document on standard output.")
    private boolean json;

    ModuleInstallCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        return Json.orFailed(console, json, this::install);
    }

    private int install() {
        String file = Change.fileName(jar);
        Deployment deployment = scope.deployment(console);
        List<Seen> before = deployment.look();
        try (Checked checked = deployment.check(jar, file)) {
            ModuleArchive archive = checked.archive();
            refuseInstalled(before, archive);
            Path place = Change.free(deployment, file);
            return Change.put(
                    deployment, checked, place, (after, kept) -> tell(deployment, after, archive));
        }
    }

    private void refuseInstalled(List<Seen> before, ModuleArchive archive) {
        for (ModuleView module : Change.modules(before)) {
            if (module.name().equals(archive.name()) && module.usable()) {
                throw Problem.user(
                                "CLI-7058",
                                "The module %s is installed already.".formatted(archive.name()))
                        .with("installed", ModuleTexts.title(module) + ", " + module.world())
                        .with("to install", archive)
                        .advise(
                                "to put the new one in its place: ./holdfast module update %s %s"
                                        .formatted(archive.name(), Words.quoted(jar.toString())))
                        .exception();
            }
        }
    }

    private int tell(Deployment deployment, List<Seen> after, ModuleArchive archive) {
        if (json) {
            console.out().println(Json.render(Change.json(deployment, after, archive)));
            return ExitCode.DONE;
        }
        Change.line(console, "installed", archive.name() + " " + archive.version());
        Change.line(console, "folder", deployment.folder().toString());
        Change.line(console, "sha-256", archive.digest());
        Change.tell(console, after, archive);
        return ExitCode.DONE;
    }
}
