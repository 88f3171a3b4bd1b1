package io.holdfast.config.resolve;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.Secret;
import io.holdfast.api.config.ValueType;
import io.holdfast.config.layer.Entry;
import io.holdfast.config.layer.SecretKeys;

/**
 * Values as they may be printed. Of a key that no option has, only the key can tell whether its
 * value is a secret.
 */
final class Shown {
    private Shown() {}

    static String value(ConfigOption<?> option, Entry entry) {
        return SecretKeys.withoutPasswords(option.shown(entry.value()));
    }

    static String value(Entry entry) {
        return SecretKeys.hides(entry.key())
                ? Secret.HIDDEN
                : SecretKeys.withoutPasswords(ValueType.text(entry.value()));
    }

    static String setting(String key, String value, Object origin) {
        return key + " = " + value + "   (" + origin + ")";
    }

    static String setting(ConfigOption<?> option, Entry entry) {
        return setting(entry.key(), value(option, entry), entry.origin());
    }

    static String setting(Entry entry) {
        return setting(entry.key(), value(entry), entry.origin());
    }
}
