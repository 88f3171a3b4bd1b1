package io.holdfast.cli;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.cli.Deployment.Before;
import io.holdfast.cli.Deployment.Checked;
import io.holdfast.cli.ModuleScope.Seen;
import io.holdfast.cli.output.Console;
import io.holdfast.cli.output.ExitCode;
import io.holdfast.cli.output.Json;
import io.holdfast.control.view.ModuleView;
import io.holdfast.host.archive.ModuleArchive;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast module update}. */
@Command(
        name = "update",
        description = {
            "Puts another version of a module in its place.",
            "A jar of the folder is replaced; over a module that came with ./holdfast, the new one"
                    + " is laid. Jobs that run keep the version they have until they end, or, with"
                    + " --handover, go on with the new one at once: no record is lost or counted"
                    + " twice. If that fails for one of them, all is as it was before."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  ./holdfast module update my-backend my-backend-1.1.jar",
            "  ./holdfast module update backend-rocksdb newer.jar --handover"
        })
final class ModuleUpdateCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            index = "0",
            paramLabel = "NAME",
            description = "The module's name, the last parts of it, or its jar.")
    private String name;

    @Parameters(index = "1", paramLabel = "JAR", description = "The new version's jar.")
    private Path jar;

    @Option(
            names = "--handover",
            description = "Hand running jobs that use the old version over to the new one.")
    private boolean handOver;

    @Mixin private ModuleScope scope = new ModuleScope();

    @Option(names = "--json", description = "Print one JSON document on standard output.")
    private boolean json;

    ModuleUpdateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        return Json.orFailed(console, json, this::update);
    }

    private int update() {
        String file = Change.fileName(jar);
        Deployment deployment = scope.deployment(console);
        List<ModuleView> versions = ModuleNames.find(Change.modules(deployment.look()), name);
        if (handOver) {
            requireBackend(versions);
        }
        Optional<ModuleView> inFolder =
                versions.stream()
                        .filter(each -> !each.onClassPath())
                        .filter(each -> each.state() != ModuleView.State.DRAINING)
                        .findFirst();
        Path place =
                inFolder.map(each -> Path.of(each.location()))
                        .orElseGet(() -> Change.free(deployment, file));
        try (Checked checked = deployment.check(jar, place.getFileName().toString())) {
            ModuleArchive archive = checked.archive();
            requireSame(versions.get(0), archive);
            return Change.put(
                    deployment,
                    checked,
                    place,
                    (after, before) -> goOn(deployment, versions, after, before, archive));
        }
    }

    private static void requireBackend(List<ModuleView> versions) {
        boolean backend =
                versions.stream()
                        .flatMap(each -> each.providers().stream())
                        .anyMatch(each -> each.kind().equals(HandOvers.KIND));
        if (!backend) {
            throw Problem.user(
                            "CLI-7060",
                            "Jobs cannot be handed over: the module %s is no state backend."
                                    .formatted(versions.get(0).name()))
                    .advise("leave --handover out; jobs keep the old version until they end")
                    .exception();
        }
    }

    /** What was refused goes by the name of its file, and may have been anything. */
    private void requireSame(ModuleView present, ModuleArchive archive) {
        boolean namedAfterFile = present.name().equals(present.file());
        if (!namedAfterFile && !present.name().equals(archive.name())) {
            throw Problem.user(
                            "CLI-7061", "The jar holds another module than the one to be updated.")
                    .with("to be updated", ModuleTexts.title(present))
                    .with("in the jar", archive)
                    .advise("install it beside the other, or name the right jar")
                    .exception();
        }
    }

    private int goOn(
            Deployment deployment,
            List<ModuleView> versions,
            List<Seen> after,
            Before before,
            ModuleArchive archive) {
        HandOvers handOvers = new HandOvers(archive);
        if (handOver) {
            for (Seen seen : after) {
                Optional<HoldfastException> failure = handOvers.all(seen);
                if (failure.isPresent()) {
                    return undo(deployment, before, handOvers, failure.get());
                }
            }
        }
        List<Seen> now = handOver ? deployment.look() : after;
        if (json) {
            Map<String, Object> fields = Change.json(deployment, now, archive);
            fields.put("before", versions.stream().map(ModuleTexts::json).toList());
            fields.put("handOvers", handOvers.json());
            fields.put("draining", HandOvers.users(now, archive));
            console.out().println(Json.render(fields));
            return ExitCode.DONE;
        }
        Change.line(console, "updated", archive.name());
        versions.stream()
                .filter(ModuleView::usable)
                .findFirst()
                .ifPresent(each -> Change.line(console, "from", ModuleTexts.title(each)));
        Change.line(console, "to", ModuleTexts.title(Change.version(now.get(0), archive)));
        Change.line(console, "folder", deployment.folder().toString());
        Change.tell(console, now, archive);
        handOvers.tell(console);
        for (String user : HandOvers.users(now, archive)) {
            Change.line(
                    console,
                    "draining",
                    user
                            + " keeps the old version"
                            + (handOver ? ": it is not its state backend" : " until it ends")
                            + (handOver ? "" : "; --handover would move it"));
        }
        return ExitCode.DONE;
    }

    private int undo(
            Deployment deployment, Before before, HandOvers handOvers, HoldfastException failure) {
        deployment.restore(before);
        deployment.look();
        List<Problem> stuck = handOvers.back();
        List<Problem> problems = new ArrayList<>(List.of(failure.problem()));
        problems.addAll(stuck);
        if (json) {
            console.out()
                    .println(
                            Json.render(
                                    Map.of(
                                            "status",
                                            "failed",
                                            "exitCode",
                                            ExitCode.JOB_FAILED,
                                            "restored",
                                            true,
                                            "problems",
                                            Json.of(problems))));
            return ExitCode.JOB_FAILED;
        }
        problems.forEach(problem -> console.err().println(problem));
        console.err()
                .println(
                        stuck.isEmpty()
                                ? "The folder is as it was, and every job has the version it had."
                                : "The folder is as it was.");
        return ExitCode.JOB_FAILED;
    }
}
