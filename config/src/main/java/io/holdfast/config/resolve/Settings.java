package io.holdfast.config.resolve;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.config.layer.Entry;
import io.holdfast.config.layer.Origin;
import io.holdfast.config.resolve.Explanation.Beaten;
import io.holdfast.config.resolve.Explanation.Setting;
import io.holdfast.config.resolve.Found.Contender;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads every known option once and explains every key that is set, known or not. Used once, by one
 * thread.
 */
final class Settings {
    private final LayerStack stack;
    private final List<ConfigOption<?>> known;
    private final KnownKeys keys;
    private final Set<String> inUse;
    private final List<Setting> explained = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();
    private boolean strict;

    Settings(LayerStack stack, List<ConfigOption<?>> known, KnownKeys keys, Set<String> inUse) {
        this.stack = stack;
        this.known = known;
        this.keys = keys;
        this.inUse = inUse;
    }

    void read() {
        known.forEach(this::read);
        readUnknown();
        explained.sort(Comparator.comparing(Setting::key));
    }

    private void read(ConfigOption<?> option) {
        try {
            Optional<Found> found = stack.find(option);
            if (found.isPresent()) {
                explain(option, found.get());
                Entry entry = found.get().entry();
                Object value = option.read(entry.value(), entry.key(), entry.origin().toString());
                strict |= option.key().equals(ApiOptions.STRICT.key()) && value.equals(true);
            } else if (option.hasDefaultValue()) {
                explained.add(defaultOf(option));
            }
        } catch (HoldfastException e) {
            (inUse.contains(option.key()) ? problems : warnings).add(e.problem());
        }
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

    private void explain(ConfigOption<?> option, Found found) {
        Entry entry = found.entry();
        boolean ownKey = entry.key().equals(option.key());
        List<Correction> corrections =
                formerKeyBeatsNewerOne(option, found)
                        ? List.of(Correction.HIGHER_LAYER_WINS)
                        : List.of();
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
        explained.add(
                new Setting(
                        entry.key(),
                        Shown.value(entry),
                        entry.origin(),
                        Optional.empty(),
                        false,
                        beaten(found, Shown::value),
                        List.of()));
        keys.report(entry).ifPresent(problem -> (strict ? problems : warnings).add(problem));
    }

    List<Setting> explained() {
        return explained;
    }

    List<Problem> problems() {
        return problems;
    }

    List<Problem> warnings() {
        return warnings;
    }
}
