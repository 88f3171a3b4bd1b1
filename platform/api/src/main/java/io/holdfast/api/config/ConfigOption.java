package io.holdfast.api.config;

import io.holdfast.api.error.DidYouMean;
import io.holdfast.api.error.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One setting: its key, type, default, other spellings of its key, checks and description. Declared
 * once, as a constant beside the code that reads it, with {@link ConfigOptions#key}. Immutable;
 * each {@code with…} method returns a changed copy.
 *
 * @param <T> the class of its values
 */
public final class ConfigOption<T> {

    /**
     * A condition that values must meet.
     *
     * @param what completes the sentence "it must be …", such as {@code at least 64 kb}
     * @param condition true for good values
     * @param beyondFlink whether Flink lets values from files pass that fail it
     * @param <T> the class of the values
     */
    public record Check<T>(String what, Predicate<? super T> condition, boolean beyondFlink) {
        /** Refuses null parts. */
        public Check {
            Objects.requireNonNull(what, "what");
            Objects.requireNonNull(condition, "condition");
        }
    }

    private final String key;
    private final ValueType<T> type;
    private final T defaultValue;
    private final List<String> fallbackKeys;
    private final List<String> formerKeys;
    private final List<Check<T>> checks;
    private final String description;
    private final String noEffect;

    private ConfigOption(
            String key,
            ValueType<T> type,
            T defaultValue,
            List<String> fallbackKeys,
            List<String> formerKeys,
            List<Check<T>> checks,
            String description,
            String noEffect) {
        this.key = key;
        this.type = type;
        this.defaultValue = defaultValue;
        this.fallbackKeys = fallbackKeys;
        this.formerKeys = formerKeys;
        this.checks = checks;
        this.description = description;
        this.noEffect = noEffect;
    }

    static <T> ConfigOption<T> of(String key, ValueType<T> type, T defaultValue) {
        return new ConfigOption<>(key, type, defaultValue, List.of(), List.of(), List.of(), "", "");
    }

    /**
     * Says what the option is for.
     *
     * @param text whole sentences
     * @return a copy with this description
     */
    public ConfigOption<T> withDescription(String text) {
        return new ConfigOption<>(
                key, type, defaultValue, fallbackKeys, formerKeys, checks, text.strip(), noEffect);
    }

    /**
     * Says that the option is known, so that files can be shared with Flink, but changes nothing.
     *
     * @param why a whole sentence
     * @return a copy with this reason
     */
    public ConfigOption<T> withoutEffect(String why) {
        return new ConfigOption<>(
                key,
                type,
                defaultValue,
                fallbackKeys,
                formerKeys,
                checks,
                description,
                why.strip());
    }

    /**
     * Adds keys that are read, in this order, after the option's own; using one is no mistake.
     *
     * @param keys further keys
     * @return a copy with these keys added
     */
    public ConfigOption<T> withFallbackKeys(String... keys) {
        return new ConfigOption<>(
                key,
                type,
                defaultValue,
                joined(fallbackKeys, keys),
                formerKeys,
                checks,
                description,
                noEffect);
    }

    /**
     * Adds keys that the option had in the past. They are read, in this order, after all others,
     * and whoever uses one is told the present key.
     *
     * @param keys former keys
     * @return a copy with these keys added
     */
    public ConfigOption<T> withDeprecatedKeys(String... keys) {
        return new ConfigOption<>(
                key,
                type,
                defaultValue,
                fallbackKeys,
                joined(formerKeys, keys),
                checks,
                description,
                noEffect);
    }

    /**
     * Adds a condition that values must meet.
     *
     * @param what completes the sentence "it must be …"
     * @param condition true for good values
     * @return a copy with this check added
     * @throws IllegalArgumentException if the default does not meet it
     */
    public ConfigOption<T> check(String what, Predicate<? super T> condition) {
        return checked(new Check<>(what, condition, false));
    }

    /**
     * Adds a condition that values must meet, and that Flink does not ask of values from files. A
     * profile that reproduces Flink does not ask it either.
     *
     * @param what completes the sentence "it must be …"
     * @param condition true for good values
     * @return a copy with this check added
     * @throws IllegalArgumentException if the default does not meet it
     */
    public ConfigOption<T> checkBeyondFlink(String what, Predicate<? super T> condition) {
        return checked(new Check<>(what, condition, true));
    }

    private ConfigOption<T> checked(Check<T> check) {
        if (defaultValue != null && !check.condition().test(defaultValue)) {
            throw new IllegalArgumentException(
                    "the default of "
                            + key
                            + " is "
                            + defaultValue
                            + " but must be "
                            + check.what());
        }
        List<Check<T>> more = Stream.concat(checks.stream(), Stream.of(check)).toList();
        return new ConfigOption<>(
                key, type, defaultValue, fallbackKeys, formerKeys, more, description, noEffect);
    }

    private static List<String> joined(List<String> present, String... more) {
        return Stream.concat(present.stream(), Arrays.stream(more)).toList();
    }

    /**
     * The present key.
     *
     * @return lower-case words, dots for levels, dashes between words
     */
    public String key() {
        return key;
    }

    /**
     * The type of the values.
     *
     * @return the type
     */
    public ValueType<T> type() {
        return type;
    }

    /**
     * The value that holds where none is configured.
     *
     * @return the default, or null if there is none
     */
    public T defaultValue() {
        return defaultValue;
    }

    /**
     * Whether {@link #defaultValue} is a value.
     *
     * @return false if the option is simply absent where nothing is configured
     */
    public boolean hasDefaultValue() {
        return defaultValue != null;
    }

    /**
     * Keys that stand in for the own one and are no mistake to use.
     *
     * @return in the order they are looked up
     */
    public List<String> fallbackKeys() {
        return fallbackKeys;
    }

    /**
     * Keys the option had in the past.
     *
     * @return in the order they are looked up
     */
    public List<String> formerKeys() {
        return formerKeys;
    }

    /**
     * Every spelling: the own key, fallback keys, former keys.
     *
     * @return in the order they are looked up; the first one that is present in a configuration
     *     wins
     */
    public List<String> allKeys() {
        List<String> keys = new ArrayList<>();
        keys.add(key);
        keys.addAll(fallbackKeys);
        keys.addAll(formerKeys);
        return keys;
    }

    /**
     * The conditions that values must meet.
     *
     * @return in the order they were declared
     */
    public List<Check<T>> checks() {
        return checks;
    }

    /**
     * What the option is for.
     *
     * @return whole sentences, or an empty string
     */
    public String description() {
        return description;
    }

    /**
     * Why the option changes nothing.
     *
     * @return a whole sentence, or empty if it has an effect
     */
    public Optional<String> noEffect() {
        return noEffect.isEmpty() ? Optional.empty() : Optional.of(noEffect);
    }

    /**
     * Turns what was configured for this option into a value that meets its checks.
     *
     * @param configured what was configured, see {@link ValueType#read}
     * @param usedKey the key under which it was found
     * @param origin where it was set, such as {@code conf/prod.yaml, line 12}; empty if unknown
     * @return the value
     * @throws io.holdfast.api.error.HoldfastException {@code CONFIG-1001} if it is not of the
     *     option's type, {@code CONFIG-1002} if it fails a check
     */
    public T read(Object configured, String usedKey, String origin) {
        return read(configured, usedKey, origin, check -> true);
    }

    /**
     * Turns what was configured for this option into a value that meets some of its checks.
     *
     * @param configured what was configured, see {@link ValueType#read}
     * @param usedKey the key under which it was found
     * @param origin where it was set; empty if unknown
     * @param asked tells which checks are asked
     * @return the value
     * @throws io.holdfast.api.error.HoldfastException {@code CONFIG-1001} if it is not of the
     *     option's type, {@code CONFIG-1002} if it fails a check that is asked
     */
    public T read(Object configured, String usedKey, String origin, Predicate<Check<T>> asked) {
        T value;
        try {
            value = type.read(configured);
        } catch (IllegalArgumentException e) {
            throw unreadable(configured, usedKey, origin, e.getMessage()).exception();
        }
        Optional<Check<T>> failed =
                checks.stream()
                        .filter(asked)
                        .filter(check -> !check.condition().test(value))
                        .findFirst();
        if (failed.isPresent()) {
            throw about("CONFIG-1002", "out of range", configured, usedKey, origin)
                    .with("expected", failed.get().what())
                    .advise("correct the value")
                    .exception();
        }
        return value;
    }

    private Problem.Builder unreadable(
            Object configured, String usedKey, String origin, String reason) {
        String shown = shown(configured);
        String hint = DidYouMean.question(shown, type.choices());
        return about("CONFIG-1001", "unreadable", configured, usedKey, origin)
                .with("because", hint.isEmpty() ? reason : reason + "." + hint)
                .with("expected", type.name())
                .advise("correct the value");
    }

    private Problem.Builder about(
            String code, String what, Object configured, String usedKey, String origin) {
        String shown = shown(configured);
        String place = origin.isEmpty() ? "" : "   (" + origin + ")";
        return Problem.user(code, "The value of " + key + " is " + what + ": '" + shown + "'.")
                .with("set by", usedKey + " = " + shown + place);
    }

    /**
     * A configured value as it may be printed.
     *
     * @param configured what was configured for this option
     * @return its text, or {@value Secret#HIDDEN} if the option or the value is secret
     */
    public String shown(Object configured) {
        return type.secret() ? Secret.HIDDEN : ValueType.text(configured);
    }

    /** The key, type and default. */
    @Override
    public String toString() {
        return key
                + " ("
                + type.name()
                + ", default "
                + (hasDefaultValue() ? shown(defaultValue) : "none")
                + ")";
    }
}
