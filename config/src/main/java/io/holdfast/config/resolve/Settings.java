package io.holdfast.config.resolve;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.ValueType;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.config.layer.Entry;
import io.holdfast.config.layer.Level;
import io.holdfast.config.layer.Origin;
import io.holdfast.config.profile.CompatibilityProfile;
import io.holdfast.config.profile.Correction;
import io.holdfast.config.profile.Reader;
import io.holdfast.config.profile.ValueRule;
import io.holdfast.config.resolve.Explanation.Beaten;
import io.holdfast.config.resolve.Explanation.Setting;
import io.holdfast.config.resolve.Found.Contender;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads every known option once and explains every key that is set, known or not. Used once, by one
 * thread.
 */
final class Settings {
    private static final String LOCAL_DIRECTORIES = "state.backend.rocksdb.localdir";
    private static final String ASYNCHRONOUS = "state.backend.async";

    private final CompatibilityProfile profile;
    private final Reading reading;
    private final SharedMemory acting;
    private final LayerStack stack;
    private final List<ConfigOption<?>> known;
    private final KnownKeys keys;
    private final Map<String, Reader> readers;
    private final Set<String> readByEngine;
    private final Map<String, Problem> unreadable = new LinkedHashMap<>();
    private final List<Setting> explained = new ArrayList<>();
    private final List<Problem> unknownKeys = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();
    private boolean strict;

    Settings(
            CompatibilityProfile profile,
            LayerStack stack,
            List<ConfigOption<?>> known,
            KnownKeys keys,
            Map<String, Reader> readers,
            Set<String> readByEngine,
            SharedMemory acting) {
        this.profile = profile;
        this.reading = new Reading(profile);
        this.stack = stack;
        this.known = known;
        this.keys = keys;
        this.readers = readers;
        this.readByEngine = readByEngine;
        this.acting = acting;
    }

    void read() {
        known.forEach(this::read);
        readUnknown();
        explained.sort(Comparator.comparing(Setting::key));
    }

    private void read(ConfigOption<?> option) {
        Optional<Found> found;
        try {
            found = stack.find(option);
        } catch (HoldfastException e) {
            unreadable.put(option.key(), e.problem());
            return;
        }
        if (found.isEmpty()) {
            if (option.hasDefaultValue()) {
                explained.add(defaultOf(option));
            }
            return;
        }
        List<Correction> corrections = new ArrayList<>();
        if (profile.corrected()) {
            if (formerKeyBeatsNewerOne(option, found.get())) {
                corrections.add(Correction.HIGHER_LAYER_WINS);
            }
            acting.correction(option).ifPresent(corrections::add);
            if (corrections.contains(Correction.MANAGED_MEMORY_OVERRIDES_LISTED)) {
                warnings.add(SharedMemory.overridden(option, found.get().entry()));
            }
            spelling(option, found.get()).ifPresent(corrections::add);
        }
        try {
            Optional<?> value = reading.read(option, found.get().entry());
            strict |= option.key().equals(ApiOptions.STRICT.key()) && isTrue(value);
            warnOfNoEffect(option, found.get().entry(), value);
            if (profile.jobFirst().contains(option.key())) {
                readBeaten(option, found.get());
            }
        } catch (HoldfastException e) {
            Optional<Correction> check = checkBeyondFlink(option, found.get().entry());
            check.ifPresent(corrections::add);
            unreadable.put(option.key(), differing(e.problem(), check));
        }
        explain(option, found.get(), corrections);
    }

    /** What only this product accepts, or does with a value that Flink accepts as well. */
    private static Optional<Correction> spelling(ConfigOption<?> option, Found found) {
        String text = ValueType.text(found.entry().value());
        if (option.key().equals(LOCAL_DIRECTORIES) && text.contains("file:")) {
            return Optional.of(Correction.LOCAL_DIRECTORY_URIS);
        }
        return option.key().equals(ASYNCHRONOUS)
                        && found.level() == Level.CODE
                        && text.equalsIgnoreCase("false")
                ? Optional.of(Correction.ASYNCHRONOUS_FLAG_HONOURED)
                : Optional.empty();
    }

    /** Whether a value is refused that Flink would accept from a file. */
    private Optional<Correction> checkBeyondFlink(ConfigOption<?> option, Entry entry) {
        if (profile.differsFrom().isEmpty()) {
            return Optional.empty();
        }
        CompatibilityProfile flink = profile.differsFrom().get();
        boolean unset = flink.rule(option.key()) == ValueRule.OUT_OF_RANGE_IS_UNSET;
        try {
            new Reading(flink).read(option, entry);
        } catch (HoldfastException refusedByFlinkToo) {
            return Optional.empty();
        }
        return Optional.of(unset ? Correction.THRESHOLD_CHECKED : Correction.FILE_VALUES_CHECKED);
    }

    private static Problem differing(Problem problem, Optional<Correction> correction) {
        if (correction.isEmpty()) {
            return problem;
        }
        List<Problem.Detail> details = new ArrayList<>(problem.details());
        details.add(new Problem.Detail("differs", correction.get().toString()));
        return new Problem(
                problem.code(), problem.category(), problem.summary(), details, problem.advice());
    }

    private static boolean isTrue(Optional<?> value) {
        return value.isPresent() && value.get().equals(true);
    }

    /** Flink reads what the cluster says even where the job says something else. */
    private void readBeaten(ConfigOption<?> option, Found found) {
        found.beaten().stream()
                .map(Contender::entry)
                .filter(entry -> entry.origin() != found.entry().origin())
                .findFirst()
                .ifPresent(entry -> reading.read(option, entry));
    }

