package io.holdfast.cli;

import io.holdfast.cli.ModuleScope.Seen;
import io.holdfast.cli.output.Console;
import io.holdfast.cli.output.ExitCode;
import io.holdfast.cli.output.Json;
import io.holdfast.cli.output.Table;
import io.holdfast.control.view.ModuleView;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast module list}. */
@Command(
        name = "list",
        description = {
            "Lists the modules of the process that runs, or those that ./holdfast would load.",
            "A module is available, in use by somebody, draining (those who have it keep it,"
                    + " nobody else gets it), covered (one of the folder is in its place), or"
                    + " failed."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  ./holdfast module list",
            "  ./holdfast module list --process 4711",
            "  ./holdfast module list --modules /opt/modules --json | jq '.modules[].name'"
        })
final class ModuleListCommand implements Callable<Integer> {
    private final Console console;

    @Mixin private ModuleScope scope = new ModuleScope();

    @Option(names = "--json", description = "Print one JSON document on standard output.")
    private boolean json;

    ModuleListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        return Json.orFailed(console, json, this::list);
    }

    private int list() {
        Seen seen = scope.look(console);
        List<ModuleView> modules =
                seen.modules().stream()
                        .sorted(
                                Comparator.comparing(ModuleView::name)
                                        .thenComparing(ModuleView::onClassPath)
                                        .thenComparing(ModuleView::state))
                        .toList();
        if (json) {
            Map<String, Object> fields = new LinkedHashMap<>();
            seen.process().ifPresent(host -> fields.put("process", host.view().pid()));
            seen.folder().ifPresent(folder -> fields.put("folder", folder.toString()));
            fields.put("modules", modules.stream().map(ModuleTexts::json).toList());
            console.out().println(Json.render(fields));
            return ExitCode.DONE;
        }
        console.out().println(seen.whose());
        Table table = new Table("NAME", "VERSION", "STATE", "WORLD", "JAR", "SHA-256");
        for (ModuleView module : modules) {
            table.row(
                    List.of(
                            module.name(),
                            ModuleTexts.version(module),
                            ModuleTexts.state(module),
                            module.world(),
                            module.file(),
                            ModuleTexts.digest(module)),
                    ModuleTexts.failure(module));
        }
        table.print(console.out());
        return ExitCode.DONE;
    }
}
