package io.holdfast.config.resolve;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.ValueType;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.config.layer.Entry;
import io.holdfast.config.layer.Origin;
import io.holdfast.config.profile.CompatibilityProfile;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Turns entries into values, by the rules of a profile. Immutable. */
final class Reading {
    /** The option whose words may mean that there is no factory. */
    static final String OPTIONS_FACTORY = "state.backend.rocksdb.options-factory";

    private final CompatibilityProfile profile;

    Reading(CompatibilityProfile profile) {
        this.profile = profile;
    }

    /**
     * The value of an entry.
     *
     * @return the value, or empty if the entry means that nothing is set
     * @throws HoldfastException as {@link ConfigOption#read}; CONFIG-1004 or 1005 where a profile
     *     reads in another way
     */
    <T> Optional<T> read(ConfigOption<T> option, Entry entry) {
        if (option.key().equals(OPTIONS_FACTORY) && meansNone(ValueType.text(entry.value()))) {
            return Optional.empty();
        }
        return switch (profile.rule(option.key())) {
            case USUAL -> Optional.of(plain(option, entry));
            case OUT_OF_RANGE_IS_UNSET -> inRange(option, entry);
            case UNREADABLE_IS_UNSET -> readable(option, entry);
            case SPLIT_AT_COLONS -> {
                checkDirectories(option, entry);
                yield Optional.of(plain(option, entry));
            }
        };
    }

    /** What holds as if it had been set, where nothing is set. */
    <T> Optional<T> unset(ConfigOption<T> option) {
        return Optional.ofNullable(profile.defaults().get(option.key())).map(option.type()::read);
    }

    private boolean meansNone(String text) {
        return profile.optionsFactories().words().containsKey(text.toLowerCase(Locale.ROOT));
    }

    private <T> T plain(ConfigOption<T> option, Entry entry) {
        return option.read(
                written(option, entry), entry.key(), entry.origin().toString(), profile::asks);
    }

    /**
     * Flink knows lists in brackets from YAML only; elsewhere a bracket is a letter like others.
     */
    private Object written(ConfigOption<?> option, Entry entry) {
        boolean onlyText = entry.origin().kind() == Origin.Kind.LEGACY_FILE;
        return onlyText && !profile.corrected() && option.type().list()
                ? List.of(ValueType.text(entry.value()).split(";"))
                : entry.value();
    }

    private <T> Optional<T> inRange(ConfigOption<T> option, Entry entry) {
        T value =
                option.read(entry.value(), entry.key(), entry.origin().toString(), check -> false);
        return option.checks().stream().allMatch(check -> check.condition().test(value))
                ? Optional.of(value)
                : Optional.empty();
    }

    private <T> Optional<T> readable(ConfigOption<T> option, Entry entry) {
        try {
            return Optional.of(plain(option, entry));
        } catch (HoldfastException unreadable) {
            return Optional.empty();
        }
    }

    private static void checkDirectories(ConfigOption<?> option, Entry entry) {
        String[] directories = ValueType.text(entry.value()).split("[,:]");
        if (directories.length == 0) {
            throw directory(Finding.NO_DIRECTORY, "No local directory is named.", option, entry);
        }
        for (String directory : directories) {
            if (!directory.startsWith("/")) {
                throw directory(
                        Finding.RELATIVE,
                        "A local directory is relative: '" + directory + "'.",
                        option,
                        entry);
            }
        }
    }

    private static HoldfastException directory(
            String code, String summary, ConfigOption<?> option, Entry entry) {
        return Problem.user(code, summary)
                .with("set by", Shown.setting(option, entry))
                .with("expected", "absolute paths, separated by commas or colons, without blanks")
                .advise("correct the value")
                .exception();
    }
}
