package io.holdfast.cli;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.error.DidYouMean;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.cli.output.Console;
import io.holdfast.cli.output.ExitCode;
import io.holdfast.cli.output.Json;
import io.holdfast.cli.settings.ConfigSources;
import io.holdfast.cli.settings.LauncherDefaults;
import io.holdfast.cli.settings.Modules;
import io.holdfast.cli.settings.ModulesFlag;
import io.holdfast.config.layer.Layer;
import io.holdfast.config.profile.CompatibilityProfile;
import io.holdfast.config.resolve.Catalog;
import io.holdfast.config.resolve.Comparison;
import io.holdfast.config.resolve.Difference;
import io.holdfast.config.resolve.Explanation;
import io.holdfast.config.resolve.Explanation.Setting;
import io.holdfast.config.resolve.Resolution;
import io.holdfast.config.resolve.ResolveRequest;
import io.holdfast.config.resolve.Resolver;
import io.holdfast.control.client.UserDirectories;
import io.holdfast.runtime.LocalPlatform;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast explain}: what holds, where it was set, and what it beat. */
@Command(
        name = "explain",
        description =
                "Tells what a configuration means: each value, where it was set, what it beat.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Looks at the file, then at HOLDFAST_SET_… in the environment and -Dholdfast.set.…",
            "in HOLDFAST_OPTS, then at --set, then at the job's file; later ones win. Secrets",
            "are never shown. The exit code is 2 if something is wrong.",
            "",
            "Examples:",
            "  ./holdfast explain conf/prod.yaml",
            "  ./holdfast explain conf --profile flink-1.20      (a directory: the file Flink reads)",
            "  ./holdfast explain conf/flink-conf.yaml --diff flink-1.20",
            "  ./holdfast explain conf/prod.yaml --only state.backend.type --set state.backend=rocksdb",
            "  ./holdfast explain conf/prod.yaml --json | jq '.settings[] | select(.known | not)'"
        })
