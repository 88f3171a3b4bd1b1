package io.holdfast.config.resolve;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.error.Problem;
import io.holdfast.config.profile.CompatibilityProfile;
import io.holdfast.config.profile.Correction;
import io.holdfast.config.profile.Phase;
import io.holdfast.config.profile.Reader;
import io.holdfast.config.resolve.Explanation.Decision;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Turns layers into what holds. The outcome depends on nothing but the catalog, the profile, what
 * class names stand for, and the request; nothing is read, loaded or remembered. Thread-safe if the
 * {@link ClassNames} are.
 */
public final class Resolver {
    private static final String CHANGELOG = "state.changelog.enabled";

    private final Catalog catalog;
    private final CompatibilityProfile profile;
    private final ClassNames classes;
    private final List<ConfigOption<?>> known;
    private final KnownKeys keys;
    private final Set<String> readByEngine;
    private final Optional<ConfigOption<?>> changelog;

    /**
     * A resolver with the default profile that knows no classes.
     *
     * @param catalog what can be chosen and set
     */
    public Resolver(Catalog catalog) {
        this(catalog, CompatibilityProfile.DEFAULT, ClassNames.none());
    }

    /**
     * A resolver for what is installed.
     *
     * @param catalog what can be chosen and set
     * @param profile how the configuration is understood
     * @param classes what class names stand for
     */
    public Resolver(Catalog catalog, CompatibilityProfile profile, ClassNames classes) {
        this.catalog = Objects.requireNonNull(catalog, "catalog");
        this.profile = Objects.requireNonNull(profile, "profile");
        this.classes = Objects.requireNonNull(classes, "classes");
        this.known = byKey(catalog);
        this.keys = new KnownKeys(known);
        this.readByEngine =
                catalog.options().stream().map(ConfigOption::key).collect(Collectors.toSet());
        this.changelog =
                known.stream().filter(option -> option.key().equals(CHANGELOG)).findFirst();
    }

    private static List<ConfigOption<?>> byKey(Catalog catalog) {
        Map<String, ConfigOption<?>> options = new LinkedHashMap<>();
        Stream.of(
                        Stream.of(catalog.options()),
                        catalog.backends().stream().map(Installed::options),
                        catalog.storages().stream().map(Installed::options))
                .flatMap(lists -> lists)
                .flatMap(Collection::stream)
                .forEach(option -> options.putIfAbsent(option.key(), option));
        List<ConfigOption<?>> sorted = new ArrayList<>(options.values());
        sorted.sort(Comparator.comparing(ConfigOption::key));
        return sorted;
    }

    /**
     * Resolves one job.
     *
     * @param request what the job and those before it say
     * @return what holds or what is wrong, and why; never throws for what was configured
     */
    public Resolution resolve(ResolveRequest request) {
        LayerStack stack = new LayerStack(Choices.withObjectSettings(request, profile), profile);
        Choices choices = new Choices(catalog, profile, classes, request, stack);
        choices.decide();
        Map<String, Reader> readers = new LinkedHashMap<>(choices.readers());
        if (choices.batch()) {
            changelog.ifPresent(choices::readInBatch);
        } else {
            readers.putIfAbsent(CHANGELOG, Reader.BACKEND);
        }
        Settings settings =
                new Settings(
                        profile,
                        stack,
                        known,
                        keys,
                        readers,
                        readByEngine,
                        new SharedMemory(stack, choices.backendName()));
        settings.read();
        List<Finding> findings = new ArrayList<>(choices.findings());
        findings.addAll(settings.findings());
        List<String> order = List.copyOf(readers.keySet());
        findings.sort(
                Comparator.<Finding, Phase>comparing(finding -> finding.reader().phase())
                        .thenComparingInt(finding -> order.indexOf(finding.key())));
        List<Problem> problems = new ArrayList<>();
        findings.forEach(finding -> problems.add(finding.problem()));
        ResolvedState state = choices.state(changelog);
        List<Decision> decisions = new ArrayList<>(choices.decisions());
        if (profile.corrected()) {
            problems.addAll(settings.problems());
            if (state.changelog()) {
                List<Problem> refused =
                        new ChangelogRules(stack, state.configuration())
                                .check(state.storage().name());
                decisions.add(changelogDecision(stack, !refused.isEmpty()));
                problems.addAll(refused);
            }
            if (problems.size() > 1) {
                decisions.add(together(problems.size()));
            }
        }
        return new Resolution(
                state,
                new Explanation(decisions, settings.explained()),
                findings,
                profile.corrected() || problems.isEmpty() ? problems : problems.subList(0, 1),
                Stream.concat(ofReading(request), settings.warnings().stream()).toList());
    }

    private static Stream<Problem> ofReading(ResolveRequest request) {
        return request.layers().stream().flatMap(layer -> layer.warnings().stream());
    }

    private Decision changelogDecision(LayerStack stack, boolean refused) {
        String because =
                changelog
                        .flatMap(
                                option ->
                                        stack.find(option)
                                                .map(set -> Shown.setting(option, set.entry())))
                        .orElse("");
        return new Decision(
                "changelog",
                "on",
                because,
                refused ? List.of(Correction.CHANGELOG_CHECKED) : List.of());
    }

    private static Decision together(int problems) {
        return new Decision(
                "problems",
                String.valueOf(problems),
                "all of them are told; a job does not start with one",
                List.of(Correction.PROBLEMS_TOGETHER));
    }
}
