package io.holdfast.config.resolve;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.Secret;
import io.holdfast.api.config.ValueType;
import io.holdfast.config.layer.Entry;
import java.util.List;
import java.util.Locale;

/**
 * Values as they may be printed. Of a key that no option has, only the key can tell whether its
 * value is a secret.
 */
final class Shown {
    private static final List<String> SECRET_WORDS =
            List.of(
                    "password",
                    "passwd",
                    "passphrase",
                    "secret",
                    "token",
                    "credential",
                    "access-key",
                    "accesskey",
                    "account-key",
                    "api-key",
                    "apikey",
                    "private-key",
                    "service-key",
                    "basic-auth",
                    "auth-params",
                    "jaas-config",
                    "http-headers");

    private Shown() {}

    static String value(ConfigOption<?> option, Entry entry) {
        return option.shown(entry.value());
    }

    static String value(Entry entry) {
        String key = entry.key().toLowerCase(Locale.ROOT).replace('_', '-').replace('.', '-');
        return SECRET_WORDS.stream().anyMatch(key::contains)
                ? Secret.HIDDEN
                : ValueType.text(entry.value());
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