    private static Setting defaultOf(ConfigOption<?> option) {
        return new Setting(
                option.key(),
                option.shown(option.defaultValue()),
                Origin.ofDefault(),
                Optional.empty(),
                true,
                List.of(),
                List.of());
    }

    private void explain(ConfigOption<?> option, Found found, List<Correction> corrections) {
        Entry entry = found.entry();
        boolean ownKey = entry.key().equals(option.key());
        explained.add(
                new Setting(
                        option.key(),
                        Shown.value(option, entry),
                        entry.origin(),
                        ownKey ? Optional.empty() : Optional.of(entry.key()),
                        true,
                        beaten(found, lost -> Shown.value(option, lost)),
                        corrections));
        warnOfSpelling(option, found);
    }

    /** A default that is written down asks for nothing. */
    private void warnOfNoEffect(ConfigOption<?> option, Entry entry, Optional<?> value) {
        boolean asks = value.isPresent() && !value.get().equals(option.defaultValue());
        option.noEffect()
                .filter(why -> asks)
                .map(
                        why ->
                                Problem.user(
                                                "CONFIG-1034",
                                                "'" + option.key() + "' has no effect here.")
                                        .with("set by", Shown.setting(option, entry))
                                        .with("because", why)
                                        .advise("remove it, or keep it for Flink")
                                        .build())
                .ifPresent(warnings::add);
    }

    private static boolean formerKeyBeatsNewerOne(ConfigOption<?> option, Found found) {
        List<String> newestFirst = option.allKeys();
        int winner = newestFirst.indexOf(found.entry().key());
        return found.beaten().stream()
                .mapToInt(lost -> newestFirst.indexOf(lost.entry().key()))
                .anyMatch(lost -> lost >= 0 && lost < winner);
    }

    private static List<Beaten> beaten(Found found, Function<Entry, String> shown) {
        return found.beaten().stream()
                .map(Contender::entry)
                .map(lost -> new Beaten(lost.key(), shown.apply(lost), lost.origin()))
                .toList();
    }

    private void warnOfSpelling(ConfigOption<?> option, Found found) {
        Entry entry = found.entry();
        if (option.formerKeys().contains(entry.key())) {
            warnings.add(
                    Problem.user(
                                    "CONFIG-1031",
                                    "'"
                                            + entry.key()
                                            + "' is a former key of '"
                                            + option.key()
                                            + "'.")
                            .with("set by", Shown.setting(option, entry))
                            .advise("write " + option.key())
                            .build());
        }
        found.beaten().stream()
                .filter(lost -> lost.layer() == found.layer())
                .map(Contender::entry)
                .filter(lost -> !lost.key().equals(entry.key()))
                .filter(lost -> !lost.value().equals(entry.value()))
                .forEach(lost -> warnings.add(twoSpellings(option, entry, lost)));
    }

    private static Problem twoSpellings(ConfigOption<?> option, Entry entry, Entry lost) {
        return Problem.user(
                        "CONFIG-1032",
                        "'" + option.key() + "' is set under two of its keys, to different values.")
                .with("in force", Shown.setting(option, entry))
                .with("ignored", Shown.setting(option, lost))
                .advise("remove one of them")
                .build();
    }

    private void readUnknown() {
        TreeMap<String, List<Contender>> unknown = new TreeMap<>();
        for (Contender contender : stack.all()) {
            String key = contender.entry().key();
            if (!keys.contains(key)) {
                unknown.computeIfAbsent(key, absent -> new ArrayList<>(1)).add(contender);
            }
        }
        unknown.values().stream()
                .flatMap(contenders -> LayerStack.last(contenders).stream())
                .forEach(this::explainUnknown);
    }

    private void explainUnknown(Found found) {
        Entry entry = found.entry();
        Optional<Problem> report = profile.corrected() ? keys.report(entry) : Optional.empty();
        explained.add(
                new Setting(
                        entry.key(),
                        Shown.value(entry),
                        entry.origin(),
                        Optional.empty(),
                        false,
                        beaten(found, Shown::value),
                        report.isPresent()
                                ? List.of(Correction.UNKNOWN_KEYS_REPORTED)
                                : List.of()));
        report.ifPresent(unknownKeys::add);
    }

    List<Setting> explained() {
        return explained;
    }

    /** Values that cannot be read by those who read them, in the order in which they do. */
    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        readers.forEach(
                (key, reader) -> {
                    Problem problem = unreadable.get(key);
                    if (problem != null) {
                        findings.add(Finding.of(reader, problem, key));
                    }
                });
        return findings;
    }

    /** What else keeps the job from starting. */
    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        if (profile.corrected()) {
            unreadable.forEach(
                    (key, problem) -> {
                        if (!readers.containsKey(key) && readByEngine.contains(key)) {
                            problems.add(problem);
                        }
                    });
        }
        if (strict) {
            problems.addAll(unknownKeys);
        }
        return problems;
    }

    List<Problem> warnings() {
        List<Problem> all = new ArrayList<>(warnings);
        unreadable.forEach(
                (key, problem) -> {
                    boolean told = profile.corrected() && readByEngine.contains(key);
                    if (!readers.containsKey(key) && !told) {
                        all.add(problem);
                    }
                });
        if (!strict) {
            all.addAll(unknownKeys);
        }
        return all;
    }
}
