package io.holdfast.cli;

import io.holdfast.api.config.ValueType;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.cli.output.Console;
import io.holdfast.cli.output.ExitCode;
import io.holdfast.cli.output.Json;
import io.holdfast.cli.settings.LauncherDefaults;
import io.holdfast.cli.settings.Modules;
import io.holdfast.config.file.ConfigDirectory;
import io.holdfast.config.file.ConfigFile;
import io.holdfast.config.file.FileFormat;
import io.holdfast.config.layer.Entry;
import io.holdfast.config.layer.Layer;
import io.holdfast.config.layer.Level;
import io.holdfast.config.migrate.Migration;
import io.holdfast.config.migrate.Migrator;
import io.holdfast.config.profile.CompatibilityProfile;
import io.holdfast.config.resolve.Catalog;
import io.holdfast.config.resolve.Comparison;
import io.holdfast.config.resolve.Difference;
import io.holdfast.config.resolve.Explanation.Decision;
import io.holdfast.config.resolve.Resolution;
import io.holdfast.config.resolve.ResolveRequest;
import io.holdfast.config.resolve.Resolver;
import io.holdfast.control.client.UserDirectories;
import io.holdfast.runtime.LocalPlatform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast migrate}: turns Flink's files into present ones. */
@Command(
        name = "migrate",
        description =
                "Turns a flink-conf.yaml, or an older config.yaml, into config.yaml or HOCON that"
                        + " means the same.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Former keys get their present names, legacy backends become a backend and a",
            "checkpoint storage, comments and order stay, no setting is lost. Both files are",
            "resolved, and what does not come out the same is told; then the exit code is 1.",
            "The new file holds the secrets of the old one, with the same permissions; they",
            "are never printed, also not by --dry-run.",
            "",
            "Examples:",
            "  ./holdfast migrate conf/flink-conf.yaml            (writes conf/config.yaml)",
            "  ./holdfast migrate conf/flink-conf.yaml job.conf   (HOCON, by the name)",
            "  ./holdfast migrate conf/flink-conf.yaml --dry-run",
            "  ./holdfast migrate conf/flink-conf.yaml --from flink-1.12 --force",
            "  ./holdfast migrate conf/flink-conf.yaml --check    (in a build: are both still equal?)"
        })
