package io.holdfast.config.resolve;

import io.holdfast.config.layer.Origin;
import io.holdfast.config.profile.Correction;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Why each value holds. Safe to print: secrets are hidden.
 *
 * @param decisions what was chosen, in the order it was decided
 * @param settings every setting and every default, sorted by key
 */
public record Explanation(List<Decision> decisions, List<Setting> settings) {
    /** Refuses null parts and copies the lists. */
    public Explanation {
        decisions = List.copyOf(decisions);
        settings = List.copyOf(settings);
    }

    /**
     * Something that was chosen from several settings.
     *
     * @param subject such as {@code state backend}
     * @param choice its name
     * @param because what decided, in words
     * @param corrections where the outcome may differ from Flink's
     */
    public record Decision(
            String subject, String choice, String because, List<Correction> corrections) {
        /** Refuses null parts and copies the list. */
        public Decision {
            Objects.requireNonNull(subject, "subject");
            Objects.requireNonNull(choice, "choice");
            Objects.requireNonNull(because, "because");
            corrections = List.copyOf(corrections);
        }
    }

    /**
     * One effective value.
     *
     * @param key the present key of the option, or the key as written if no option has it
     * @param value the value as text
     * @param origin where it was set
     * @param writtenAs the key under which it was set, where that is not {@code key}
     * @param known whether an option has this key
     * @param beaten what would hold without it, highest first; the default is not listed
     * @param corrections where the outcome may differ from Flink's
     */
    public record Setting(
            String key,
            String value,
            Origin origin,
            Optional<String> writtenAs,
            boolean known,
            List<Beaten> beaten,
            List<Correction> corrections) {
        /** Refuses null parts and copies the lists. */
        public Setting {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(value, "value");
            Objects.requireNonNull(origin, "origin");
            Objects.requireNonNull(writtenAs, "writtenAs");
            beaten = List.copyOf(beaten);
            corrections = List.copyOf(corrections);
        }

        /**
         * Whether nobody set it.
         *
         * @return whether the value is the option's default
         */
        public boolean isDefault() {
            return origin.kind() == Origin.Kind.DEFAULT;
        }
    }

    /**
     * A setting that lost.
     *
     * @param key the key as written
     * @param value the value as text
     * @param origin where it was set
     */
    public record Beaten(String key, String value, Origin origin) {
        /** Refuses null parts. */
        public Beaten {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(value, "value");
            Objects.requireNonNull(origin, "origin");
        }
    }

    /**
     * The setting of a key.
     *
     * @param key the present key of an option, or the key as written if no option has it
     * @return the setting, or empty if it is neither set nor has a default
     */
    public Optional<Setting> setting(String key) {
        return settings.stream().filter(setting -> setting.key().equals(key)).findFirst();
    }

    /**
     * The explanation for people, a few lines for each decision and setting.
     *
     * @param withDefaults whether to list the options nobody set
     * @return lines, each ended by a line feed
     */
    public String text(boolean withDefaults) {
        StringBuilder text = new StringBuilder();
        for (Decision decision : decisions) {
            line(text, decision.subject() + ": " + decision.choice());
            line(text, "    because  " + decision.because());
            corrections(text, decision.corrections());
        }
        for (Setting setting : settings) {
            if (withDefaults || !setting.isDefault()) {
                append(text, setting);
            }
        }
        return text.toString();
    }

    private static void append(StringBuilder text, Setting setting) {
        line(text, setting.key() + " = " + setting.value() + "   (" + setting.origin() + ")");
        setting.writtenAs().ifPresent(key -> line(text, "    written  " + key));
        if (!setting.known()) {
            line(text, "    unknown  no option has this key");
        }
        for (Beaten beaten : setting.beaten()) {
            String key = beaten.key().equals(setting.key()) ? "" : beaten.key() + " = ";
            line(text, "    beats    " + key + beaten.value() + "   (" + beaten.origin() + ")");
        }
        corrections(text, setting.corrections());
    }

    private static void corrections(StringBuilder text, List<Correction> corrections) {
        for (Correction correction : corrections) {
            line(text, "    differs  " + correction);
        }
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }
}
