package io.holdfast.cli;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.Configuration;
import io.holdfast.api.config.ReadableConfig;
import io.holdfast.api.config.ValueType;
import io.holdfast.api.error.DidYouMean;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.api.error.Problems;
import io.holdfast.examples.Example;
import io.holdfast.examples.nexmark.HotItems;
import io.holdfast.examples.nexmark.NewUsers;
import io.holdfast.examples.nexmark.UserSessions;
import io.holdfast.examples.sessions.VisitorSessions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The examples and the flags that come from their options: each option is declared once, in its
 * example, and is a flag, a line of help, a check and a word of completion from that.
 */
final class ExampleOptions {
    /** To add an example, write it and name it here. */
    static final List<Example> EXAMPLES =
            List.of(new HotItems(), new NewUsers(), new UserSessions(), new VisitorSessions());

    private ExampleOptions() {}

    static List<String> names() {
        return EXAMPLES.stream().map(Example::name).toList();
    }

    static Example named(String name) {
        return EXAMPLES.stream()
                .filter(example -> example.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(name));
    }

    private static HoldfastException unknown(String name) {
        return Problem.user(
                        "CLI-7002",
                        "There is no example '%s'.%s"
                                .formatted(name, DidYouMean.question(name, names())))
                .with("examples", String.join(", ", names()))
                .advise("correct the name; './holdfast examples' says what each of them does")
                .exception();
    }

    /** Adds a flag for each option, grouped by the examples that have it. */
    static void addTo(CommandSpec run) {
        Map<ConfigOption<?>, List<String>> examplesByOption = new LinkedHashMap<>();
        for (Example example : EXAMPLES) {
            for (ConfigOption<?> option : example.options()) {
                examplesByOption
                        .computeIfAbsent(option, o -> new ArrayList<>())
                        .add(example.name());
            }
        }
        Map<List<String>, List<ConfigOption<?>>> groups = new LinkedHashMap<>();
        examplesByOption.forEach(
                (option, names) ->
                        groups.computeIfAbsent(names, n -> new ArrayList<>()).add(option));
        groups.forEach(
                (names, options) -> {
                    ArgGroupSpec.Builder group =
                            ArgGroupSpec.builder()
                                    .validate(false)
                                    .heading("%nOf " + String.join(", ", names) + ":%n");
                    options.forEach(option -> group.addArg(flag(option)));
                    run.addArgGroup(group.build());
                });
    }

    private static OptionSpec flag(ConfigOption<?> option) {
        boolean files = option.key().equals("input");
        String otherwise =
                option.hasDefaultValue()
                        ? " Default: " + ValueType.text(option.defaultValue()) + "."
                        : "";
        return OptionSpec.builder("--" + option.key())
                .paramLabel(files ? "FILE" : option.key().toUpperCase(java.util.Locale.ROOT))
                .arity(files ? "1..*" : "1")
                .type(files ? List.class : String.class)
                .auxiliaryTypes(String.class)
                .description(option.description() + otherwise)
                .build();
    }

    /** What was chosen for an example; all problems at once. */
    static ReadableConfig choices(Example example, CommandSpec run) {
        Configuration choices = new Configuration();
        List<Problem> problems = new ArrayList<>();
        Map<String, ConfigOption<?>> own =
                example.options().stream()
                        .collect(Collectors.toMap(ConfigOption::key, option -> option));
        for (String key : keys()) {
            Object given = run.findOption("--" + key).getValue();
            if (given == null) {
                continue;
            }
            ConfigOption<?> option = own.get(key);
            if (option == null) {
                problems.add(notOf(example, key));
                continue;
            }
            try {
                choices.setRaw(key, option.read(given, "--" + key, "command line"));
            } catch (HoldfastException e) {
                problems.add(e.problem());
            }
        }
        if (!problems.isEmpty()) {
            throw Problems.together("CLI-7000", "The command", problems);
        }
        return choices;
    }

    /**
     * An option of an example that was given as a setting of the platform would do nothing there.
     */
    static void refuseAsSettings(List<String> settings) {
        for (String setting : settings) {
            String key = setting.split("=", 2)[0].strip();
            if (keys().contains(key)) {
                throw Problem.user(
                                "CLI-7005",
                                "'%s' is an option of the example, not a setting of the platform."
                                        .formatted(key))
                        .with("set by", "--set " + setting)
                        .advise("write --" + setting.replaceFirst("\\s*=\\s*", " "))
                        .exception();
            }
        }
    }

    private static List<String> keys() {
        return EXAMPLES.stream()
                .flatMap(example -> example.options().stream())
                .map(ConfigOption::key)
                .distinct()
                .toList();
    }

    private static Problem notOf(Example example, String key) {
        return Problem.user("CLI-7003", "'%s' does not take --%s.".formatted(example.name(), key))
                .with(
                        "it takes",
                        example.options().stream()
                                .map(option -> "--" + option.key())
                                .collect(Collectors.joining(", ")))
                .advise("leave the flag out, or run another example")
                .build();
    }
}