final class MigrateCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            index = "0",
            paramLabel = "SOURCE",
            description = "The old file, or the directory that it is in.")
    private Path source;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "TARGET",
            description =
                    "The new file; its name decides the format. Without it: config.yaml or"
                            + " config.conf beside the old one.")
    private Path target;

    @Option(
            names = "--to",
            paramLabel = "yaml|hocon",
            completionCandidates = Formats.class,
            description = "The format of the new file, where TARGET does not tell.")
    private Optional<String> to = Optional.empty();

    @Option(
            names = "--from",
            paramLabel = "PROFILE",
            defaultValue = "flink-1.20",
            completionCandidates = ProfileNames.class,
            description =
                    "The Flink that the old file was written for: flink-1.12 for 1.8 to 1.12,"
                            + " flink-1.20 (default) for 1.13 to 1.20.")
    private String from;

    @Option(
            names = "--for",
            paramLabel = "PROFILE",
            defaultValue = "default",
            completionCandidates = ProfileNames.class,
            description = "Whose rules the new file is for: default, or flink-2.3 for a Flink.")
    private String reader;

    @Option(
            names = "--lines",
            description =
                    "Read SOURCE line by line as flink-conf.yaml is, although it has another name.")
    private boolean lines;

    @Option(names = "--dry-run", description = "Write nothing; show what would be written.")
    private boolean dryRun;

    @Option(
            names = "--check",
            description =
                    "Write nothing; compare TARGET, as it is, with SOURCE. The exit code is 1 if"
                            + " they do not mean the same, or if there is no TARGET.")
    private boolean check;

    @Option(names = "--force", description = "Replace TARGET if it exists.")
    private boolean force;

    @Option(names = "--json", description = "Print one JSON document on standard output.")
    private boolean json;

    MigrateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try (LocalPlatform platform =
                Modules.open(List.of(LauncherDefaults.modules(UserDirectories.ofThisProcess())))) {
            return migrate(platform);
        } catch (HoldfastException e) {
            if (!json) {
                throw e;
            }
            return Json.failed(console, e.problem());
        }
    }

    private int migrate(LocalPlatform platform) {
        if (dryRun && check) {
            throw Problem.user("CLI-7042", "--dry-run and --check exclude each other.")
                    .advise("leave one of them out")
                    .exception();
        }
        Path old = old();
        FileFormat format = target == null ? asked() : formatOfTarget();
        Path place = place(old, format);
        String text = ConfigFile.text(old);
        FileFormat written = formatOf(old, text);
        Catalog catalog = platform.catalog();
        Function<Layer, Resolution> before = resolving(platform, catalog, from);
        Function<Layer, Resolution> after = resolving(platform, catalog, reader);
        Migrator migrator = new Migrator(Modules.options(catalog), before, after);
        Migration migration = migrator.migrate(old, text, written, format);
        List<Difference> differences = migration.differences();
        if (check) {
            differences = differencesOfTarget(before, after, written, text, old, place, migration);
        } else if (!dryRun) {
            new NewFile(place).write(migration.text(), old, force);
        }
        Layer fresh = format.read(place, migration.text(), Level.CLUSTER);
        report(old, place, migration, differences, after.apply(fresh));
        return differences.isEmpty() ? ExitCode.DONE : ExitCode.DIFFERENT;
    }

    private Path old() {
        if (!Files.isDirectory(source)) {
            return source;
        }
        return ConfigDirectory.file(source, CompatibilityProfile.named(from));
    }

    private FileFormat asked() {
        return switch (to.orElse("yaml").toLowerCase(Locale.ROOT)) {
            case "yaml" -> FileFormat.YAML;
            case "hocon" -> FileFormat.HOCON;
            default ->
                    throw Problem.user("CLI-7043", "'" + to.get() + "' is no format.")
                            .with("possible", "yaml, hocon")
                            .advise("correct --to")
                            .exception();
        };
    }

    private FileFormat formatOfTarget() {
        if (Files.isDirectory(target)) {
            return asked();
        }
        FileFormat format = FileFormat.of(target);
        boolean contradicts = to.isPresent() && asked() != format;
        if (contradicts || format == FileFormat.FLINK_CONF || format == FileFormat.PROPERTIES) {
            throw Problem.user("CLI-7044", "'" + target + "' is no name for the new file.")
                    .with("possible", "names that end in .yaml or .yml (YAML), .conf (HOCON)")
                    .advise(
                            contradicts
                                    ? "correct the name, or leave out --to"
                                    : "correct the name")
                    .exception();
        }
        return format;
    }

    private Path place(Path old, FileFormat format) {
        String name = format == FileFormat.YAML ? ConfigDirectory.CONFIG_NAME : "config.conf";
        if (target == null) {
            return old.resolveSibling(name);
        }
        return Files.isDirectory(target) ? target.resolve(name) : target;
    }

    /**
     * A name other than Flink's two tells nothing about the format; if it makes a difference, the
     * user has to say it.
     */
    private FileFormat formatOf(Path old, String text) {
        FileFormat named = FileFormat.of(old);
        if (lines || named == FileFormat.FLINK_CONF) {
            return FileFormat.FLINK_CONF;
        }
        if (named != FileFormat.YAML
                || String.valueOf(old.getFileName()).equals(ConfigDirectory.CONFIG_NAME)) {
            return named;
        }
        Map<String, String> inLines = texts(FileFormat.FLINK_CONF.read(old, text, Level.CLUSTER));
        Map<String, String> inYaml;
        try {
            inYaml = texts(FileFormat.YAML.read(old, text, Level.CLUSTER));
        } catch (HoldfastException e) {
            throw ambiguous(old, "it is not correct YAML: " + e.problem().code());
        }
        if (!inLines.equals(inYaml)) {
            throw ambiguous(old, "read line by line it holds other settings than as YAML");
        }
        return FileFormat.YAML;
    }

    private static HoldfastException ambiguous(Path old, String because) {
        return Problem.user("CLI-7045", "The name '" + old + "' does not tell how to read it.")
                .with("because", because)
                .advise(
                        "add --lines if Flink read it as flink-conf.yaml; otherwise rename it to"
                                + " config.yaml")
                .exception();
    }

    private static Map<String, String> texts(Layer layer) {
        Map<String, String> texts = new TreeMap<>();
        for (Entry entry : layer.entries()) {
            texts.put(entry.key(), ValueType.text(entry.value()));
        }
        return texts;
    }

    private static Function<Layer, Resolution> resolving(
            LocalPlatform platform, Catalog catalog, String profile) {
        Resolver resolver =
                new Resolver(catalog, CompatibilityProfile.named(profile), platform.classNames());
        return layer -> resolver.resolve(ResolveRequest.of(List.of(layer)));
    }

    private static List<Difference> differencesOfTarget(
            Function<Layer, Resolution> before,
            Function<Layer, Resolution> after,
            FileFormat written,
            String text,
            Path old,
            Path place,
            Migration migration) {
        Resolution meant = before.apply(written.read(old, text, Level.CLUSTER));
        if (!Files.exists(place)) {
            return List.of(
                    new Difference(
                            "'" + place + "'", migration.settings() + " settings", "no file"));
        }
        return Comparison.of(
                meant, after.apply(ConfigFile.read(place, Level.CLUSTER)), migration::presentKey);
    }

    private void report(
            Path old,
            Path place,
            Migration migration,
            List<Difference> differences,
            Resolution means) {
        if (json) {
            console.out().println(json(old, place, migration, differences));
            return;
        }
        migration.warnings().forEach(one -> console.err().println("warning: " + one));
        if (dryRun) {
            console.out().print(migration.shown());
        }
        Console told = dryRun ? console.forMachines() : console;
        told.out()
                .println(
                        "%s %s -> %s, %d settings"
                                .formatted(verb(), old, place, migration.settings()));
        if (!check) {
            migration.changes().forEach(change -> told.out().println("  " + change));
        }
        if (differences.isEmpty()) {
            told.out().println("equal: both mean " + choices(means) + rules());
        } else {
            told.out().println("not equal" + rules() + ":");
            for (Difference difference : differences) {
                told.out().println("  " + difference.subject());
                told.out().println("      old  " + difference.before());
                told.out().println("      new  " + difference.after());
            }
        }
        migration.problems().forEach(one -> console.err().println("still wrong: " + one));
        boolean besides =
                String.valueOf(old.getFileName()).equals(FileFormat.FLINK_CONF_NAME)
                        && place.equals(old.resolveSibling(ConfigDirectory.CONFIG_NAME));
        if (besides && !dryRun && !check) {
            told.out()
                    .println("note: Flink 1.19 and 1.20 go on reading " + old + " while it exists");
        }
    }

    private String verb() {
        return dryRun ? "would migrate" : check ? "checked" : "migrated";
    }

    private String rules() {
        return "   (old file by the rules of " + from + ", new one by " + reader + ")";
    }

    private static String choices(Resolution means) {
        return means.explanation().decisions().stream()
                .map((Decision decision) -> decision.subject() + " " + decision.choice())
                .collect(Collectors.joining(", "));
    }

    private String json(Path old, Path place, Migration migration, List<Difference> differences) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("status", dryRun ? "dry-run" : check ? "checked" : "migrated");
        fields.put("source", old.toString());
        fields.put("target", place.toString());
        fields.put("settings", migration.settings());
        fields.put(
                "changes",
                migration.changes().stream()
                        .map(
                                change ->
                                        Map.of(
                                                "line", change.line(),
                                                "kind", change.kind().name(),
                                                "sentence", change.sentence()))
                        .toList());
        fields.put("equal", differences.isEmpty());
        fields.put(
                "differences",
                differences.stream()
                        .map(
                                difference ->
                                        Map.of(
                                                "subject", difference.subject(),
                                                "old", difference.before(),
                                                "new", difference.after()))
                        .toList());
        fields.put("warnings", Json.of(migration.warnings()));
        fields.put("problems", Json.of(migration.problems()));
        if (dryRun) {
            fields.put("shown", migration.shown());
        }
        return Json.render(fields);
    }

    /** For completion. */
    static final class Formats extends java.util.ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Formats() {
            super(List.of("yaml", "hocon"));
        }
    }
}
