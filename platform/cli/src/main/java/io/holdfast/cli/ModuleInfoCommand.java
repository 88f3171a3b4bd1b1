package io.holdfast.cli;

import io.holdfast.cli.ModuleScope.Seen;
import io.holdfast.cli.output.Console;
import io.holdfast.cli.output.ExitCode;
import io.holdfast.cli.output.Json;
import io.holdfast.cli.output.Words;
import io.holdfast.control.view.ModuleView;
import io.holdfast.control.view.ProviderView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast module info}. */
@Command(
        name = "info",
        description = "Tells all that is known of a module, of each of its versions that is there.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  ./holdfast module info io.holdfast.backend.rocksdb",
            "  ./holdfast module info rocksdb",
            "  ./holdfast module info my-backend.jar --json | jq '.versions[0].sha256'"
        })
final class ModuleInfoCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            index = "0",
            paramLabel = "NAME",
            description = "Its name, the last parts of it, or its jar.")
    private String name;

    @Mixin private ModuleScope scope = new ModuleScope();

    @Option(names = "--json", description = "Print one JSON document on standard output.")
    private boolean json;

    ModuleInfoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        return Json.orFailed(console, json, this::tell);
    }

    private int tell() {
        Seen seen = scope.look(console);
        List<ModuleView> versions = ModuleNames.find(seen.modules(), name);
        if (json) {
            Map<String, Object> fields = new LinkedHashMap<>();
            seen.process().ifPresent(host -> fields.put("process", host.view().pid()));
            fields.put("name", versions.get(0).name());
            fields.put("versions", versions.stream().map(each -> json(seen, each)).toList());
            console.out().println(Json.render(fields));
            return ExitCode.DONE;
        }
        console.out().println(versions.get(0).name() + " (" + seen.whose() + ")");
        versions.forEach(
                each -> {
                    tell(seen, each);
                    console.out().println();
                });
        return ExitCode.DONE;
    }

    private Map<String, Object> json(Seen seen, ModuleView version) {
        Map<String, Object> fields = new LinkedHashMap<>(ModuleTexts.json(version));
        fields.put("trust", trust(seen, version));
        return fields;
    }

    private static String trust(Seen seen, ModuleView version) {
        return version.onClassPath() ? "came with the program" : seen.trust();
    }

    private void tell(Seen seen, ModuleView version) {
        line("version", ModuleTexts.version(version));
        line("state", ModuleTexts.state(version));
        line("world", version.world());
        line("jar", version.location());
        line("sha-256", version.digest().isEmpty() ? "not computed" : version.digest());
        line("trust", trust(seen, version));
        line("users", version.users().isEmpty() ? "none" : String.join(", ", version.users()));
        if (version.providers().isEmpty() && version.problem().isEmpty()) {
            line("provides", "nothing: it is a library for others");
        }
        for (ProviderView provider : version.providers()) {
            line("provides", provides(provider));
            if (!provider.options().isEmpty()) {
                paragraph("options", String.join(", ", provider.options()));
            }
        }
        version.problem().ifPresent(problem -> line("failure", problem.toString()));
    }

    private static String provides(ProviderView provider) {
        return "%s %s   (%s, %s)"
                .formatted(
                        provider.kind(),
                        provider.names().isEmpty() ? "-" : String.join(", ", provider.names()),
                        provider.className(),
                        provider.state());
    }

    private void paragraph(String label, String text) {
        List<String> lines = Words.wrapped(text, Math.max(40, console.columns() - 14));
        line(label, String.join("\n", lines));
    }

    private void line(String label, String text) {
        console.out()
                .println(
                        "    "
                                + label
                                + " ".repeat(10 - label.length())
                                + text.replace("\n", "\n" + " ".repeat(14)));
    }
}
