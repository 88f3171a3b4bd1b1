package io.holdfast.cli;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.error.DidYouMean;
import io.holdfast.api.error.Problem;
import io.holdfast.cli.output.Console;
import io.holdfast.cli.output.ExitCode;
import io.holdfast.cli.output.Json;
import io.holdfast.cli.output.Words;
import io.holdfast.cli.settings.HostSettings;
import io.holdfast.cli.settings.Modules;
import io.holdfast.runtime.LocalPlatform;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast options}: what can be set. */
@Command(
        name = "options",
        description = "Lists the options that the installed modules read.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  ./holdfast options",
            "  ./holdfast options state.backend.rocksdb",
            "  ./holdfast options state.checkpoints.dir      (a former key finds its option, too)",
            "  ./holdfast options execution --json | jq -r '.options[].key'"
        })
final class OptionsCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PREFIX",
            defaultValue = "",
            description = "Only keys that begin so, under any of their spellings.")
    private String prefix;

    @Mixin private HostSettings host = new HostSettings();

    @Option(names = "--json", description = "Print one JSON document on standard output.")
    private boolean json;

    OptionsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<ConfigOption<?>> all;
        try (LocalPlatform platform = Modules.open(host.layers())) {
            all = Modules.options(platform.catalog());
        }
        List<ConfigOption<?>> shown =
                all.stream()
                        .filter(
                                option ->
                                        option.allKeys().stream()
                                                .anyMatch(key -> key.startsWith(prefix)))
                        .toList();
        if (shown.isEmpty()) {
            throw noneBegins(all);
        }
        if (json) {
            console.out()
                    .println(
                            Json.render(
                                    Map.of(
                                            "options",
                                            shown.stream().map(OptionsCommand::json).toList())));
        } else {
            shown.forEach(this::tell);
            console.out().println(shown.size() + (shown.size() == 1 ? " option" : " options"));
        }
        return ExitCode.DONE;
    }

    private RuntimeException noneBegins(List<ConfigOption<?>> all) {
        List<String> keys = new ArrayList<>();
        all.forEach(option -> keys.addAll(option.allKeys()));
        return Problem.user(
                        "CLI-7032",
                        "No option has a key that begins with '%s'.%s"
                                .formatted(prefix, DidYouMean.question(prefix, keys)))
                .advise("'./holdfast options' lists all of them")
                .exception();
    }

    private void tell(ConfigOption<?> option) {
        console.out().println(option.key());
        line("type", option.type().name());
        line("default", option.hasDefaultValue() ? shownDefault(option) : "none");
        if (!option.checks().isEmpty()) {
            line(
                    "must be",
                    String.join(
                            "; ", option.checks().stream().map(check -> check.what()).toList()));
        }
        if (!option.fallbackKeys().isEmpty()) {
            line("also", String.join(", ", option.fallbackKeys()));
        }
        if (!option.formerKeys().isEmpty()) {
            line("formerly", String.join(", ", option.formerKeys()));
        }
        option.noEffect().ifPresent(reason -> line("no effect", reason));
        for (String words : Words.wrapped(option.description(), console.columns() - 4)) {
            console.out().println("    " + words);
        }
        console.out().println();
    }

    private static String shownDefault(ConfigOption<?> option) {
        return option.shown(option.defaultValue());
    }

    private void line(String label, String text) {
        console.out().println("    " + label + " ".repeat(11 - label.length()) + text);
    }

    private static Map<String, Object> json(ConfigOption<?> option) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("key", option.key());
        fields.put("type", option.type().name());
        if (option.hasDefaultValue()) {
            fields.put("default", shownDefault(option));
        }
        fields.put("checks", option.checks().stream().map(check -> check.what()).toList());
        fields.put("fallbackKeys", option.fallbackKeys());
        fields.put("formerKeys", option.formerKeys());
        fields.put("secret", option.type().secret());
        option.noEffect().ifPresent(reason -> fields.put("noEffect", reason));
        fields.put("description", option.description());
        return fields;
    }
}
