package io.holdfast.config.resolve;

import io.holdfast.config.profile.CompatibilityProfile;
import io.holdfast.config.profile.Correction;
import io.holdfast.config.profile.Kind;
import io.holdfast.config.profile.Meaning;
import io.holdfast.config.profile.Names;
import io.holdfast.config.profile.Names.FlinkClass;
import io.holdfast.config.resolve.ClassNames.Answer;
import io.holdfast.config.resolve.ClassNames.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds out what names of backends or of storages mean. Immutable. */
final class NameLookup {
    private final Role role;
    private final Names names;
    private final Optional<Names> withoutCorrections;
    private final List<Installed> installed;
    private final String searched;
    private final ClassNames classes;

    NameLookup(Role role, Catalog catalog, CompatibilityProfile profile, ClassNames classes) {
        boolean backend = role == Role.STATE_BACKEND;
        this.role = role;
        this.names = backend ? profile.backends() : profile.storages();
        this.withoutCorrections =
                profile.differsFrom().map(flink -> backend ? flink.backends() : flink.storages());
        this.installed = backend ? catalog.backends() : catalog.storages();
        this.searched = catalog.searched();
        this.classes = classes;
    }

    Named find(String written) {
        String name = names.trimmed() ? written.strip() : written;
        String lower = name.toLowerCase(Locale.ROOT);
        List<Correction> corrections = new ArrayList<>();
        if (!name.equals(written)) {
            corrections.add(Correction.NAMES_TRIMMED);
        }
        if (names.installedToo() && Catalog.named(lower, installed).isPresent()) {
            return meaning(Meaning.of(lower), corrections);
        }
        Meaning meaning = names.words().getOrDefault(lower, names.factories().get(name));
        if (meaning != null) {
            if (withoutCorrections.isPresent() && meaning.legacy().isPresent()) {
                corrections.add(Correction.LEGACY_NAMES);
            }
            return meaning(meaning, corrections);
        }
        Optional<FlinkClass> known = names.flinkClass(name);
        if (known.isPresent()) {
            return known.get() == FlinkClass.NOT_A_FACTORY
                    ? failed(name, Kind.NOT_A_FACTORY, "a class of Flink", corrections)
                    : failed(
                            name,
                            Kind.FACTORY_NOT_INSTANTIABLE,
                            "an interface of Flink",
                            corrections);
        }
        return ofClass(name, corrections);
    }

    Named meaning(Meaning meaning, List<Correction> corrections) {
        Optional<Installed> module = Catalog.named(meaning.name(), installed);
        return new Named(
                meaning.name(),
                meaning.legacy(),
                module.map(Installed::options).orElse(List.of()),
                module.isPresent() ? Optional.empty() : Optional.of(Kind.NOT_INSTALLED),
                searched,
                corrections);
    }

    private Named ofClass(String name, List<Correction> corrections) {
        Answer answer = classes.find(role, name);
        return switch (answer.status()) {
            case USABLE ->
                    new Named(
                            name,
                            Optional.empty(),
                            answer.options(),
                            Optional.empty(),
                            answer.detail(),
                            corrections);
            case NOT_FOUND -> failed(name, Kind.CLASS_NOT_FOUND, answer.detail(), corrections);
            case NOT_A_FACTORY -> failed(name, Kind.NOT_A_FACTORY, answer.detail(), corrections);
            case NOT_INSTANTIABLE ->
                    failed(name, Kind.FACTORY_NOT_INSTANTIABLE, answer.detail(), corrections);
        };
    }

    private static Named failed(
            String name, Kind kind, String detail, List<Correction> corrections) {
        return new Named(name, Optional.empty(), List.of(), Optional.of(kind), detail, corrections);
    }

    /** Names that could have been meant. */
    List<String> possible() {
        List<String> possible = new ArrayList<>(names.words().keySet());
        if (names.installedToo()) {
            installed.forEach(module -> possible.add(module.name()));
        }
        return possible;
    }

    List<String> installedNames() {
        return installed.stream().map(Installed::name).toList();
    }
}
