package io.holdfast.itests.architecture;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.config.resolve.Catalog;
import io.holdfast.config.resolve.Installed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All options as a page, made from their declarations. */
final class OptionsDocument {
    private static final String HEADER =
            """
            # Options

            Made from the declarations of the options by `mvn -pl itests/architecture verify -Doptions.write=true`; do not edit.

            Values are written as `true`, `42`, `0.5`, `10 s`, `64 mb`, `a;b`. A former key still works and is warned of; the present key wins over it within one file. *No effect* marks what is known, so
            that files can be shared with Flink, but changes nothing here.
            """;

    private final StringBuilder page = new StringBuilder(HEADER);
    private final Set<String> written = new HashSet<>();

    private OptionsDocument() {}

    /** The page of what is installed. */
    static String of(Catalog catalog) {
        OptionsDocument document = new OptionsDocument();
        document.section("Every job", catalog.options());
        document.sections("State backend", catalog.backends());
        document.sections("Checkpoint storage", catalog.storages());
        return document.page.toString();
    }

    /** Every option once. */
    static List<ConfigOption<?>> options(Catalog catalog) {
        return Stream.of(
                        Stream.of(catalog.options()),
                        catalog.backends().stream().map(Installed::options),
                        catalog.storages().stream().map(Installed::options))
                .flatMap(lists -> lists)
                .<ConfigOption<?>>flatMap(Collection::stream)
                .distinct()
                .toList();
    }

    private void sections(String words, List<Installed> installed) {
        // Legacy adapters last: they read what others declare.
        installed.stream()
                .sorted(
                        Comparator.comparing((Installed each) -> each.name().startsWith("legacy-"))
                                .thenComparing(Installed::name))
                .filter(each -> !each.options().isEmpty())
                .forEach(each -> section(words + " `" + each.name() + "`", each.options()));
    }

    private void section(String title, List<ConfigOption<?>> options) {
        List<ConfigOption<?>> fresh = new ArrayList<>();
        Set<String> others = new HashSet<>();
        for (ConfigOption<?> option : options) {
            if (written.add(option.key())) {
                fresh.add(option);
            } else {
                others.add(option.key());
            }
        }
        page.append("\n## ").append(title).append("\n");
        if (!fresh.isEmpty()) {
            page.append("\n| key | type | default | what |\n|---|---|---|---|\n");
            fresh.stream()
                    .sorted(Comparator.comparing(ConfigOption::key))
                    .map(OptionsDocument::row)
                    .forEach(page::append);
        }
        if (!others.isEmpty()) {
            page.append("\nAlso reads ")
                    .append(
                            others.size() > 20
                                    ? "the options of the parts it is made of."
                                    : others.stream()
                                            .sorted()
                                            .map(OptionsDocument::code)
                                            .collect(Collectors.joining(", ", "", ".")))
                    .append("\n");
        }
    }

    private static String row(ConfigOption<?> option) {
        List<String> what = new ArrayList<>();
        what.add(option.description());
        option.checks().forEach(check -> what.add("It must be " + check.what() + "."));
        option.noEffect().ifPresent(why -> what.add("*No effect:* " + why));
        if (!option.fallbackKeys().isEmpty()) {
            what.add("Also read: " + keys(option.fallbackKeys()) + ".");
        }
        if (!option.formerKeys().isEmpty()) {
            what.add("Formerly " + keys(option.formerKeys()) + ".");
        }
        return "| %s | %s | %s | %s |\n"
                .formatted(
                        code(option.key()),
                        cell(option.type().name()),
                        option.hasDefaultValue()
                                ? code(cell(option.shown(option.defaultValue())))
                                : "none",
                        cell(String.join(" ", what)));
    }

    private static String keys(List<String> keys) {
        return keys.stream().map(OptionsDocument::code).collect(Collectors.joining(", "));
    }

    private static String code(String text) {
        return text.isEmpty() ? "(empty)" : "`" + text + "`";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }
}