final class ExplainCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FILE",
            description = "The configuration of the host, or a directory with one.")
    private Path file;

    @Option(names = "--conf", paramLabel = "FILE", description = "The same as FILE.")
    private Path conf;

    @Option(
            names = "--job",
            paramLabel = "FILE",
            description = "The configuration of the job, or a directory with one.")
    private Path job;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "One setting; beats the file. May be repeated.")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            completionCandidates = ProfileNames.class,
            description = "Whose rules hold: ${COMPLETION-CANDIDATES}.")
    private Optional<String> profile = Optional.empty();

    @Option(
            names = "--diff",
            paramLabel = "PROFILE",
            completionCandidates = ProfileNames.class,
            description = "Show only what would be different under the rules of this profile.")
    private Optional<String> diff = Optional.empty();

    @Option(
            names = "--only",
            paramLabel = "KEY",
            description = "Show only this key, or the keys below it. May be repeated.")
    private List<String> only = new ArrayList<>();

    @Mixin private ModulesFlag modules = new ModulesFlag();

    @Option(names = "--defaults", description = "Show also what nobody has set.")
    private boolean defaults;

    @Option(names = "--json", description = "Print one JSON document on standard output.")
    private boolean json;

    ExplainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try {
            Optional<CompatibilityProfile> asked = profile.map(CompatibilityProfile::named);
            ConfigSources sources = sources();
            List<Layer> layers = layers(sources, asked.orElse(CompatibilityProfile.DEFAULT));
            try (LocalPlatform platform = Modules.open(layers)) {
                return tell(platform, asked, sources, layers);
            }
        } catch (HoldfastException e) {
            if (!json) {
                throw e;
            }
            return Json.failed(console, e.problem());
        }
    }

    private int tell(
            LocalPlatform platform,
            Optional<CompatibilityProfile> asked,
            ConfigSources sources,
            List<Layer> layers) {
        Catalog catalog = platform.catalog();
        CompatibilityProfile rules = asked.orElseGet(() -> ResolveRequest.profileOf(layers));
        Resolution resolution = resolve(platform, catalog, rules, layers);
        if (diff.isPresent()) {
            CompatibilityProfile other = CompatibilityProfile.named(diff.get());
            Resolution there = resolve(platform, catalog, other, layers(sources, other));
            return tellDifferences(rules, resolution, other, there, keys(catalog, resolution));
        }
        return tell(rules, resolution, keys(catalog, resolution));
    }

    /** From the weakest to the strongest: of the launcher only where modules are. */
    private List<Layer> layers(ConfigSources sources, CompatibilityProfile rules) {
        List<Layer> layers = new ArrayList<>();
        layers.add(LauncherDefaults.modules(UserDirectories.ofThisProcess()));
        layers.addAll(sources.layers(rules, System.getenv(), System.getProperties()));
        layers.add(modules.layer());
        return layers;
    }

    private ConfigSources sources() {
        if (file != null && conf != null) {
            throw Problem.user("CLI-7030", "There are two configuration files.")
                    .with("one", file)
                    .with("other", "--conf " + conf)
                    .advise("leave one of them out; --job names the configuration of a job")
                    .exception();
        }
        return new ConfigSources(
                Optional.ofNullable(file == null ? conf : file),
                Optional.ofNullable(job),
                settings);
    }

    private static Resolution resolve(
            LocalPlatform platform,
            Catalog catalog,
            CompatibilityProfile rules,
            List<Layer> layers) {
        return new Resolver(catalog, rules, platform.classNames())
                .resolve(ResolveRequest.of(layers));
    }

    /** What {@code --only} asks for, as present keys; former keys will do. */
    private List<String> keys(Catalog catalog, Resolution resolution) {
        List<ConfigOption<?>> options = Modules.options(catalog);
        List<String> known = new ArrayList<>();
        options.forEach(option -> known.addAll(option.allKeys()));
        resolution.explanation().settings().forEach(setting -> known.add(setting.key()));
        List<String> keys = new ArrayList<>();
        for (String asked : only) {
            Optional<String> present =
                    options.stream()
                            .filter(option -> option.allKeys().contains(asked))
                            .map(ConfigOption::key)
                            .findFirst();
            String key = present.orElse(asked.endsWith(".") ? chopped(asked) : asked);
            if (known.stream().noneMatch(candidate -> isBelow(candidate, key))) {
                throw Problem.user(
                                "CLI-7031",
                                "No option has the key '%s', and nobody has set it.%s"
                                        .formatted(asked, DidYouMean.question(asked, known)))
                        .advise("'./holdfast options' lists the keys there are")
                        .exception();
            }
            keys.add(key);
        }
        return keys;
    }

    private static String chopped(String key) {
        return key.substring(0, key.length() - 1);
    }

    private static boolean isBelow(String key, String asked) {
        return key.equals(asked) || key.startsWith(asked + ".");
    }

    private static boolean isShown(String key, List<String> keys) {
        return keys.isEmpty() || keys.stream().anyMatch(asked -> isBelow(key, asked));
    }

    private int tell(CompatibilityProfile rules, Resolution resolution, List<String> keys) {
        boolean wrong = !resolution.problems().isEmpty();
        List<Setting> shown =
                resolution.explanation().settings().stream()
                        .filter(setting -> isShown(setting.key(), keys))
                        .filter(setting -> defaults || !keys.isEmpty() || !setting.isDefault())
                        .toList();
        if (json) {
            console.out().println(json(rules, resolution, shown));
        } else {
            Explanation explanation =
                    new Explanation(
                            keys.isEmpty() ? resolution.explanation().decisions() : List.of(),
                            shown);
            console.out().print("profile: " + rules + "\n" + explanation.text(true));
            keys.stream()
                    .filter(key -> shown.stream().noneMatch(one -> isBelow(one.key(), key)))
                    .forEach(key -> console.out().println(key + " is not set and has no default"));
            resolution.warnings().forEach(one -> console.err().println("warning: " + one));
            resolution.problems().forEach(one -> console.err().println("error: " + one));
        }
        return wrong ? ExitCode.USAGE : ExitCode.DONE;
    }

    private int tellDifferences(
            CompatibilityProfile rules,
            Resolution here,
            CompatibilityProfile other,
            Resolution there,
            List<String> keys) {
        List<Difference> differences =
                Comparison.of(here, there, UnaryOperator.identity()).stream()
                        .filter(difference -> isShown(difference.subject(), keys))
                        .toList();
        if (json) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("profile", rules.id());
            fields.put("other", other.id());
            fields.put("differences", json(differences, rules.id(), other.id()));
            console.out().println(Json.render(fields));
        } else if (differences.isEmpty()) {
            console.out().println("no difference between " + rules + " and " + other);
        } else {
            int width = Math.max(rules.id().length(), other.id().length()) + 2;
            for (Difference difference : differences) {
                console.out().println(difference.subject());
                side(rules, width, difference.before());
                side(other, width, difference.after());
            }
        }
        return ExitCode.DONE;
    }

    private void side(CompatibilityProfile rules, int width, String value) {
        String label = "    " + rules + " ".repeat(width - rules.id().length());
        console.out().println(label + value);
    }

    private static List<Map<String, Object>> json(
            List<Difference> differences, String here, String there) {
        return differences.stream()
                .map(
                        difference ->
                                Map.<String, Object>of(
                                        "subject",
                                        difference.subject(),
                                        here,
                                        difference.before(),
                                        there,
                                        difference.after()))
                .toList();
    }

    private static String json(
            CompatibilityProfile rules, Resolution resolution, List<Setting> shown) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("profile", rules.id());
        fields.put(
                "decisions",
                resolution.explanation().decisions().stream()
                        .map(
                                decision ->
                                        Map.of(
                                                "subject", decision.subject(),
                                                "choice", decision.choice(),
                                                "because", decision.because(),
                                                "corrections",
                                                        decision.corrections().stream()
                                                                .map(one -> one.id())
                                                                .toList()))
                        .toList());
        fields.put("settings", shown.stream().map(ExplainCommand::json).toList());
        fields.put("warnings", Json.of(resolution.warnings()));
        fields.put("problems", Json.of(resolution.problems()));
        return Json.render(fields);
    }

    private static Map<String, Object> json(Setting setting) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("key", setting.key());
        fields.put("value", setting.value());
        fields.put("origin", setting.origin().toString());
        fields.put("default", setting.isDefault());
        fields.put("known", setting.known());
        setting.writtenAs().ifPresent(key -> fields.put("writtenAs", key));
        fields.put(
                "beats",
                setting.beaten().stream()
                        .map(
                                one ->
                                        Map.of(
                                                "key", one.key(),
                                                "value", one.value(),
                                                "origin", one.origin().toString()))
                        .toList());
        fields.put("corrections", setting.corrections().stream().map(one -> one.id()).toList());
        return fields;
    }
}
