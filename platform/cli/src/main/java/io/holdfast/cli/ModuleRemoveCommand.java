package io.holdfast.cli;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.ConfigOptions;
import io.holdfast.api.error.Problem;
import io.holdfast.cli.output.Console;
import io.holdfast.cli.output.ExitCode;
import io.holdfast.cli.output.Json;
import io.holdfast.control.client.HostClient;
import io.holdfast.control.view.ModuleView;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast module remove}. */
@Command(
        name = "remove",
        description = {
            "Takes a module out of the folder of modules.",
            "Jobs that use it keep it until they end; nobody else gets it. If one of that name came"
                    + " with ./holdfast, it is used again."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  ./holdfast module remove my-backend",
            "  ./holdfast module remove my-backend --wait --timeout '2 min'"
        })
final class ModuleRemoveCommand implements Callable<Integer> {
    private static final ConfigOption<Duration> TIMEOUT =
            ConfigOptions.key("--timeout").durationType().defaultValue(Duration.ofMinutes(10));

    private final Console console;

    @Parameters(
            index = "0",
            paramLabel = "NAME",
            description = "The module's name, the last parts of it, or its jar.")
    private String name;

    @Option(names = "--wait", description = "Wait until nobody uses it any more.")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "The longest time to wait, 10 min if it is not given.")
    private Optional<String> timeout = Optional.empty();

    @Mixin private ModuleScope scope = new ModuleScope();

    @Option(names = "--json", description = "Print one JSON document on standard output.")
    private boolean json;

    ModuleRemoveCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        return Json.orFailed(console, json, this::remove);
    }

    private int remove() {
        Duration limit =
                timeout.map(text -> TIMEOUT.read(text, TIMEOUT.key(), "command line"))
                        .orElse(TIMEOUT.defaultValue());
        Deployment deployment = scope.deployment(console);
        List<ModuleView> versions = ModuleNames.find(Change.modules(deployment.look()), name);
        ModuleView module =
                versions.stream()
                        .filter(each -> !each.onClassPath())
                        .filter(each -> each.state() != ModuleView.State.DRAINING)
                        .findFirst()
                        .orElseThrow(() -> notInFolder(deployment, versions.get(0)));
        Path place = Path.of(module.location());
        deployment.remove(place);
        boolean library = module.providers().isEmpty() && module.usable();
        List<String> users = new ArrayList<>();
        List<ModuleView> after = new ArrayList<>();
        if (deployment.watching().isEmpty()) {
            deployment.look().forEach(each -> after.addAll(each.modules()));
        }
        for (HostClient host : deployment.watching()) {
            List<ModuleView> now = library ? host.refresh() : deployment.awaitRemoved(host, place);
            Predicate<ModuleView> draining = each -> drains(each, module);
            if (wait) {
                now = Deployment.await(host, limit, draining);
            }
            now.stream().filter(draining).forEach(each -> users.addAll(each.users()));
            after.addAll(now);
        }
        tell(deployment, module, library, users, after);
        return wait && !users.isEmpty() ? ExitCode.ENVIRONMENT : ExitCode.DONE;
    }

    private static boolean drains(ModuleView each, ModuleView removed) {
        return each.state() == ModuleView.State.DRAINING
                && each.name().equals(removed.name())
                && each.location().equals(removed.location());
    }

    private static RuntimeException notInFolder(Deployment deployment, ModuleView module) {
        if (module.onClassPath()) {
            return Problem.user(
                            "CLI-7062",
                            "The module %s cannot be removed: it came with the program."
                                    .formatted(module.name()))
                    .with("jar", module.location())
                    .with("folder", deployment.folder())
                    .advise("'./holdfast module update' lays another version over it")
                    .exception();
        }
        return Problem.user(
                        "CLI-7063",
                        "The module %s was removed already, and drains.".formatted(module.name()))
                .with("state", ModuleTexts.state(module))
                .advise("wait for those who use it")
                .exception();
    }

    private void tell(
            Deployment deployment,
            ModuleView module,
            boolean library,
            List<String> users,
            List<ModuleView> after) {
        Optional<ModuleView> back =
                after.stream()
                        .filter(each -> each.onClassPath() && each.usable())
                        .filter(each -> each.name().equals(module.name()))
                        .findFirst();
        if (json) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("status", wait && !users.isEmpty() ? "draining" : "done");
            fields.put("folder", deployment.folder().toString());
            fields.put("module", ModuleTexts.json(module));
            fields.put("users", users);
            back.ifPresent(each -> fields.put("instead", ModuleTexts.json(each)));
            console.out().println(Json.render(fields));
            return;
        }
        Change.line(console, "removed", ModuleTexts.title(module));
        Change.line(console, "folder", deployment.folder().toString());
        back.ifPresent(
                each -> Change.line(console, "instead", ModuleTexts.title(each) + ", class path"));
        if (library && !deployment.watching().isEmpty()) {
            Change.line(
                    console,
                    "stays",
                    "in the processes that run, until they end: it is a library for other modules");
        }
        for (String user : users) {
            Change.line(console, "draining", user + " keeps it until it ends");
        }
        if (wait && users.isEmpty()) {
            Change.line(console, "unused", "nobody has it any more");
        } else if (wait) {
            console.err().println("It was waited long enough; the module still drains.");
        }
    }
}
